import { claims } from '../frame/claims.js'
import type { Handler, Vendor, VendorRequest, VendorResponse } from '../frame/router.js'
import type { Services, TokenClaims } from '../frame/services.js'
import { memoryState } from '../frame/state.js'
import type { OpenState } from '../frame/state.js'
import { uuidOf } from '../frame/ids.js'
import { groupObjectId, personObjectId } from '../organisation/object-ids.js'
import type { Organisation, Resource } from '../organisation/model.js'
import { resourceGraph } from '../resource-graph/resource-graph.js'
import type { QueryQuota } from '../resource-graph/quota.js'
import { queryOf } from '../request.js'
import { person, service, smallOrganisation, team } from './small-organisation.js'
import { audience } from '../azure/authentication.js'
import { azure } from '../azure/azure.js'

export const production = '11111111-2222-4333-8444-555555555555'
export const development = '66666666-7777-4888-9999-aaaaaaaaaaaa'
const domain = 'tailspin.example'

const resource = (
  name: string,
  type: string,
  rest: Partial<Resource> & { under?: string; group?: string } = {},
): Resource => {
  const { under, group = 'rg-shop', ...given } = rest
  const subscriptionId = given.subscriptionId ?? production
  const [namespace = '', ...types] = type.split('/')
  const root = `/subscriptions/${subscriptionId}/resourceGroups/${group}`
  const id = under
    ? `${root}/providers/${under}/${types.at(-1)}/${name}`
    : `${root}/providers/${namespace}/${types[0]}/${name}`
  return {
    id,
    name,
    type,
    location: 'westeurope',
    resourceGroup: group,
    subscriptionId,
    environment: subscriptionId === production ? 'production' : 'development',
    service: 'shop',
    tags: { team: 'shop', service: 'shop' },
    properties: {},
    health: 'Available',
    ...given,
  }
}

const nsgRule = { protocol: 'Tcp', access: 'Allow', priority: 100, direction: 'Inbound', destinationPortRange: '443' }

