import { expect, test } from '@jest/globals'
import { azureTenant, development, production } from '../testing/azure-tenant.js'

const group = `/subscriptions/${production}/resourceGroups/rg-shop`
const base = `${group}/providers`
const vm = `${base}/Microsoft.Compute/virtualMachines/vm-batch`
const set = `${base}/Microsoft.Compute/virtualMachineScaleSets/vmss-web`
const aks = `${base}/Microsoft.ContainerService/managedClusters/aks-shop`
const site = `${base}/Microsoft.Web/sites/shop-web`
const plan = `${base}/Microsoft.Web/serverFarms/plan-shop`
const sql = `${base}/Microsoft.Sql/servers/sql-shop`
const pg = `${base}/Microsoft.DBforPostgreSQL/flexibleServers/pg-shop`
const network = `${base}/Microsoft.Network`
const storage = `${base}/Microsoft.Storage/storageAccounts/stshop`
const deployments = `${base}/Microsoft.Resources/deployments`

const template = {
  parameters: { name: { type: 'string' } },
  resources: [
    {
      type: 'Microsoft.Storage/storageAccounts',
      apiVersion: '2025-08-01',
      name: "[parameters('name')]",
      location: '[resourceGroup().location]',
      sku: { name: 'Standard_LRS' },
      kind: 'StorageV2',
    },
  ],
}
const deployment = { properties: { mode: 'Incremental', template, parameters: { name: { value: 'stnew' } } } }
const failoverGroup = {
  properties: { readWriteEndpoint: { failoverPolicy: 'Manual' }, partnerServers: [], replicationRole: 'Secondary' },
}
const rule = { protocol: 'Tcp', access: 'Allow', direction: 'Inbound', priority: 200 }
const link = {
  subnet: { id: 'x' },
  privateLinkServiceConnections: [{ name: 'c', properties: { privateLinkServiceId: sql, groupIds: ['sqlServer'] } }],
}
const v = {
  compute: '2025-04-01',
  aks: '2026-04-01',
  web: '2025-05-01',
  sql: '2025-01-01',
  pg: '2025-08-01',
  network: '2025-07-01',
  resources: '2025-04-01',
}

/** One step: method, path, api-version, body. */
type Step = [method: string, path: string, version: string, body?: unknown]

interface Case {
  action: string
  /** The last one is the action; those before prepare it. Time passes after each. */
  steps: Step[]
  /** What is read afterwards, and what it shows. */
  shows: { read: Step; as: object }
}

const get = (path: string, version: string): Step => ['GET', path, version]

