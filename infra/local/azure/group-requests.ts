import type { VendorResponse } from '../frame/router.js'
import { changesBetween } from './changes.js'
import { mergePatch } from './json.js'
import { groupNotFound, invalidContent, methodNotAllowed, missingProperty } from './refusals.js'
import { bodyOf, requireSubscription, requireVersion } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { requireUnlocked } from './resource-deletes.js'
import type { Operation, ResourceGroup } from './state.js'
import type { AzureStore } from './store.js'
import { listAll, requireLocation, resourceVersions, tagsIn } from './subscription-requests.js'

const type = 'Microsoft.Resources/subscriptions/resourceGroups'

const groupBody = (group: ResourceGroup) => ({
  ...group,
  type: 'Microsoft.Resources/resourceGroups',
  properties: { provisioningState: 'Succeeded' },
})

function list(arm: ArmRequest, subscription: string): VendorResponse {
  const prefix = `/subscriptions/${subscription}/`.toLowerCase()
  const filter = /tagName eq '([^']*)'(?: and tagValue eq '([^']*)')?/i.exec(arm.request.query['$filter'] ?? '')
  const groups = Object.entries(arm.store.state.groups).flatMap(([key, group]) =>
    key.startsWith(prefix) ? [group] : [],
  )
  const kept = groups.filter(({ tags }) => {
    if (!filter) return true
    const value = tags[filter[1] ?? '']
    return value !== undefined && (filter[2] === undefined || value === filter[2])
  })
  return { status: 200, body: { value: kept.map(groupBody) } }
}

function save(arm: ArmRequest, group: ResourceGroup, before: ResourceGroup | undefined): VendorResponse {
  const { store, caller } = arm
  const operation = `${type}/write`
  store.state.groups[group.id.toLowerCase()] = group
  store.recordContainer(
    before ? 'Update' : 'Create',
    { id: group.id, type },
    caller,
    operation,
    changesBetween(before, group),
  )
  store.recordActivity({
    resourceId: group.id,
    operation,
    status: 'Succeeded',
    statusCode: before ? 'OK' : 'Created',
    caller,
  })
  return { status: before ? 200 : 201, body: groupBody(group) }
}

function put(arm: ArmRequest, subscription: string, name: string): VendorResponse {
  const body = bodyOf(arm)
  if (!/^[-\w._()]{1,90}$/.test(name) || name.endsWith('.'))
    throw invalidContent(`The resource group name '${name}' has more than 90 or forbidden characters.`)
  const before = arm.store.group(subscription, name)
  if (body['location'] === undefined) throw missingProperty(type, 'location')
  requireLocation(arm.store, type, body, before && { ...before, type, properties: {} })
  const id = before?.id ?? `/subscriptions/${subscription}/resourceGroups/${name}`
  return save(
    arm,
    { id, name: before?.name ?? name, location: String(body['location']), tags: tagsIn(body['tags']) },
    before,
  )
}

function remove(arm: ArmRequest, subscription: string, group: ResourceGroup): VendorResponse {
  requireUnlocked(arm, group.id)
  arm.running.requireIdle(group.id)
  const { headers } = arm.running.accept({
    resourceId: group.id,
    work: 'delete-group',
    action: 'DELETE',
    type,
    operation: `${type}/delete`,
    style: 'location',
    subscription,
    location: group.location,
    caller: arm.caller,
    body: {},
    query: {},
    version: arm.version,
    seconds: 8,
  })
  return { status: 202, headers }
}

/** The end of a group's deletion: everything in it goes with it. */
export function deleteGroup(store: AzureStore, { resourceId, caller, operation }: Operation): undefined {
  for (const stored of store.below(resourceId))
    if (store.find(stored.resource.id)) store.remove(stored, caller, operation)
  delete store.state.groups[resourceId.toLowerCase()]
  store.recordContainer('Delete', { id: resourceId, type }, caller, operation, {})
}

/** Answers `/subscriptions/{id}/resourcegroups[/{name}[/resources]]`; undefined for anything deeper. */
export function groupRequest(arm: ArmRequest): VendorResponse | undefined {
  const { request, store } = arm
  const match = /^\/subscriptions\/([^/]+)\/resourcegroups(?:\/([^/]+))?(\/resources)?$/i.exec(request.path)
  if (!match) return undefined
  const [, subscription = '', name, resources] = match
  requireSubscription(store, subscription)
  requireVersion(arm.version, resourceVersions)
  if (!name) {
    if (request.method !== 'GET') throw methodNotAllowed(request.method)
    return list(arm, subscription)
  }
  const group = store.group(subscription, name)
  if (request.method === 'PUT' && !resources) return put(arm, subscription, name)
  if (request.method === 'HEAD') return { status: group ? 204 : 404 }
  if (!group) throw groupNotFound(name)
  if (resources && request.method === 'GET') return listAll(arm, group.id)
  if (resources) throw methodNotAllowed(request.method)
  switch (request.method) {
    case 'GET':
      return { status: 200, body: groupBody(group) }
    case 'PATCH': {
      const body = bodyOf(arm)
      const tags = body['tags'] === undefined ? group.tags : tagsIn(mergePatch({}, body['tags']))
      return save(arm, { ...group, tags }, structuredClone(group))
    }
    case 'DELETE':
      return remove(arm, subscription, group)
  }
  throw methodNotAllowed(request.method)
}
