import type { VendorResponse } from '../frame/router.js'
import { requireShape } from './body-shape.js'
import { writeEffect } from './effects/registry.js'
import { isJson, mergePatch, objectAt } from './json.js'
import type { Json } from './json.js'
import type { Style, TypeOperations } from './operations/model.js'
import { methodNotAllowed, parentNotFound, preconditionFailed } from './refusals.js'
import { bodyOf, requireProperties } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { armView } from './resource-reads.js'
import { parentId } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import { seedDefaults } from './seed-defaults.js'
import { storedResource } from './stored-resource.js'
import type { ArmResource, Operation, StoredResource } from './state.js'
import type { AzureStore } from './store.js'
import { requireLocation } from './subscription-requests.js'

/** Refuses a write whose If-Match or If-None-Match the resource does not meet. */
export function requireMatch(arm: ArmRequest, etag: string | undefined): void {
  const plain = (header: string) => header.trim().replace(/^W\//, '').replaceAll('"', '')
  const { 'if-match': match, 'if-none-match': noneMatch } = arm.request.headers
  const met =
    match === undefined || (etag !== undefined && match.split(',').some((each) => ['*', etag].includes(plain(each))))
  const free = noneMatch === undefined || etag === undefined || ![etag, '*'].includes(plain(noneMatch))
  if (!met || !free) throw preconditionFailed(etag ?? '')
}

/** What may stand in a body beside `properties`. */
const topLevel = ['location', 'kind', 'sku', 'plan', 'identity', 'managedBy', 'zones', 'tags'] as const

/** The new resource of a PUT: the body over what was there, tags replaced as a whole. */
function putResource(
  path: ResourcePath,
  entry: TypeOperations,
  body: Json,
  before: ArmResource | undefined,
): ArmResource {
  const last = path.names.at(-1) ?? ''
  const name = entry.type.startsWith('Microsoft.Web/sites/') ? path.names.join('/') : last
  const given = Object.fromEntries(topLevel.flatMap((key) => (body[key] === undefined ? [] : [[key, body[key]]])))
  return {
    ...(before ?? { id: path.id, name, type: entry.type }),
    ...structuredClone(given),
    ...(before && body['tags'] === undefined && !entry.proxy ? { tags: {} } : {}),
    properties: { ...before?.properties, ...structuredClone(objectAt(body, 'properties')) },
  }
}

/** Types whose PATCH takes less than the resource has: what is left out is ignored, as the service ignores it. */
function patchable(entry: TypeOperations, body: Json): Json {
  if (entry.type.startsWith('Microsoft.Network/') && entry.patch === 'sync' && !entry.proxy)
    return { tags: body['tags'] }
  if (entry.type === 'Microsoft.Web/serverFarms') return { ...body, sku: undefined }
  return body
}

function patchResource(entry: TypeOperations, body: Json, before: ArmResource): ArmResource {
  const taken = patchable(entry, body)
  const keys = [...topLevel, 'properties'] as const
  const patch = Object.fromEntries(keys.flatMap((key) => (taken[key] === undefined ? [] : [[key, taken[key]]])))
  const merged = mergePatch(before, patch) as ArmResource
  return isJson(patch['tags']) ? { ...merged, tags: patch['tags'] as Record<string, string> } : merged
}

/** The name of a write in change records and the Activity Log. */
export const writing = (entry: TypeOperations): string => `${entry.type}/write`

/** Runs what follows a finished write, and marks it done. */
export function finishWrite(
  arm: Pick<ArmRequest, 'store' | 'caller'>,
  stored: StoredResource,
  method: string,
  body: Json,
): void {
  const { store, caller } = arm
  const operation = `${stored.resource.type}/write`
  store.write(stored, caller, operation, () => {
    writeEffect(stored.resource.type, method).finish?.({
      store,
      stored,
      body,
      query: {},
      now: store.now(),
      caller,
      operation,
    })
    if (stored.resource.properties['provisioningState']) stored.resource.properties['provisioningState'] = 'Succeeded'
  })
}

/** A failed write leaves the resource as it was, in the state `Failed`. */
export function failWrite(store: AzureStore, { resourceId, before, caller, operation }: Operation): void {
  const stored = store.find(resourceId)
  if (!stored) return
  store.write(stored, caller, operation, () => {
    if (before) stored.resource = structuredClone(before)
    stored.resource.properties['provisioningState'] = 'Failed'
  })
}

/** Answers a write: done at once, or accepted in the type's style. */
export function answerWrite(
  arm: ArmRequest,
  entry: TypeOperations,
  stored: StoredResource,
  style: Style,
  before: ArmResource | undefined,
): VendorResponse {
  const { store, caller, request, version, running } = arm
  const method = request.method.toLowerCase()
  const body = bodyOf(arm)
  const status = before ? 200 : 201
  const id = stored.resource.id
  const quick = style === 'sync' || (entry.type === 'Microsoft.Storage/storageAccounts' && before)
  if (quick) {
    finishWrite(arm, stored, method, body)
    store.recordActivity({ resourceId: id, operation: writing(entry), status: 'Succeeded', statusCode: 'OK', caller })
    return { status, headers: { etag: `"${stored.resource.etag}"` }, body: armView(stored.resource) }
  }
  const { headers } = running.accept({
    resourceId: id,
    work: 'write',
    action: request.method,
    type: entry.type,
    operation: writing(entry),
    style,
    subscription: id.split('/')[2] ?? '',
    ...(stored.resource.location ? { location: stored.resource.location } : {}),
    caller,
    body,
    query: {},
    version,
    ...(before ? { before } : {}),
  })
  if (entry.accepted ?? style === 'location') return { status: 202, headers }
  const { location: _, ...withoutLocation } = headers
  return { status, headers: { ...withoutLocation, etag: `"${stored.resource.etag}"` }, body: armView(stored.resource) }
}

/** PUT: creates or replaces. */
export function put(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  if (!entry.put) throw methodNotAllowed('PUT')
  const { store, caller } = arm
  const body = bodyOf(arm)
  const existing = store.find(path.id)
  requireMatch(arm, existing?.resource.etag)
  requireShape(entry.type, body)
  if (!entry.proxy) requireLocation(store, entry.type, body, existing?.resource)
  requireProperties(entry.type, body, entry.required)
  arm.running.requireIdle(path.id)
  const parent = parentId(path)
  if (parent && !store.find(parent)) throw parentNotFound(entry.type, parent)
  const before = existing && structuredClone(existing.resource)
  const next = putResource(path, entry, body, before)
  if (entry.put !== 'sync' || next.properties['provisioningState'])
    next.properties['provisioningState'] = before ? 'Updating' : 'Creating'
  if (existing) {
    store.write(existing, caller, writing(entry), () => void (existing.resource = next))
    return answerWrite(arm, entry, existing, entry.put, before)
  }
  const now = store.now()
  const stored = { ...storedResource(next, now), created: now.toISOString(), changed: now.toISOString() }
  stored.health.occurredTime = now.toISOString()
  store.add(stored, caller, writing(entry))
  for (const child of seedDefaults(stored, now)) store.add(child, caller, writing(entry))
  return answerWrite(arm, entry, stored, entry.put, undefined)
}

/** PATCH: merges the body into the resource. */
export function patch(
  arm: ArmRequest,
  path: ResourcePath,
  entry: TypeOperations,
  stored: StoredResource,
): VendorResponse {
  if (!entry.patch) throw methodNotAllowed('PATCH')
  const body = bodyOf(arm)
  requireMatch(arm, stored.resource.etag)
  requireShape(entry.type, body)
  requireProperties(entry.type, body, entry.patchRequired)
  arm.running.requireIdle(path.id)
  const before = structuredClone(stored.resource)
  const next = patchResource(entry, body, before)
  if (entry.patch !== 'sync' && next.properties['provisioningState']) next.properties['provisioningState'] = 'Updating'
  arm.store.write(stored, arm.caller, writing(entry), () => void (stored.resource = next))
  return answerWrite(arm, entry, stored, entry.patch, before)
}
