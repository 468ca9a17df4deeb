import type { VendorResponse } from '../frame/router.js'
import { containedNamed, setContained } from './contained.js'
import { objectAt } from './json.js'
import type { TypeOperations } from './operations/model.js'
import { ArmRefusal, methodNotAllowed } from './refusals.js'
import { bodyOf, requireProperties } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { armView, requireHolder } from './resource-reads.js'
import type { ResourcePath } from './resource-path.js'
import { answerWrite, requireMatch, writing } from './resource-writes.js'

/** PUT of a child that its parent holds: a write of the parent. */
export function putContained(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  if (!entry.put) throw methodNotAllowed('PUT')
  const body = bodyOf(arm)
  const holder = requireHolder(arm, path)
  const within = entry.within!
  const name = path.names.at(-1) ?? ''
  requireProperties(entry.type, body, entry.required)
  requireMatch(arm, containedNamed(holder, entry, name)?.etag)
  arm.running.requireIdle(holder.resource.id)
  const before = structuredClone(holder.resource)
  const there = containedNamed(holder, entry, name)
  const properties = { ...objectAt(body, 'properties'), provisioningState: 'Succeeded' }
  arm.store.write(holder, arm.caller, writing(entry), () => setContained(holder, within, name, properties))
  const { accepted: _, ...answered } = entry
  const response = answerWrite(arm, answered, holder, entry.put, before)
  const child = containedNamed(holder, entry, name)
  return {
    ...response,
    status: there ? 200 : 201,
    body: child && { ...armView(child), properties: { ...child.properties, provisioningState: 'Updating' } },
  }
}

/** DELETE of a child that its parent holds. */
export function removeContained(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  if (!entry.delete) throw methodNotAllowed('DELETE')
  const operation = `${entry.type}/delete`
  const holder = requireHolder(arm, path)
  const name = path.names.at(-1) ?? ''
  if (!containedNamed(holder, entry, name)) return { status: 204 }
  const pools = holder.resource.properties[entry.within!.property]
  if (entry.within!.shape === 'flat' && Array.isArray(pools) && pools.length === 1)
    throw new ArmRefusal(400, 'BadRequest', `The last agent pool of '${holder.resource.name}' cannot be deleted.`)
  arm.running.requireIdle(holder.resource.id)
  const before = structuredClone(holder.resource)
  arm.store.write(holder, arm.caller, operation, () => setContained(holder, entry.within!, name, undefined))
  const { headers } = arm.running.accept({
    resourceId: holder.resource.id,
    work: 'write',
    action: 'DELETE',
    type: entry.type,
    operation,
    style: entry.delete === 'operation' ? 'operation' : 'location',
    subscription: path.subscription ?? '',
    caller: arm.caller,
    body: {},
    query: {},
    version: arm.version,
    before,
  })
  return { status: 202, headers }
}
