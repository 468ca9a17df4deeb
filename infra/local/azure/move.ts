import type { VendorResponse } from '../frame/router.js'
import { ArmRefusal, methodNotAllowed, missingProperty, resourceNotFound } from './refusals.js'
import { bodyOf, requireScope, requireVersion } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { scopeOf } from './resource-path.js'
import type { Operation, StoredResource } from './state.js'
import type { AzureStore } from './store.js'
import { resourceVersions } from './subscription-requests.js'

/** Types that Azure does not move between groups (learn.microsoft.com, "Move operation support for resources"). */
const immovable = ['Microsoft.ContainerService/managedClusters', 'Microsoft.App/managedEnvironments']

interface Move {
  resources: StoredResource[]
  target: string
}

/** What a move's body names, checked as `validateMoveResources` checks it. */
function checkedMove(store: AzureStore, source: string, body: Record<string, unknown>): Move {
  const { resources, targetResourceGroup: target } = body
  if (!Array.isArray(resources) || !resources.length) throw missingProperty('Microsoft.Resources/move', 'resources')
  if (typeof target !== 'string') throw missingProperty('Microsoft.Resources/move', 'targetResourceGroup')
  requireScope(store, scopeOf(target))
  const found = resources.map((id) => {
    const stored = store.find(String(id))
    if (!stored) throw resourceNotFound(String(id).split('/providers/')[1] ?? String(id), scopeOf(String(id)).group)
    const inside = stored.resource.id.toLowerCase().startsWith(`${source}/`.toLowerCase())
    if (!inside || stored.resource.id.split('/').length !== 9)
      throw new ArmRefusal(
        400,
        'ResourceMoveInvalidResources',
        `The resource '${stored.resource.id}' is no top-level resource of '${source}'.`,
      )
    if (immovable.includes(stored.resource.type))
      throw new ArmRefusal(
        409,
        'ResourceMoveNotSupported',
        `Resource move is not supported for resource types '${stored.resource.type}'.`,
      )
    if (store.find(movedId(stored.resource.id, source, target)))
      throw new ArmRefusal(
        409,
        'ResourceMoveConflict',
        `A resource named '${stored.resource.name}' is in the target group already.`,
      )
    return stored
  })
  return { resources: found, target }
}

const movedId = (id: string, source: string, target: string): string =>
  target.replace(/\/$/, '') + id.slice(source.length)

/** The end of a move: the resources and what is below them have new ids, which is a deletion and a creation. */
export function move(store: AzureStore, { resourceId: source, body, caller, operation }: Operation): undefined {
  const { resources, target } = checkedMove(store, source, body)
  for (const stored of resources) {
    const all = [stored, ...store.below(stored.resource.id)]
    store.remove(stored, caller, operation)
    for (const each of all) {
      const resource = { ...each.resource, id: movedId(each.resource.id, source, target) }
      store.add({ ...each, resource }, caller, operation)
    }
  }
}

/** Answers `…/resourceGroups/{group}/moveResources` and `/validateMoveResources`; undefined for other paths. */
export function moveRequest(arm: ArmRequest): VendorResponse | undefined {
  const { request, store, caller, version, running } = arm
  const match = /^(\/subscriptions\/([^/]+)\/resourceGroups\/[^/]+)\/(validateMoveResources|moveResources)$/i.exec(
    request.path,
  )
  if (!match) return undefined
  const [, written = '', subscription = '', name = ''] = match
  if (request.method !== 'POST') throw methodNotAllowed(request.method)
  requireVersion(version, resourceVersions)
  requireScope(store, scopeOf(written))
  const { group = '' } = scopeOf(written)
  const source = store.group(subscription, group)?.id ?? written
  const body = bodyOf(arm)
  checkedMove(store, source, body)
  if (name.toLowerCase() === 'validatemoveresources') return { status: 204 }
  running.requireIdle(source)
  const { headers } = running.accept({
    resourceId: source,
    work: 'move',
    action: 'moveResources',
    type: 'Microsoft.Resources/subscriptions/resourceGroups',
    operation: 'Microsoft.Resources/subscriptions/resourceGroups/moveResources/action',
    style: 'location',
    subscription,
    caller,
    body,
    query: {},
    version,
    seconds: 10,
  })
  return { status: 202, headers }
}
