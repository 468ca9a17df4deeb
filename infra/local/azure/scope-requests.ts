import type { VendorResponse } from '../frame/router.js'
import { changesBetween } from './changes.js'
import { objectAt } from './json.js'
import type { TypeOperations } from './operations/model.js'
import { ArmRefusal, groupNotFound, invalidContent, methodNotAllowed, resourceNotFound } from './refusals.js'
import { bodyOf, requireProperties } from './request-context.js'
import type { ArmRequest } from './request-context.js'
import { scopeOf } from './resource-path.js'
import type { ResourcePath } from './resource-path.js'
import type { Alert, StoredResource } from './state.js'
import { tagsIn } from './subscription-requests.js'

/** The tags of a resource or group, and how they are written. */
function taggedAt(
  arm: ArmRequest,
  scope: string,
): { tags: Record<string, string>; set(tags: Record<string, string>): void } {
  const { store, caller } = arm
  const operation = 'Microsoft.Resources/tags/write'
  if (/\/providers\//i.test(scope)) {
    const stored = store.find(scope)
    if (!stored) throw resourceNotFound(scope.split('/providers/')[1] ?? scope, scopeOf(scope).group)
    return {
      tags: stored.resource.tags ?? {},
      set: (tags) => store.write(stored, caller, operation, () => void (stored.resource.tags = tags)),
    }
  }
  const { subscription = '', group: name = '' } = scopeOf(scope)
  const group = store.group(subscription, name)
  if (!group) throw groupNotFound(name)
  return {
    tags: group.tags,
    set: (tags) => {
      const before = structuredClone(group)
      group.tags = tags
      const target = { id: group.id, type: 'Microsoft.Resources/subscriptions/resourceGroups' }
      store.recordContainer('Update', target, caller, operation, changesBetween(before, group))
    },
  }
}

/** What each `operation` of a PATCH of tags makes of those that are there. */
const tagOperations: Record<
  string,
  (old: Record<string, string>, given: Record<string, string>) => Record<string, string>
> = {
  merge: (old, given) => ({ ...old, ...given }),
  replace: (_, given) => given,
  delete: (old, given) =>
    Object.fromEntries(
      Object.entries(old).filter(([name, value]) => !(name in given) || (given[name] !== '' && given[name] !== value)),
    ),
}

/** Answers `{scope}/providers/Microsoft.Resources/tags/default`. */
export function tagsRequest(arm: ArmRequest, path: ResourcePath, entry: TypeOperations): VendorResponse {
  const { request, store, caller } = arm
  if (path.names[0]?.toLowerCase() !== 'default') throw resourceNotFound('Microsoft.Resources/tags', path.group)
  const tagged = taggedAt(arm, path.scope)
  if (request.method !== 'GET') {
    const body = bodyOf(arm)
    if (request.method !== 'DELETE') requireProperties(entry.type, body, entry.required)
    const given = tagsIn(objectAt(body, 'properties')['tags'])
    const name =
      request.method === 'PUT'
        ? 'replace'
        : request.method === 'DELETE'
          ? 'replace'
          : String(body['operation']).toLowerCase()
    const change = tagOperations[name]
    if (!change)
      throw invalidContent(`The operation '${String(body['operation'])}' is not one of Merge, Replace, Delete.`)
    tagged.set(tagsIn(change(tagged.tags, request.method === 'DELETE' ? {} : given)))
    store.recordActivity({
      resourceId: path.scope,
      operation: 'Microsoft.Resources/tags/write',
      status: 'Succeeded',
      statusCode: 'OK',
      caller,
    })
    if (request.method === 'DELETE') return { status: 200 }
  }
  const { tags } = taggedAt(arm, path.scope)
  return { status: 200, body: { id: path.id, name: 'default', type: 'Microsoft.Resources/tags', properties: { tags } } }
}

/** An alert as Alerts Management shows it. */
export function alertBody(alert: Alert) {
  const { id, subscription, name, severity, state, condition, target, rule, started, modified, resolved } = alert
  const [, , , , group = '', , namespace = '', kind = '', resource = ''] = target.split('/')
  return {
    id: `/subscriptions/${subscription}/providers/Microsoft.AlertsManagement/alerts/${id}`,
    name,
    type: 'Microsoft.AlertsManagement/alerts',
    properties: {
      essentials: {
        severity,
        signalType: 'Metric',
        alertState: state,
        monitorCondition: condition,
        monitorService: 'Platform',
        targetResource: target,
        targetResourceName: resource,
        targetResourceGroup: group,
        targetResourceType: `${namespace}/${kind}`.toLowerCase(),
        alertRule: rule,
        startDateTime: started,
        lastModifiedDateTime: modified,
        ...(resolved ? { monitorConditionResolvedDateTime: resolved } : {}),
      },
    },
  }
}

/** Answers Alerts Management: the list, one alert, and `changestate`. */
export function alertsRequest(arm: ArmRequest, path: ResourcePath): VendorResponse {
  const { request, store } = arm
  const within = store.state.alerts.filter(
    ({ target, subscription }) =>
      `/subscriptions/${subscription}/`.toLowerCase().startsWith(`${path.scope}/`.toLowerCase()) ||
      `${target}/`.toLowerCase().startsWith(`${path.scope}/`.toLowerCase()),
  )
  const [name] = path.names
  if (!name) {
    if (request.method !== 'GET') throw methodNotAllowed(request.method)
    return { status: 200, body: { value: within.map(alertBody) } }
  }
  const alert = within.find(({ id }) => id === name.toLowerCase())
  if (!alert) throw resourceNotFound(`Microsoft.AlertsManagement/alerts/${name}`, undefined)
  if (!path.action && request.method === 'GET') return { status: 200, body: alertBody(alert) }
  if (path.action?.toLowerCase() !== 'changestate' || request.method !== 'POST') throw methodNotAllowed(request.method)
  const state = (['New', 'Acknowledged', 'Closed'] as const).find((each) => each === request.query['newstate'])
  if (!state)
    throw new ArmRefusal(
      400,
      'BadRequest',
      `The newState '${request.query['newstate'] ?? ''}' is not one of New, Acknowledged, Closed.`,
    )
  alert.state = state
  alert.modified = store.now().toISOString()
  store.recordActivity({
    resourceId: alertBody(alert).id,
    operation: 'Microsoft.AlertsManagement/alerts/changestate/action',
    status: 'Succeeded',
    statusCode: 'OK',
    caller: arm.caller,
  })
  return { status: 200, body: alertBody(alert) }
}

/** Resource Health's statement on a resource. */
export function healthBody({ resource, health }: StoredResource) {
  return {
    id: `${resource.id}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`,
    name: 'current',
    type: 'Microsoft.ResourceHealth/AvailabilityStatuses',
    location: resource.location,
    properties: {
      ...health,
      reasonChronicity: 'Persistent',
      targetResourceId: resource.id,
      targetResourceType: resource.type,
    },
  }
}

/** Answers Resource Health: of one resource, or of those below a scope. */
export function healthRequest(arm: ArmRequest, path: ResourcePath): VendorResponse {
  if (arm.request.method !== 'GET') throw methodNotAllowed(arm.request.method)
  if (!path.names.length) {
    const stored = arm.store.find(path.scope)
    const all = stored ? [stored] : arm.store.below(path.scope).filter(({ resource }) => resource.location)
    return { status: 200, body: { value: all.map(healthBody) } }
  }
  const stored = arm.store.find(path.scope)
  if (!stored || path.names[0]?.toLowerCase() !== 'current')
    throw resourceNotFound(path.id.split('/providers/')[1] ?? '', path.group)
  return { status: 200, body: healthBody(stored) }
}