const cases: Case[] = [
  {
    action: 'scale a scale set',
    steps: [['PATCH', set, v.compute, { sku: { capacity: 4 } }]],
    shows: {
      read: get(`${set}/virtualMachines`, v.compute),
      as: { value: [{ name: '0' }, { name: '1' }, { name: '2' }, { name: '3' }] },
    },
  },
  {
    action: 'scale a scale set in',
    steps: [['PATCH', set, v.compute, { sku: { capacity: 1 } }]],
    shows: { read: get(`${set}/virtualMachines`, v.compute), as: { value: [{ name: '0' }] } },
  },
  {
    action: 'restart a VM',
    steps: [['POST', `${vm}/restart`, v.compute]],
    shows: {
      read: get(`${vm}/instanceView`, v.compute),
      as: { statuses: [{}, { code: 'PowerState/running', time: '2026-11-20T10:00:30.000Z' }] },
    },
  },
  {
    action: 'deallocate a VM',
    steps: [['POST', `${vm}/deallocate`, v.compute]],
    shows: { read: get(`${vm}/instanceView`, v.compute), as: { statuses: [{}, { code: 'PowerState/deallocated' }] } },
  },
  {
    action: 'power off a VM',
    steps: [['POST', `${vm}/powerOff?skipShutdown=false`, v.compute]],
    shows: {
      read: get(`${vm}?$expand=instanceView`, v.compute),
      as: { properties: { instanceView: { statuses: [{}, { code: 'PowerState/stopped' }] } } },
    },
  },
  {
    action: 'start a VM',
    steps: [
      ['POST', `${vm}/deallocate`, v.compute],
      ['POST', `${vm}/start`, v.compute],
    ],
    shows: {
      read: get(`${vm}/instanceView`, v.compute),
      as: { statuses: [{}, { code: 'PowerState/running', time: '2026-11-20T10:01:00.000Z' }] },
    },
  },
  {
    action: 'resize a VM',
    steps: [['PATCH', vm, v.compute, { properties: { hardwareProfile: { vmSize: 'Standard_D2s_v5' } } }]],
    shows: {
      read: get(vm, v.compute),
      as: { properties: { hardwareProfile: { vmSize: 'Standard_D2s_v5' }, provisioningState: 'Succeeded' } },
    },
  },
  {
    action: 'restart instances',
    steps: [['POST', `${set}/restart`, v.compute, { instanceIds: ['0'] }]],
    shows: {
      read: get(`${set}/virtualMachines/0/instanceView`, v.compute),
      as: { statuses: [{}, { time: '2026-11-20T10:00:30.000Z' }] },
    },
  },
  {
    action: 'upgrade the OS of a scale set',
    steps: [['POST', `${set}/osRollingUpgrade`, v.compute]],
    shows: {
      read: get(`${set}/rollingUpgrades/latest`, v.compute),
      as: { properties: { runningStatus: { code: 'Completed' } } },
    },
  },
  {
    action: 'switch autoscale off',
    steps: [
      [
        'PUT',
        `${base}/Microsoft.Insights/autoscaleSettings/a`,
        '2022-10-01',
        { location: 'westeurope', properties: { enabled: true, profiles: [] } },
      ],
      [
        'PATCH',
        `${base}/microsoft.insights/autoscalesettings/a`,
        '2022-10-01',
        { properties: { enabled: false, profiles: [] } },
      ],
    ],
    shows: {
      read: get(`${base}/Microsoft.Insights/autoscaleSettings/a`, '2022-10-01'),
      as: { properties: { enabled: false } },
    },
  },
  {
    action: 'run a command on a VM',
    steps: [['POST', `${vm}/runCommand`, v.compute, { commandId: 'RunShellScript', script: ['hostname'] }]],
    shows: { read: ['RESULT', '', ''], as: { value: [{ message: expect.stringContaining('[stdout]\nvm-batch') }] } },
  },
  {
    action: 'scale a Kubernetes deployment',
    steps: [
      ['POST', `${aks}/runCommand`, v.aks, { command: 'kubectl scale deploy/shop -n web --replicas=3' }],
      ['POST', `${aks}/runCommand`, v.aks, { command: 'kubectl get deploy -n web -o json' }],
    ],
    shows: {
      read: ['RESULT', '', ''],
      as: { properties: { exitCode: 0, logs: expect.stringContaining('"replicas":3') } },
    },
  },
  {
    action: 'scale a node pool',
    steps: [
      [
        'PUT',
        `${aks}/agentPools/system`,
        v.aks,
        { properties: { count: 5, vmSize: 'Standard_D4s_v5', mode: 'System' } },
      ],
    ],
    shows: { read: get(aks, v.aks), as: { properties: { agentPoolProfiles: [{ name: 'system', count: 5 }] } } },
  },
  {
    action: 'upgrade a node image',
    steps: [['POST', `${aks}/agentPools/system/upgradeNodeImageVersion`, v.aks]],
    shows: {
      read: get(`${aks}/agentPools/system`, v.aks),
      as: { properties: { nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202611.20.0' } },
    },
  },
  {
    action: 'stop a cluster',
    steps: [['POST', `${aks}/stop`, v.aks]],
    shows: { read: get(aks, v.aks), as: { properties: { powerState: { code: 'Stopped' } } } },
  },
  {
    action: 'swap slots',
    steps: [['POST', `${site}/slots/staging/slotsswap`, v.web, { targetSlot: 'production', preserveVnet: true }]],
    shows: { read: get(site, v.web), as: { properties: { siteConfig: { linuxFxVersion: 'DOCKER|acr/shop:4.7.1' } } } },
  },
  {
    action: 'restart an app',
    steps: [['POST', `${site}/restart`, v.web]],
    shows: {
      read: get(site, v.web),
      as: { properties: { state: 'Running', lastModifiedTimeUtc: '2026-11-20T10:00:00.000Z' } },
    },
  },
  {
    action: 'restart a slot',
    steps: [['POST', `${site}/slots/staging/restart`, v.web]],
    shows: {
      read: get(`${site}/slots/staging`, v.web),
      as: { properties: { lastModifiedTimeUtc: '2026-11-20T10:00:00.000Z' } },
    },
  },
  {
    action: 'leave the SKU of a plan alone with PATCH',
    steps: [['PATCH', plan, v.web, { sku: { capacity: 9 } }]],
    shows: { read: get(plan, v.web), as: { sku: { capacity: 2 } } },
  },
  {
    action: 'scale a plan',
    steps: [['PUT', plan, v.web, { location: 'westeurope', sku: { name: 'P1v3', tier: 'PremiumV3', capacity: 3 } }]],
    shows: { read: get(plan, v.web), as: { sku: { capacity: 3 } } },
  },
  {
    action: 'stop an app',
    steps: [['POST', `${site}/stop`, v.web]],
    shows: { read: get(site, v.web), as: { properties: { state: 'Stopped' } } },
  },
  {
    action: 'start an app',
    steps: [
      ['POST', `${site}/stop`, v.web],
      ['POST', `${site}/start`, v.web],
    ],
    shows: { read: get(site, v.web), as: { properties: { state: 'Running' } } },
  },
  {
    action: 'replace the settings of an app',
    steps: [['PUT', `${site}/config/appsettings`, v.web, { properties: { 'AzureWebJobs.nightly.Disabled': 'true' } }]],
    shows: {
      read: ['POST', `${site}/config/appsettings/list`, v.web],
      as: { properties: { 'AzureWebJobs.nightly.Disabled': 'true' } },
    },
  },
  {
    action: 'scale a database',
    steps: [['PATCH', `${sql}/databases/orders`, v.sql, { sku: { name: 'GP_Gen5_4', tier: 'GeneralPurpose' } }]],
    shows: {
      read: get(`${sql}/databases/orders`, v.sql),
      as: { properties: { currentServiceObjectiveName: 'GP_Gen5_4' } },
    },
  },
  {
    action: 'fail a database over',
    steps: [['POST', `${sql}/databases/orders/failover?replicaType=Primary`, v.sql]],
    shows: {
      read: get(`${sql}/databases/orders`, v.sql),
      as: { properties: { lastFailoverTime: '2026-11-20T10:00:30.000Z' } },
    },
  },
  {
    action: 'fail a group over',
    steps: [
      ['PUT', `${sql}/failoverGroups/fg`, v.sql, failoverGroup],
      ['POST', `${sql}/failoverGroups/fg/failover`, v.sql],
    ],
    shows: { read: get(`${sql}/failoverGroups/fg`, v.sql), as: { properties: { replicationRole: 'Primary' } } },
  },
  {
    action: 'force a group over',
    steps: [
      ['PUT', `${sql}/failoverGroups/fg`, v.sql, failoverGroup],
      ['POST', `${sql}/failoverGroups/fg/forceFailoverAllowDataLoss`, v.sql],
    ],
    shows: { read: get(`${sql}/failoverGroups/fg`, v.sql), as: { properties: { replicationRole: 'Primary' } } },
  },
  {
    action: 'export a database',
    steps: [
      [
        'POST',
        `${sql}/databases/orders/export`,
        v.sql,
        {
          storageKeyType: 'StorageAccessKey',
          storageKey: 'k',
          storageUri: 'https://x/y.bacpac',
          administratorLogin: 'a',
        },
      ],
    ],
    shows: { read: ['RESULT', '', ''], as: { properties: { status: 'Completed', blobUri: 'https://x/y.bacpac' } } },
  },
  {
    action: 'restore a database',
    steps: [
      [
        'PUT',
        `${sql}/databases/orders-2`,
        v.sql,
        {
          location: 'westeurope',
          properties: { createMode: 'PointInTimeRestore', sourceDatabaseId: `${sql}/databases/orders` },
        },
      ],
    ],
    shows: {
      read: get(`${sql}/databases/orders-2`, v.sql),
      as: { properties: { provisioningState: 'Succeeded', status: 'Online' } },
    },
  },
  {
    action: 'switch encryption at rest',
    steps: [
      [
        'PUT',
        `${sql}/databases/orders/transparentDataEncryption/current`,
        v.sql,
        { properties: { state: 'Disabled' } },
      ],
    ],
    shows: {
      read: get(`${sql}/databases/orders/transparentDataEncryption/current`, v.sql),
      as: { properties: { state: 'Disabled' } },
    },
  },
  {
    action: 'ask for TLS',
    steps: [['PATCH', sql, v.sql, { properties: { minimalTlsVersion: '1.2' } }]],
    shows: { read: get(sql, v.sql), as: { properties: { minimalTlsVersion: '1.2' } } },
  },
  {
    action: 'open the SQL firewall',
    steps: [
      [
        'PUT',
        `${sql}/firewallRules/r`,
        v.sql,
        { properties: { startIpAddress: '10.0.0.1', endIpAddress: '10.0.0.2' } },
      ],
    ],
    shows: { read: get(`${sql}/firewallRules`, v.sql), as: { value: [{ name: 'r' }] } },
  },
  {
    action: 'restart PostgreSQL',
    steps: [['POST', `${pg}/restart`, v.pg, { restartWithFailover: false }]],
    shows: { read: get(pg, v.pg), as: { properties: { state: 'Ready' } } },
  },
  {
    action: 'scale PostgreSQL',
    steps: [['PATCH', pg, v.pg, { sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' } }]],
    shows: { read: get(pg, v.pg), as: { sku: { name: 'Standard_D4ds_v5' } } },
  },
  {
    action: 'open the PostgreSQL firewall',
    steps: [
      ['PUT', `${pg}/firewallRules/r`, v.pg, { properties: { startIpAddress: '10.0.0.1', endIpAddress: '10.0.0.2' } }],
    ],
    shows: { read: get(`${pg}/firewallRules/r`, v.pg), as: { properties: { endIpAddress: '10.0.0.2' } } },
  },
  {
    action: 'switch secure transport',
    steps: [
      [
        'PUT',
        `${pg}/configurations/require_secure_transport`,
        v.pg,
        { properties: { value: 'off', source: 'user-override' } },
      ],
    ],
    shows: { read: get(`${pg}/configurations/require_secure_transport`, v.pg), as: { properties: { value: 'off' } } },
  },
  {
    action: 'write a security rule',
    steps: [['PUT', `${network}/networkSecurityGroups/nsg-shop/securityRules/db`, v.network, { properties: rule }]],
    shows: {
      read: get(`${network}/networkSecurityGroups/nsg-shop`, v.network),
      as: { properties: { securityRules: [{ name: 'https' }, { name: 'db', properties: { priority: 200 } }] } },
    },
  },
  {
    action: 'delete a security rule',
    steps: [['DELETE', `${network}/networkSecurityGroups/nsg-shop/securityRules/HTTPS`, v.network]],
    shows: { read: get(`${network}/networkSecurityGroups/nsg-shop/securityRules`, v.network), as: { value: [] } },
  },
  {
    action: 'protect a network',
    steps: [
      [
        'PUT',
        `${network}/virtualNetworks/vnet-shop`,
        v.network,
        { location: 'westeurope', properties: { enableDdosProtection: true } },
      ],
    ],
    shows: {
      read: get(`${network}/virtualNetworks/vnet-shop`, v.network),
      as: { properties: { enableDdosProtection: true } },
    },
  },
  {
    action: 'make a public address',
    steps: [
      [
        'PUT',
        `${network}/publicIPAddresses/pip`,
        v.network,
        { location: 'westeurope', properties: { ddosSettings: { protectionMode: 'Enabled' } } },
      ],
    ],
    shows: {
      read: get(`${network}/publicIPAddresses/pip`, v.network),
      as: { properties: { provisioningState: 'Succeeded' } },
    },
  },
  {
    action: 'set the address of an interface',
    steps: [
      [
        'PUT',
        `${network}/networkInterfaces/nic`,
        v.network,
        { location: 'westeurope', properties: { ipConfigurations: [{ name: 'a' }] } },
      ],
    ],
    shows: {
      read: get(`${network}/networkInterfaces/nic`, v.network),
      as: { properties: { ipConfigurations: [{ name: 'a' }] } },
    },
  },
  {
    action: 'write a DNS record',
    steps: [
      [
        'PUT',
        `${network}/dnsZones/shop.example/A/www`,
        '2018-05-01',
        { properties: { TTL: 60, ARecords: [{ ipv4Address: '10.0.0.9' }] } },
      ],
    ],
    shows: { read: get(`${network}/dnsZones/shop.example/A/www`, '2018-05-01'), as: { properties: { TTL: 60 } } },
  },
  {
    action: 'make a private endpoint',
    steps: [['PUT', `${network}/privateEndpoints/pe`, v.network, { location: 'westeurope', properties: link }]],
    shows: {
      read: get(`${network}/privateEndpoints/pe`, v.network),
      as: { properties: { provisioningState: 'Succeeded' } },
    },
  },
  {
    action: 'rotate a storage key',
    steps: [['POST', `${storage}/regenerateKey`, '2025-08-01', { keyName: 'key2' }]],
    shows: {
      read: ['POST', `${storage}/listKeys`, '2025-08-01'],
      as: { keys: [{ keyName: 'key1' }, { keyName: 'key2', creationTime: '2026-11-20T10:00:00.000Z' }] },
    },
  },
  {
    action: 'make an identity',
    steps: [
      [
        'PUT',
        `${base}/Microsoft.ManagedIdentity/userAssignedIdentities/id-new`,
        '2024-11-30',
        { location: 'westeurope', tags: {} },
      ],
    ],
    shows: {
      read: get(`${base}/Microsoft.ManagedIdentity/userAssignedIdentities/id-new`, '2024-11-30'),
      as: { name: 'id-new' },
    },
  },
  {
    action: 'give an app an identity',
    steps: [['PATCH', site, v.web, { identity: { type: 'SystemAssigned' } }]],
    shows: { read: get(site, v.web), as: { identity: { type: 'SystemAssigned' } } },
  },
  {
    action: 'switch a Defender plan on',
    steps: [
      [
        'PUT',
        `/subscriptions/${production}/providers/Microsoft.Security/pricings/VirtualMachines`,
        '2023-01-01',
        { properties: { pricingTier: 'Standard', subPlan: 'P2' } },
      ],
    ],
    shows: {
      read: get(`/subscriptions/${production}/providers/Microsoft.Security/pricings/VirtualMachines`, '2023-01-01'),
      as: { properties: { pricingTier: 'Standard' } },
    },
  },
  {
    action: 'tag a resource',
    steps: [
      [
        'PATCH',
        `${storage}/providers/Microsoft.Resources/tags/default`,
        v.resources,
        { operation: 'Merge', properties: { tags: { team: 'payments' } } },
      ],
    ],
    shows: { read: get(storage, '2025-08-01'), as: { tags: { team: 'payments', service: 'shop' } } },
  },
  {
    action: 'move a resource',
    steps: [
      [
        'POST',
        `${group}/validateMoveResources`,
        v.resources,
        { resources: [storage], targetResourceGroup: `/subscriptions/${development}/resourceGroups/rg-dev` },
      ],
      [
        'POST',
        `${group}/moveResources`,
        v.resources,
        { resources: [storage], targetResourceGroup: `/subscriptions/${development}/resourceGroups/rg-dev` },
      ],
    ],
    shows: {
      read: get(
        `/subscriptions/${development}/resourceGroups/rg-dev/providers/Microsoft.Storage/storageAccounts/stshop`,
        '2025-08-01',
      ),
      as: { name: 'stshop' },
    },
  },
  {
    action: 'schedule a stop',
    steps: [
      [
        'PUT',
        `${base}/Microsoft.DevTestLab/schedules/shutdown-computevm-vm-batch`,
        '2018-09-15',
        { location: 'westeurope', properties: { status: 'Enabled', dailyRecurrence: { time: '1900' } } },
      ],
    ],
    shows: {
      read: get(`${base}/Microsoft.DevTestLab/schedules/shutdown-computevm-vm-batch`, '2018-09-15'),
      as: { properties: { dailyRecurrence: { time: '1900' } } },
    },
  },
  {
    action: 'make a group',
    steps: [
      [
        'PUT',
        `/subscriptions/${production}/resourcegroups/rg-svc`,
        v.resources,
        { location: 'westeurope', tags: { env: 'dev' } },
      ],
    ],
    shows: {
      read: get(`/subscriptions/${production}/resourceGroups/RG-SVC`, v.resources),
      as: { tags: { env: 'dev' } },
    },
  },
  {
    action: 'deploy a template',
    steps: [['PUT', `${deployments}/d`, v.resources, deployment]],
    shows: {
      read: get(`${base}/Microsoft.Storage/storageAccounts/stnew`, '2025-08-01'),
      as: { location: 'westeurope', kind: 'StorageV2' },
    },
  },
  {
    action: 'foretell a deployment',
    steps: [['POST', `${deployments}/d/whatIf`, v.resources, deployment]],
    shows: {
      read: ['RESULT', '', ''],
      as: { properties: { changes: [{ changeType: 'Create', resourceId: expect.stringMatching(/stnew$/) }] } },
    },
  },
]

const withVersion = (path: string, version: string) => `${path}${path.includes('?') ? '&' : '?'}api-version=${version}`

test.each(cases)('$action', async ({ steps, shows }) => {
  const { call, advance } = azureTenant()
  let location: string | undefined
  for (const [method, path, version, body] of steps) {
    const response = await call(method, withVersion(path, version), body)
    expect([response.status, response.body]).toEqual([
      expect.any(Number),
      response.status < 300 ? response.body : undefined,
    ])
    location = response.headers?.['location']?.replace('https://localhost:8443/arm', '')
    const status = response.headers?.['azure-asyncoperation']?.replace('https://localhost:8443/arm', '')
    advance(30)
    if (status) expect((await call('GET', status)).body).toMatchObject({ status: 'Succeeded' })
  }
  const [method, path, version] = shows.read
  const shown = method === 'RESULT' ? await call('GET', location ?? '') : await call(method, withVersion(path, version))
  expect(shown.body).toMatchObject(shows.as)
})

test('a rotated storage key is another key, and the other one stays', async () => {
  const { call } = azureTenant()
  const keys = async () =>
    (
      (await call('POST', withVersion(`${storage}/listKeys`, '2025-08-01'))).body as { keys: { value: string }[] }
    ).keys.map(({ value }) => value)
  const [first, second] = await keys()
  await call('POST', withVersion(`${storage}/regenerateKey`, '2025-08-01'), { keyName: 'key2' })
  const [sameFirst, other] = await keys()
  expect(sameFirst).toBe(first)
  expect(other).not.toBe(second)
})

test('a running machine keeps its boot time when it is started', async () => {
  const { call, advance } = azureTenant()
  const view = async () => (await call('GET', withVersion(`${vm}/instanceView`, v.compute))).body
  const before = await view()
  await call('POST', withVersion(`${vm}/start`, v.compute))
  advance(30)
  expect((await view()) as object).toMatchObject({ statuses: [{}, (before as { statuses: object[] }).statuses[1]] })
})
