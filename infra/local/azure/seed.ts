import { uuidOf } from '../frame/ids.js'
import { groupObjectId, upnOf } from '../organisation/object-ids.js'
import type { Organisation, Resource } from '../organisation/model.js'
import { seedApiManagement } from './api-management/seed-api-management.js'
import { seedDefaults } from './seed-defaults.js'
import { storedResource } from './stored-resource.js'
import type { Alert, AzureState, ChangeRecord, ResourceGroup, StoredResource } from './state.js'

function fromOrganisation(entry: Resource, now: Date): StoredResource[] {
  const { id, name, type, kind, location, sku, identity, zones, tags, properties, health } = entry
  const optional = {
    ...(kind && { kind }),
    ...(sku && { sku }),
    ...(identity && { identity }),
    ...(zones && { zones }),
  }
  const stored = storedResource(
    { id, name, type, location, ...optional, tags: { ...tags }, properties: structuredClone(properties) },
    now,
    health,
  )
  stored.resource.etag = uuidOf(`${id}/etag`)
  if (entry.backup) stored.hidden['backup'] = { ...entry.backup }
  return [stored, ...seedDefaults(stored, now)]
}

function groupsOf(org: Organisation): Record<string, ResourceGroup> {
  const groups: Record<string, ResourceGroup> = {}
  for (const { subscriptionId, resourceGroup, location, environment, service } of org.resources) {
    const id = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`
    groups[id.toLowerCase()] ??= {
      id,
      name: resourceGroup,
      location,
      tags: { environment, ...(service ? { service } : {}) },
    }
  }
  return groups
}

/** What people changed before the organisation began, as change records have it. */
const changesOf = (org: Organisation): ChangeRecord[] =>
  org.resources.flatMap(({ id, type, changes = [] }) =>
    changes.map(({ at, by, path, from, to }): ChangeRecord => ({
      id: uuidOf(`${id}/change/${at}/${path}`),
      targetId: id,
      targetType: type,
      changeType: 'Update',
      at,
      by: upnOf(org, by),
      byKind: 'User',
      client: 'Azure Portal',
      operation: `${type}/write`,
      correlation: uuidOf(`${id}/correlation/${at}`),
      changes: { [path]: { propertyChangeType: 'Update', previousValue: from, newValue: to } },
    })),
  )

/** The rule that raised an incident of a service: one the organisation has, else one that is named after it. */
function ruleOf(org: Organisation, service: string, severity: string, target: Resource): string {
  const own = org.resources.find((each) => each.type === 'Microsoft.Insights/metricAlerts' && each.service === service)
  return (
    own?.id ??
    `/subscriptions/${target.subscriptionId}/resourceGroups/${target.resourceGroup}/providers/Microsoft.Insights/metricAlerts/${service}-${severity}`
  )
}

/** The alert that raised each incident, on the resource of its service that is likeliest to have caused it. */
function alertsOf(org: Organisation): Alert[] {
  return org.incidents.flatMap((incident) => {
    const own = org.resources.filter(
      ({ service, type }) => service === incident.service && type !== 'Microsoft.Insights/metricAlerts',
    )
    const target = own.find(({ environment }) => environment.startsWith('prod')) ?? own[0]
    if (!target) return []
    const id = uuidOf(`${org.domain}/alert/${incident.number}`)
    const state = incident.resolved ? 'Closed' : incident.acknowledged ? 'Acknowledged' : 'New'
    const rule = ruleOf(org, incident.service, incident.severity, target)
    return [
      {
        id,
        subscription: target.subscriptionId,
        name: incident.title,
        severity: incident.severity.replace('sev', 'Sev'),
        state,
        condition: incident.resolved ? 'Resolved' : 'Fired',
        target: target.id,
        rule,
        started: incident.opened,
        modified: incident.resolved ?? incident.acknowledged ?? incident.opened,
        ...(incident.resolved ? { resolved: incident.resolved } : {}),
      } satisfies Alert,
    ]
  })
}

/** Built-in roles by their fixed ids (learn.microsoft.com/azure/role-based-access-control/built-in-roles). */
const roles = {
  owner: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  contributor: 'b24988ac-6180-42a0-ab88-20f7382dd24c',
  reader: 'acdd72a7-3385-48ef-bd42-f606fba81ae7',
}

/** Teams contribute to the groups of their services, everybody's team reads subscriptions, administrators own them. */
function roleAssignments(org: Organisation, now: Date): StoredResource[] {
  const assign = (scope: string, role: keyof typeof roles, principal: string) => {
    const name = uuidOf(`${scope}/${role}/${principal}`.toLowerCase())
    const subscription = scope.split('/').slice(0, 3).join('/')
    const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${roles[role]}`
    return storedResource(
      {
        id: `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`,
        name,
        type: 'Microsoft.Authorization/roleAssignments',
        properties: { roleDefinitionId, principalId: principal, principalType: 'Group', scope },
      },
      now,
    )
  }
  const teamOf = new Map(org.services.map(({ id, team }) => [id, team]))
  const perGroup = new Map<string, string>()
  for (const { subscriptionId, resourceGroup, service } of org.resources) {
    const team = teamOf.get(service ?? '')
    if (team) perGroup.set(`/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`, team)
  }
  const admins = org.groups.find(({ id }) => /admin/.test(id))
  return [
    ...[...perGroup].map(([scope, team]) => assign(scope, 'contributor', groupObjectId(org, team))),
    ...org.subscriptions.flatMap(({ id }) => [
      ...org.teams.map((team) => assign(`/subscriptions/${id}`, 'reader', groupObjectId(org, team.id))),
      ...(admins ? [assign(`/subscriptions/${id}`, 'owner', groupObjectId(org, admins.id))] : []),
    ]),
  ]
}

/** The local Azure of an organisation on the day it is first started. */
export function seedAzure(org: Organisation, now: Date): AzureState {
  const stored = [
    ...org.resources.flatMap((entry) => fromOrganisation(entry, now)),
    ...seedApiManagement(org, now),
    ...roleAssignments(org, now),
  ]
  return {
    resources: Object.fromEntries(stored.map((each) => [each.resource.id.toLowerCase(), each])),
    groups: groupsOf(org),
    operations: {},
    changes: changesOf(org),
    containerChanges: [],
    activity: [],
    alerts: alertsOf(org),
  }
}
