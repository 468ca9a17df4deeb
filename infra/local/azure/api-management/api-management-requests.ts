import type { VendorResponse } from '../../frame/router.js'
import type { TypeOperations } from '../operations/model.js'
import { ArmRefusal, notValid, resourceNotFound } from '../refusals.js'
import { bodyOf, type ArmRequest } from '../request-context.js'
import { namesResource, typeAndNames, type ResourcePath } from '../resource-path.js'
import { put } from '../resource-writes.js'
import type { ArmResource } from '../state.js'
import { objectAt } from '../json.js'
import { listed } from './collections.js'
import { pageOf } from './page-of.js'

/**
 * What API Management answers itself: its collections in pages, its revisions, and its own words for what is not there. Undefined goes on
 * to the generic store.
 */
export function apiManagementRequest(
  arm: ArmRequest,
  path: ResourcePath,
  entry: TypeOperations,
): VendorResponse | undefined {
  if (path.names.length === 0 || entry.type === 'Microsoft.ApiManagement/service') return undefined
  const settled = atCurrentRevision(arm, path)
  requireAbove(arm, settled)
  const { method } = arm.request
  if (method === 'GET' && namesResource(settled)) return itemAt(arm, settled, entry)
  if (method === 'GET') {
    const rows = listed(arm.store, settled, entry)
    return { status: 200, body: pageOf(rows.map(viewOf), arm.request) }
  }
  if (method !== 'PUT') return undefined
  requireLinked(arm, settled, entry)
  if (entry.type === 'Microsoft.ApiManagement/service/apis') requireFreePath(arm, settled)
  return put(arm, settled, entry)
}

const nouns: Record<string, string> = { apis: 'Api', apiVersionSets: 'ApiVersionSet' }
/** "Api not found.": what is missing, by the last part of its type. */
function notFound(type: string): ArmRefusal {
  const last = type.split('/').at(-1)!
  const noun = nouns[last] ?? last.charAt(0).toUpperCase() + last.slice(1).replace(/ies$/, 'y').replace(/s$/, '')
  return new ArmRefusal(404, 'ResourceNotFound', `${noun} not found.`, { details: null })
}

/** `orders;rev=3` is `orders` where that is the revision that callers reach. */
function atCurrentRevision({ store }: ArmRequest, path: ResourcePath): ResourcePath {
  const [, head = '', name = '', revision, tail = ''] =
    /^(.*\/apis\/)([^/;]+);rev=(\d+)((?:\/.*)?)$/i.exec(path.id) ?? []
  if (revision === undefined) return path
  const current = store.find(`${head}${name}`)?.resource.properties['apiRevision']
  if (current !== revision) return path
  const names = path.names.map((one) => (one.toLowerCase() === `${name};rev=${revision}`.toLowerCase() ? name : one))
  return { ...path, names, id: `${head}${name}${tail}` }
}

/** Refuses what stands below something that is not there. */
function requireAbove({ store }: ArmRequest, path: ResourcePath): void {
  const parts = path.type.split('/')
  const above = namesResource(path) ? path.names.length - 1 : path.names.length
  const serviceId = path.id
    .split('/')
    .slice(0, path.id.split('/').length - (path.names.length - 1) * 2)
    .join('/')
  for (let depth = 1; depth <= above; depth++) {
    const below = path.names.slice(1, depth).flatMap((name, index) => [parts[index + 2]!, name])
    if (store.find([serviceId, ...below].join('/'))) continue
    if (depth > 1) throw notFound(parts.slice(0, depth + 1).join('/'))
    throw resourceNotFound(
      typeAndNames({ ...path, type: parts.slice(0, 2).join('/'), names: path.names.slice(0, 1) }),
      path.group,
    )
  }
}

function itemAt({ store }: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const found = store.find(path.id)
  if (!found) throw notFound(entry.type)
  const { etag } = found.resource
  return { status: 200, headers: etag ? { etag: `"${etag}"` } : {}, body: viewOf(found.resource) }
}

/** Inside a service nothing has a state of provisioning, nor its ETag in the body. */
function viewOf(row: object): object {
  if (!('properties' in row)) return row
  const { etag: _, properties, ...resource } = row as ArmResource
  const { provisioningState: __, ...shown } = properties
  return { ...resource, properties: shown }
}

/** A product's API and an API's tag are there before they are put together. */
function requireLinked({ store }: ArmRequest, { id, names }: ResourcePath, { type }: TypeOperations): void {
  const service = /^.*?\/service\/[^/]+/i.exec(id)![0]
  const kind = { 'Microsoft.ApiManagement/service/products/apis': 'apis' }[type]
  if (kind && !store.find(`${service}/${kind}/${names.at(-1)}`)) throw notFound(kind)
  if (type === 'Microsoft.ApiManagement/service/apis/tags' && !store.find(`${service}/tags/${names.at(-1)}`))
    throw notFound('tags')
}

/** Two APIs have one path only as versions of each other, or as revisions of one. */
function requireFreePath(arm: ArmRequest, path: ResourcePath): void {
  const { path: wanted, apiVersionSetId: set } = objectAt(bodyOf(arm), 'properties')
  const root = path.id.split('/').slice(0, -1).join('/')
  const plain = (name: string) => name.replace(/;rev=\d+$/i, '').toLowerCase()
  const taken = arm.store.below(root).some(({ resource }) => {
    const isOther = resource.type.endsWith('/apis') && plain(resource.name) !== plain(path.names.at(-1)!)
    return isOther && resource.properties['path'] === wanted && (!set || resource.properties['apiVersionSetId'] !== set)
  })
  if (taken)
    throw notValid('path', "Cannot create an API with the same Path unless it's a part of the same version set")
}