/** A small shop on Azure: one resource of each kind that actions work on. */
export const resources: Resource[] = [
  resource('vm-batch', 'Microsoft.Compute/virtualMachines', {
    properties: { hardwareProfile: { vmSize: 'Standard_D4s_v5' } },
  }),
  resource('vm-dev', 'Microsoft.Compute/virtualMachines', {
    subscriptionId: development,
    group: 'rg-dev',
    tags: { team: 'shop' },
    properties: { hardwareProfile: { vmSize: 'Standard_D8s_v5' } },
  }),
  resource('vmss-web', 'Microsoft.Compute/virtualMachineScaleSets', { sku: { name: 'Standard_D2s_v5', capacity: 2 } }),
  resource('plan-shop', 'Microsoft.Web/serverFarms', { sku: { name: 'P1v3', tier: 'PremiumV3', capacity: 2 } }),
  resource('shop-web', 'Microsoft.Web/sites', {
    kind: 'app,linux',
    properties: {
      siteConfig: {
        linuxFxVersion: 'DOCKER|acr/shop:4.7.0',
        appSettings: [
          { name: 'MODE', value: 'live' },
          { name: 'SLOT', value: 'prod' },
        ],
      },
    },
  }),
  resource('shop-web/staging', 'Microsoft.Web/sites/slots', {
    id: `/subscriptions/${production}/resourceGroups/rg-shop/providers/Microsoft.Web/sites/shop-web/slots/staging`,
    properties: {
      siteConfig: {
        linuxFxVersion: 'DOCKER|acr/shop:4.7.1',
        appSettings: [
          { name: 'MODE', value: 'new' },
          { name: 'SLOT', value: 'stg' },
        ],
      },
    },
  }),
  resource('aks-shop', 'Microsoft.ContainerService/managedClusters'),
  resource('pg-shop', 'Microsoft.DBforPostgreSQL/flexibleServers', {
    backup: { vault: 'bv-shop-prd', last: '2026-11-20T01:00:00.000Z', failing: false },
    sku: { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose' },
  }),
  resource('sql-shop', 'Microsoft.Sql/servers'),
  resource('orders', 'Microsoft.Sql/servers/databases', {
    under: 'Microsoft.Sql/servers/sql-shop',
    sku: { name: 'GP_Gen5_2', tier: 'GeneralPurpose' },
  }),
  resource('stshop', 'Microsoft.Storage/storageAccounts', { kind: 'StorageV2', sku: { name: 'Standard_LRS' } }),
  resource('redis-shop', 'Microsoft.Cache/redis', {
    health: 'Degraded',
    properties: { sku: { name: 'Standard', family: 'C', capacity: 1 } },
  }),
  resource('nsg-shop', 'Microsoft.Network/networkSecurityGroups', {
    properties: { securityRules: [{ name: 'https', properties: nsgRule }] },
  }),
  resource('vnet-shop', 'Microsoft.Network/virtualNetworks'),
  resource('shop.example', 'Microsoft.Network/dnsZones', { location: 'global' }),
]

/** The shop's organisation: one administrator, one team, one service, one incident. */
export const organisation = smallOrganisation({
  name: 'Tailspin Toys',
  domain,
  tenant: uuidOf(`${domain}/tenant`),
  subscriptions: [
    { id: production, key: 'prd', name: 'Tailspin production', environment: 'production' },
    { id: development, key: 'dev', name: 'Tailspin development', environment: 'development' },
  ],
  groups: [{ id: 'admins', name: 'Administrators', members: ['ada'] }],
  people: [person('ada', 'Ada Brandt', { team: 'shop', roles: ['admin'] })],
  teams: [team('shop', 'Shop', 'ada')],
  services: [service('shop', { name: 'Shop', team: 'shop', tier: 'critical', kind: 'web' })],
  resources,
  incidents: [
    { number: 7, service: 'shop', title: 'Shop is slow', severity: 'sev1', opened: '2026-11-20T09:40:00Z', notes: [] },
  ],
})

export const shopTeam = groupObjectId(organisation, 'shop')
export const ada = 'Bearer ada'

export interface AzureTenant {
  services: Services
  vendors: Vendor[]
  /** Moves business time on; what fell due is done. */
  advance(seconds: number): void
  /** A request as Ada; the path is below `/arm` and has its query. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<VendorResponse>
  /** Runs a query and gives its rows. */
  rows(query: string, options?: object): Promise<Record<string, unknown>[]>
}

/** Azure for tests: no sockets, a clock that only `advance` moves, one person's token. */
export function azureTenant(
  options: {
    org?: Organisation
    open?: OpenState
    quota?: QueryQuota
    now?: string
    faults?: NonNullable<Services['faults']>
    generatedResources?: number
  } = {},
): AzureTenant {
  const org = structuredClone(options.org ?? organisation)
  let now = Date.parse(options.now ?? '2026-11-20T10:00:00Z')
  const waiting: { at: number; work: () => void }[] = []
  const adaClaims: TokenClaims = {
    tid: org.tenant,
    oid: personObjectId(org, 'ada'),
    appid: uuidOf('app'),
    idtyp: 'user',
  }
  const services: Services = {
    org,
    clock: { now: () => new Date(now), set: (at) => void (now = at.getTime()) },
    open: options.open ?? ((_, seed) => memoryState(seed())),
    base: 'https://localhost:8443',
    verifyToken: async (authorization, wanted) =>
      authorization === ada && wanted === audience ? adaClaims : undefined,
    after: (ms, work) => void waiting.push({ at: now + ms, work }),
    ...(options.faults ? { faults: options.faults } : {}),
    ...(options.generatedResources ? { generatedResources: options.generatedResources } : {}),
  }
  const vendors = [resourceGraph(services, options.quota), azure(services)]
  const handle = dispatch(vendors)
  const call: AzureTenant['call'] = async (method, path, body, headers = {}) =>
    handle(armRequest(method, `https://localhost:8443/arm${path}`, body, { authorization: ada, ...headers }))
  return {
    services,
    vendors,
    call,
    advance: (seconds) => {
      now += seconds * 1000
      for (const item of waiting.splice(0)) {
        if (item.at <= now) item.work()
        else waiting.push(item)
      }
    },
    rows: async (query, more = {}) => {
      const { status, body } = await call(
        'POST',
        '/providers/Microsoft.ResourceGraph/resources?api-version=2024-04-01',
        { query, ...more },
      )
      if (status !== 200) throw new Error(JSON.stringify(body))
      return (body as { data: Record<string, unknown>[] }).data
    },
  }
}

/** What the tenant's server makes of a request; the path is still whole. */
export function armRequest(method: string, url: string, body: unknown, headers: Record<string, string>): VendorRequest {
  const parsed = new URL(url)
  const raw = body === undefined ? Buffer.alloc(0) : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const path = decodeURIComponent(parsed.pathname)
  return {
    method,
    path,
    url: parsed,
    query: queryOf(parsed),
    headers,
    body: raw.length ? parsedBody(raw) : undefined,
    raw,
    params: {},
  }
}

function parsedBody(raw: Buffer): unknown {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return undefined
  }
}

/** The vendor with the longest prefix answers, as on the tenant's port. */
export function dispatch(vendors: Vendor[]): Handler {
  const claimed = claims(vendors)
  return (request) => {
    const claim = claimed(request.path)
    if (!claim) return { status: 404 }
    return claim.vendor.handle({ ...request, path: request.path.slice(claim.prefix.length).replace(/\/$/, '') || '/' })
  }
}
