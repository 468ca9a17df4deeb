import { objectAt } from '../../azure/json.js'
import { alertBody } from '../../azure/scope-requests.js'
import type { StoredResource } from '../../azure/state.js'
import type { AzureStore } from '../../azure/store.js'
import { uuidOf } from '../../frame/ids.js'
import { placeOf } from './row.js'
import type { TableRow } from './row.js'

/** Tags that the organisation's policies ask of every resource. */
const requiredTags = ['team', 'service', 'environment', 'env', 'owner', 'cost-center'] as const

const located = (store: AzureStore): StoredResource[] =>
  store.all().filter(({ resource }) => resource.location !== undefined)

/** The required tags that are customary here: those that more than half of the resources have. */
function customary(resources: StoredResource[]): string[] {
  return requiredTags.filter(
    (tag) => resources.filter(({ resource }) => resource.tags?.[tag]).length * 2 > resources.length,
  )
}

/** PolicyResources: a state for each resource and required tag, `NonCompliant` where the tag is missing. */
export function policies(store: AzureStore): TableRow[] {
  const resources = located(store)
  const tags = customary(resources)
  return resources.flatMap(({ resource, changed }) =>
    tags.map((tag): TableRow => {
      const { subscriptionId, resourceGroup } = placeOf(resource.id)
      const name = uuidOf(`${resource.id}/policy/${tag}`.toLowerCase())
      const scope = `/subscriptions/${subscriptionId}`
      return {
        id: `${resource.id}/providers/Microsoft.PolicyInsights/policyStates/${name}`,
        name,
        type: 'microsoft.policyinsights/policystates',
        subscriptionId,
        resourceGroup,
        properties: {
          resourceId: resource.id,
          resourceType: resource.type,
          complianceState: resource.tags?.[tag] ? 'Compliant' : 'NonCompliant',
          policyAssignmentId: `${scope}/providers/Microsoft.Authorization/policyAssignments/require-tag-${tag}`,
          policyAssignmentName: `require-tag-${tag}`,
          policyDefinitionId:
            '/providers/Microsoft.Authorization/policyDefinitions/871b6d14-10aa-478d-b590-94f262ecfa99',
          policyDefinitionAction: 'audit',
          timestamp: changed,
        },
      }
    }),
  )
}

interface Advice {
  category: string
  impact: string
  problem: string
  solution: string
  extended: Record<string, string>
}

/** What Advisor says of a resource: oversized machines outside production, unused addresses and disks, missing zones. */
function adviceOn({ resource }: StoredResource, environment: string): Advice | undefined {
  const size = String(objectAt(resource.properties, 'hardwareProfile')['vmSize'] ?? '')
  const cores = Number(/_[A-Z]+(\d+)/.exec(size)?.[1] ?? 0)
  const production = environment.startsWith('prod')
  if (resource.type === 'Microsoft.Compute/virtualMachines' && cores >= 4 && !production) {
    const target = size.replace(String(cores), String(cores / 2))
    const extended = { currentSku: size, targetSku: target, savingsAmount: String(cores * 14), savingsCurrency: 'EUR' }
    return {
      category: 'Cost',
      impact: 'High',
      problem: 'Right-size or shutdown underutilized virtual machines',
      solution: `Resize to ${target}`,
      extended,
    }
  }
  if (resource.type === 'Microsoft.Compute/disks' && resource.properties['diskState'] === 'Unattached')
    return {
      category: 'Cost',
      impact: 'Medium',
      problem: 'Disk is not attached to any virtual machine',
      solution: 'Delete the disk',
      extended: { savingsAmount: '18', savingsCurrency: 'EUR' },
    }
  if (resource.type === 'Microsoft.Network/publicIPAddresses' && !resource.properties['ipConfiguration'])
    return {
      category: 'Cost',
      impact: 'Low',
      problem: 'Public IP address is not associated',
      solution: 'Delete the address',
      extended: { savingsAmount: '3', savingsCurrency: 'EUR' },
    }
  const availability = objectAt(resource.properties, 'highAvailability')['mode']
  if (
    production &&
    resource.type === 'Microsoft.DBforPostgreSQL/flexibleServers' &&
    (!availability || availability === 'Disabled')
  )
    return {
      category: 'HighAvailability',
      impact: 'High',
      problem: 'Server has no standby in another zone',
      solution: 'Enable zone-redundant high availability',
      extended: {},
    }
  return undefined
}

/** AdvisorResources. */
export function advice(store: AzureStore): TableRow[] {
  const environments = new Map(store.services.org.subscriptions.map(({ id, environment }) => [id, environment]))
  return located(store).flatMap((stored): TableRow[] => {
    const { resource, changed } = stored
    const place = placeOf(resource.id)
    const found = adviceOn(stored, environments.get(place.subscriptionId) ?? '')
    if (!found) return []
    const name = uuidOf(`${resource.id}/advice/${found.problem}`.toLowerCase())
    const { category, impact, problem, solution, extended } = found
    const properties = {
      category,
      impact,
      impactedField: resource.type,
      impactedValue: resource.name,
      lastUpdated: changed,
      shortDescription: { problem, solution },
      resourceMetadata: { resourceId: resource.id },
      extendedProperties: extended,
    }
    const id = `${resource.id}/providers/Microsoft.Advisor/recommendations/${name}`
    return [{ id, name, type: 'microsoft.advisor/recommendations', ...place, properties }]
  })
}

/** AlertsManagementResources. */
export const alerts = (store: AzureStore): TableRow[] =>
  store.state.alerts.map((alert) => ({ ...alertBody(alert), ...placeOf(alert.target) }))

/** AuthorizationResources: role assignments. */
export const authorizations = (store: AzureStore): TableRow[] =>
  store
    .all()
    .filter(({ resource }) => resource.type === 'Microsoft.Authorization/roleAssignments')
    .map(({ resource }) => ({ ...resource, ...placeOf(resource.id) }))

/** PatchAssessmentResources: the latest assessment of each machine; nothing is missing for a month after patching. */
export const patches = (store: AzureStore): TableRow[] =>
  located(store).flatMap(({ resource, hidden, created }): TableRow[] => {
    if (resource.type !== 'Microsoft.Compute/virtualMachines') return []
    const patched = Date.parse(String(hidden['patchedAt'] ?? created))
    const months = Math.floor((store.now().getTime() - patched) / (30 * 86_400_000))
    const counts = { security: Math.min(months, 6), other: Math.min(months * 2, 20) }
    return [
      {
        id: `${resource.id}/patchAssessmentResults/latest`,
        name: 'latest',
        type: 'microsoft.compute/virtualmachines/patchassessmentresults',
        ...(resource.location ? { location: resource.location } : {}),
        ...placeOf(resource.id),
        properties: {
          status: 'Succeeded',
          osType: 'Linux',
          rebootPending: false,
          availablePatchCountByClassification: counts,
        },
      },
    ]
  })
