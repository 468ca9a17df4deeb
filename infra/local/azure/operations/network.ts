import { actions, immediate, networked } from './model.js'
import type { TypeOperations } from './model.js'

const versions = ['2025-07-01', '2025-05-01', '2024-10-01', '2024-07-01', '2024-05-01', '2024-01-01', '2023-11-01']
const dns = ['2018-05-01', '2023-07-01-preview']
const privateDns = ['2024-06-01', '2020-06-01']
const frontDoor = ['2025-06-01', '2025-04-15', '2024-09-01', '2024-02-01', '2023-05-01']

const network = (name: string, rest: Partial<TypeOperations> = {}): TypeOperations => ({
  type: `Microsoft.Network/${name}`,
  versions,
  ...networked,
  ...rest,
})

/** A type of the network that has no PATCH. */
const unpatched = (name: string, rest: Partial<TypeOperations> = {}): TypeOperations => {
  const { patch: _, ...entry } = network(name, rest)
  return entry
}

const recordSet = (kind: string): TypeOperations => ({
  type: `Microsoft.Network/dnsZones/${kind}`,
  versions: dns,
  ...immediate,
  proxy: true,
})

/** Microsoft.Network and Front Door. */
export const networks: TypeOperations[] = [
  network('virtualNetworks', { actions: actions('location', 'ddosProtectionStatus', { seconds: 3 }) }),
  unpatched('virtualNetworks/subnets', { proxy: true, within: { property: 'subnets', shape: 'nested' } }),
  network('networkSecurityGroups', { reads: ['defaultSecurityRules'] }),
  unpatched('networkSecurityGroups/securityRules', {
    proxy: true,
    within: { property: 'securityRules', shape: 'nested' },
    required: ['properties.protocol', 'properties.access', 'properties.priority', 'properties.direction'],
  }),
  network('publicIPAddresses', { actions: actions('location', 'ddosProtectionStatus', { seconds: 3 }) }),
  network('networkInterfaces', {
    actions: actions('location', 'effectiveNetworkSecurityGroups effectiveRouteTable', { seconds: 3 }),
  }),
  network('loadBalancers'),
  network('natGateways'),
  network('routeTables'),
  network('applicationGateways', {
    actions: {
      ...actions('operation', 'start stop', { seconds: 12 }),
      ...actions('location', 'backendhealth', { seconds: 4 }),
    },
  }),
  unpatched('applicationGatewayWebApplicationFirewallPolicies', { put: 'sync' }),
  network('azureFirewalls', { patch: 'operation' }),
  network('bastionHosts', { patch: 'operation' }),
  network('ddosProtectionPlans'),
  unpatched('privateEndpoints', {
    required: [
      'properties.subnet',
      'properties.privateLinkServiceConnections|properties.manualPrivateLinkServiceConnections',
    ],
  }),
  network('trafficManagerProfiles', { versions: ['2022-04-01', '2018-08-01'], ...immediate }),
  network('dnsZones', { versions: dns, ...immediate, delete: 'location' }),
  ...['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT', 'CAA'].map(recordSet),
  network('privateDnsZones', { versions: privateDns, put: 'operation', patch: 'operation' }),
  network('FrontDoorWebApplicationFirewallPolicies', {
    versions: ['2025-03-01', '2024-02-01', '2022-05-01'],
    patch: 'operation',
  }),
  {
    type: 'Microsoft.Cdn/profiles',
    versions: frontDoor,
    put: 'operation',
    patch: 'operation',
    delete: 'operation',
    required: ['sku.name'],
  },
  {
    type: 'Microsoft.Cdn/profiles/afdEndpoints',
    versions: frontDoor,
    put: 'operation',
    patch: 'operation',
    delete: 'operation',
    actions: { purge: { style: 'location', required: ['contentPaths'], seconds: 6 } },
  },
]
