import { extendedView } from '../../azure/power.js'
import { uuidOf } from '../../frame/ids.js'
import { healthBody } from '../../azure/scope-requests.js'
import type { AzureStore } from '../../azure/store.js'
import { placeOf } from './row.js'
import type { TableRow } from './row.js'

/** Resources: everything with a location of its own. */
export function resources(store: AzureStore): TableRow[] {
  return store.all().flatMap((stored) => {
    if (stored.resource.location === undefined) return []
    const { etag: _, ...resource } = extendedView(stored)
    const systemData = { createdAt: stored.created, lastModifiedAt: stored.changed }
    return [{ ...resource, ...placeOf(resource.id), systemData }]
  })
}

/** ResourceContainers: subscriptions, resource groups, and the tenant's root management group. */
export function containers(store: AzureStore): TableRow[] {
  const { org } = store.services
  const root = { displayName: 'Tenant Root Group', name: org.tenant }
  const chain = [{ ...root, mode: 'Included' }]
  const subscriptions = org.subscriptions.map(({ id, name, environment }): TableRow => ({
    id: `/subscriptions/${id}`,
    name,
    type: 'microsoft.resources/subscriptions',
    subscriptionId: id,
    tags: { environment },
    properties: { state: 'Enabled', managementGroupAncestorsChain: chain },
  }))
  const groups = Object.values(store.state.groups).map(({ id, name, location, tags }): TableRow => ({
    id,
    name,
    type: 'microsoft.resources/subscriptions/resourcegroups',
    location,
    ...placeOf(id),
    tags,
    properties: { provisioningState: 'Succeeded' },
  }))
  const managementGroup: TableRow = {
    id: `/providers/Microsoft.Management/managementGroups/${org.tenant}`,
    name: org.tenant,
    type: 'microsoft.management/managementgroups',
    subscriptionId: '',
    properties: { displayName: root.displayName, tenantId: org.tenant, details: { managementGroupAncestorsChain: [] } },
  }
  return [managementGroup, ...subscriptions, ...groups]
}

/** HealthResources: what Resource Health says of each resource now. */
export const health = (store: AzureStore): TableRow[] =>
  store.all().flatMap((stored) => {
    if (stored.resource.location === undefined) return []
    const body = healthBody(stored)
    return [{ ...body, location: stored.resource.location, ...placeOf(body.id) }]
  })

const planned = [
  { type: 'Microsoft.DBforPostgreSQL/flexibleServers', service: 'Azure Database for PostgreSQL flexible servers' },
  { type: 'Microsoft.ContainerService/managedClusters', service: 'Azure Kubernetes Service (AKS)' },
]

/** ServiceHealthResources: the next maintenance window of services that the organisation runs, one a region. */
export function serviceHealth(store: AzureStore): TableRow[] {
  const { org } = store.services
  const week = 7 * 86_400_000
  const start = new Date(Math.ceil((store.now().getTime() + 1) / week) * week) // the same all week
  return planned.flatMap(({ type, service }) => {
    const used = store.all().filter(({ resource }) => resource.type === type)
    const places = new Set(used.map(({ resource }) => `${placeOf(resource.id).subscriptionId} ${resource.location}`))
    return [...places].map((place): TableRow => {
      const [subscriptionId = '', region = ''] = place.split(' ')
      const name = uuidOf(`${org.domain}/${type}/${place}/${start.toISOString()}`).slice(0, 8).toUpperCase()
      const properties = {
        EventType: 'PlannedMaintenance',
        Status: 'Active',
        Title: `Planned maintenance: ${service} in ${region}`,
        Summary: `Servers of ${service} are updated one after another and answer a few seconds later than usual.`,
        Priority: 'Low',
        ImpactStartTime: start.toISOString(),
        ImpactMitigationTime: new Date(start.getTime() + 4 * 3_600_000).toISOString(),
        Impact: [{ ImpactedService: service, ImpactedRegions: [{ ImpactedRegion: region, Status: 'Active' }] }],
      }
      const id = `/subscriptions/${subscriptionId}/providers/Microsoft.ResourceHealth/events/${name}`
      return { id, name, type: 'microsoft.resourcehealth/events', subscriptionId, properties }
    })
  })
}
