import { numberOf, uuidOf } from '../frame/ids.js'
import { objectAt, objectsAt } from './json.js'
import type { Json } from './json.js'
import { powerCodeIn, powerOf, setPower, stoppedHealth } from './power.js'
import type { StoredResource } from './state.js'

/** A resource below another that the organisation does not list and Azure always has. */
function child(
  parent: StoredResource,
  type: string,
  name: string,
  properties: Json,
  hidden: Json = {},
): StoredResource {
  const segments = parent.resource.type.split('/').length
  const fullType = `${parent.resource.type}/${type}`
  return {
    resource: {
      id: `${parent.resource.id}/${fullType.split('/').slice(segments).join('/')}/${name}`,
      name,
      type: fullType,
      properties: { provisioningState: 'Succeeded', ...properties },
      etag: uuidOf(`${parent.resource.id}/${type}/${name}`),
    },
    hidden,
    health: parent.health,
    created: parent.created,
    changed: parent.changed,
  }
}

/** One instance of a scale set. */
export function scaleSetInstance(set: StoredResource, number: number, since: string): StoredResource {
  const instance = child(set, 'virtualMachines', String(number), {
    vmId: uuidOf(`${set.resource.id}/${number}`),
    latestModelApplied: true,
  })
  instance.hidden['power'] = { code: 'running', since }
  instance.created = since
  return instance
}

/** Sets properties where the resource has none. */
const fill = ({ resource }: StoredResource, defaults: Json): void => {
  resource.properties = { ...defaults, ...resource.properties }
}

type Defaults = (stored: StoredResource, now: Date) => StoredResource[]

const machine: Defaults = (stored, now) => {
  const { resource } = stored
  fill(stored, {
    vmId: uuidOf(`${resource.id}/vm`),
    timeCreated: stored.created,
    hardwareProfile: { vmSize: 'Standard_D2s_v5' },
  })
  const uptime = (1 + (numberOf(`${resource.id}/boot`) % 19)) * 86_400_000
  const since = new Date(now.getTime() - uptime)
  setPower(stored, powerCodeIn(resource.properties), since)
  // ARM shows power in the instance view alone; `extended` is Resource Graph's.
  delete resource.properties['extended']
  if (['stopped', 'deallocated'].includes(powerOf(stored).code))
    stored.health = { ...stoppedHealth, occurredTime: since.toISOString() }
  return []
}

const scaleSet: Defaults = (stored) => {
  const capacity = Number(stored.resource.sku?.['capacity'] ?? 2)
  stored.resource.sku = { name: 'Standard_D2s_v5', tier: 'Standard', ...stored.resource.sku, capacity }
  stored.hidden['nextInstance'] = capacity
  return Array.from({ length: capacity }, (_, number) => scaleSetInstance(stored, number, stored.created))
}

const site: Defaults = (stored) => {
  const { resource } = stored
  const host = `${resource.name.replace('/', '-')}.azurewebsites.net`.toLowerCase()
  fill(stored, {
    state: 'Running',
    enabled: true,
    hostNames: [host],
    defaultHostName: host,
    httpsOnly: true,
    lastModifiedTimeUtc: stored.created,
    siteConfig: {},
  })
  const settings = objectsAt(objectAt(resource.properties, 'siteConfig'), 'appSettings')
  stored.hidden['appsettings'] = Object.fromEntries(settings.map(({ name, value }) => [String(name), String(value)]))
  return []
}

const sqlDatabase: Defaults = (stored) => {
  fill(stored, { status: 'Online' })
  return [child(stored, 'transparentDataEncryption', 'current', { state: 'Enabled' })]
}

const postgres: Defaults = (stored) => {
  fill(stored, { state: 'Ready' })
  const configuration = (name: string, value: string, dataType: string) =>
    child(stored, 'configurations', name, { value, defaultValue: value, dataType, source: 'system-default' })
  return [
    configuration('require_secure_transport', 'on', 'Boolean'),
    configuration('max_connections', '859', 'Integer'),
    configuration('log_min_duration_statement', '-1', 'Integer'),
  ]
}

const cluster: Defaults = (stored) => {
  fill(stored, {
    powerState: { code: 'Running' },
    agentPoolProfiles: [{ name: 'system', count: 3, vmSize: 'Standard_D4s_v5', mode: 'System', osType: 'Linux' }],
  })
  stored.resource.properties['agentPoolProfiles'] = objectsAt(stored.resource.properties, 'agentPoolProfiles').map(
    (pool) => ({
      powerState: { code: 'Running' },
      provisioningState: 'Succeeded',
      nodeImageVersion: 'AKSUbuntu-2204gen2containerd-202610.06.0',
      ...pool,
    }),
  )
  return []
}

/** An API that is made without saying it otherwise. */
const publishedApi: Defaults = (stored) => {
  const revision = /;rev=(\d+)$/i.exec(stored.resource.name)?.[1]
  fill(stored, {
    apiRevision: revision ?? '1',
    isCurrent: revision === undefined,
    isOnline: true,
    protocols: ['https'],
    subscriptionRequired: true,
    subscriptionKeyParameterNames: { header: 'Ocp-Apim-Subscription-Key', query: 'subscription-key' },
  })
  return []
}

const defaults: Record<string, Defaults> = {
  'microsoft.apimanagement/service/apis': publishedApi,
  'microsoft.compute/virtualmachines': machine,
  'microsoft.compute/virtualmachinescalesets': scaleSet,
  'microsoft.web/sites': site,
  'microsoft.web/sites/slots': site,
  'microsoft.sql/servers/databases': sqlDatabase,
  'microsoft.dbforpostgresql/flexibleservers': postgres,
  'microsoft.containerservice/managedclusters': cluster,
}

/** Fills in what Azure always shows of such a resource, and gives the children it always has. */
export function seedDefaults(stored: StoredResource, now: Date): StoredResource[] {
  fill(stored, { provisioningState: 'Succeeded' })
  return defaults[stored.resource.type.toLowerCase()]?.(stored, now) ?? []
}
