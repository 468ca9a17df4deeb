import { numberOf } from '../frame/ids.js'
import type { Organisation } from '../organisation/model.js'
import type { Json } from './json.js'
import type { ArmResource, ResourceGroup, StoredResource } from './state.js'

/** A kind of resource that is made again and again. */
interface Pattern {
  type: string
  prefix: string
  sku?: Json
  properties(place: { scope: string; number: number }): Json
}

const patterns: readonly Pattern[] = [
  {
    type: 'Microsoft.Web/serverFarms',
    prefix: 'plan',
    sku: { name: 'P1v3', tier: 'PremiumV3', capacity: 2 },
    properties: () => ({ status: 'Ready', zoneRedundant: false }),
  },
  {
    type: 'Microsoft.Web/sites',
    prefix: 'app',
    properties: ({ scope, number }) => ({
      state: number % 97 ? 'Running' : 'Stopped',
      httpsOnly: number % 13 !== 0,
      serverFarmId: `${scope}/providers/Microsoft.Web/serverFarms/plan-${number - 1}`,
      siteConfig: { minTlsVersion: '1.2' },
    }),
  },
  {
    type: 'Microsoft.Compute/virtualMachines',
    prefix: 'vm',
    properties: ({ scope, number }) => ({
      hardwareProfile: { vmSize: 'Standard_D4s_v5' },
      networkProfile: {
        networkInterfaces: [{ id: `${scope}/providers/Microsoft.Network/networkInterfaces/nic-${number + 1}` }],
      },
      storageProfile: {
        osDisk: { managedDisk: { id: `${scope}/providers/Microsoft.Compute/disks/disk-${number + 2}` } },
      },
    }),
  },
  { type: 'Microsoft.Network/networkInterfaces', prefix: 'nic', properties: () => ({ enableIPForwarding: false }) },
  {
    type: 'Microsoft.Compute/disks',
    prefix: 'disk',
    sku: { name: 'Premium_LRS', tier: 'Premium' },
    properties: ({ number }) => ({ diskSizeGB: 128, diskState: number % 89 ? 'Attached' : 'Unattached' }),
  },
  {
    type: 'Microsoft.Storage/storageAccounts',
    prefix: 'st',
    sku: { name: 'Standard_LRS' },
    properties: ({ number }) => ({
      minimumTlsVersion: number % 31 ? 'TLS1_2' : 'TLS1_0',
      publicNetworkAccess: number % 17 ? 'Disabled' : 'Enabled',
    }),
  },
  {
    type: 'Microsoft.DBforPostgreSQL/flexibleServers',
    prefix: 'psql',
    sku: { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose' },
    properties: ({ number }) => ({
      version: '16',
      state: 'Ready',
      backup: { backupRetentionDays: 7 + (number % 4) * 7, geoRedundantBackup: 'Disabled' },
    }),
  },
  { type: 'Microsoft.KeyVault/vaults', prefix: 'kv', properties: () => ({ publicNetworkAccess: 'Disabled' }) },
]

/** Resources in one group. */
const aGroup = 40
const long = new Date('2025-06-01T00:00:00.000Z').toISOString()

/**
 * Many resources beside an organisation's own, to see how something does with many: in groups of its subscriptions, with tags of its services
 * and teams; every tenth has none. The same for the same organisation and number.
 */
export function generateResources(
  org: Pick<Organisation, 'subscriptions' | 'services' | 'regions'>,
  count: number,
): { resources: StoredResource[]; groups: ResourceGroup[] } {
  const groups: ResourceGroup[] = []
  const resources: StoredResource[] = []
  for (let number = 0; number < count; number++) {
    if (number % aGroup === 0) groups.push(groupOf(org, number / aGroup))
    resources.push(resourceOf(org, groups.at(-1)!, number))
  }
  return { resources, groups }
}

function groupOf(
  { subscriptions, regions }: Pick<Organisation, 'subscriptions' | 'regions'>,
  number: number,
): ResourceGroup {
  const { id, environment } = subscriptions[number % subscriptions.length]!
  const name = `rg-many-${number}`
  const location = regions[number % regions.length] ?? 'westeurope'
  return { id: `/subscriptions/${id}/resourceGroups/${name}`, name, location, tags: { environment } }
}

function resourceOf(
  { services }: Pick<Organisation, 'services'>,
  group: ResourceGroup,
  number: number,
): StoredResource {
  const { type, prefix, sku, properties } = patterns[number % patterns.length]!
  const service =
    services.length && number % 10 ? services[numberOf(`${group.name}/service`) % services.length] : undefined
  const name = `${prefix}-${number}`
  const own = properties({ scope: group.id, number })
  const resource: ArmResource = {
    ...{ id: `${group.id}/providers/${type}/${name}`, name, type, location: group.location },
    ...(sku && { sku }),
    tags: service
      ? { service: service.id, env: group.tags['environment'] ?? '', ...(service.team && { team: service.team }) }
      : {},
    properties: { provisioningState: 'Succeeded', ...own },
  }
  const health = {
    availabilityState: number % 211 ? 'Available' : 'Degraded',
    summary:
      number % 211 ? 'There are no known Azure platform problems affecting this resource.' : 'It answers slowly.',
    reasonType: number % 211 ? '' : 'Unplanned',
    occurredTime: long,
  }
  return { resource, hidden: {}, health, created: long, changed: long }
}
