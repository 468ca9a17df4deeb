import type { VendorResponse } from '../frame/router.js'
import { containedNamed } from './contained.js'
import type { EffectContext } from './effects/effect.js'
import { actionEffect } from './effects/registry.js'
import type { TypeOperations } from './operations/model.js'
import { noSuchUri, resourceNotFound } from './refusals.js'
import { bodyOf, requireProperties } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { requireHolder, requireStored } from './resource-reads.js'
import { typeAndNames } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import type { Operation, StoredResource } from './state.js'
import type { AzureStore } from './store.js'

/** Runs the end of a long-running action; the body is its output. */
export function finishAction(store: AzureStore, stored: StoredResource, operation: Operation): unknown {
  const { caller, body, query, type, action } = operation
  const context = { store, stored, body, query, now: store.now(), caller, operation: operation.operation }
  let output: unknown
  store.write(stored, caller, operation.operation, () => void (output = actionEffect(type, action).finish?.(context)))
  return output
}

/** Takes back what a failed action began. */
export function failAction(store: AzureStore, operation: Operation): void {
  const stored = store.find(operation.resourceId)
  const fail = actionEffect(operation.type, operation.action).fail
  if (!stored || !fail) return
  const { caller, body, query } = operation
  const context = { store, stored, body, query, now: store.now(), caller, operation: operation.operation }
  store.write(stored, caller, operation.operation, () => fail(context))
}

/** POST below a resource. */
export function act(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const { store, caller, request, running, version } = arm
  const given = path.action ?? ''
  const name = Object.keys(entry.actions ?? {}).find((each) => each.toLowerCase() === given.toLowerCase())
  const action = name ? entry.actions?.[name] : undefined
  if (!name || !action) throw noSuchUri(request.url.pathname)
  const stored = entry.within ? requireHolder(arm, path) : requireStored(arm, path)
  const member = path.names.at(-1) ?? ''
  if (entry.within && !containedNamed(stored, entry, member)) throw resourceNotFound(typeAndNames(path), path.group)
  const body = bodyOf(arm)
  requireProperties(entry.type, body, action.required)
  const changes = !/^list/i.test(name) && name !== 'slotsdiffs'
  if (changes) running.requireIdle(stored.resource.id)
  const operation = `${entry.type}/${name}/action`
  const query = entry.within ? { ...request.query, pool: member } : request.query
  const context: EffectContext = { store, stored, body, query, now: store.now(), caller, operation }
  const effect = actionEffect(entry.type, name)

  if (action.style === 'sync') {
    let output: unknown
    const run = () => {
      effect.begin?.(context)
      output = effect.finish?.(context)
    }
    if (changes) store.write(stored, caller, operation, run)
    else run()
    store.recordActivity({ resourceId: stored.resource.id, operation, status: 'Succeeded', statusCode: 'OK', caller })
    return { status: action.status ?? 200, ...(output === undefined ? {} : { body: output }) }
  }
  store.write(stored, caller, operation, () => effect.begin?.(context))
  const { headers } = running.accept({
    resourceId: stored.resource.id,
    work: 'action',
    action: name,
    type: entry.type,
    operation,
    style: action.style,
    subscription: path.subscription ?? '',
    ...(stored.resource.location ? { location: stored.resource.location } : {}),
    caller,
    body,
    query,
    version,
    seconds: action.seconds,
  })
  return { status: 202, headers }
}
