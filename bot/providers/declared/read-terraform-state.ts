import type { Json } from '../../../skills/kit/model.js'
import { plainValue, tagsOf, type DeclaredResource, type ReadResources } from './declared-resource.js'
import { parseJson } from './templates/parse-json.js'

/**
 * Names of the AzureRM provider for what is compared, by property of the kind `Resource` (registry.terraform.io, "Azure Provider"); the
 * first that is set counts.
 */
const attributes: Readonly<Record<string, readonly string[]>> = {
  region: ['location'],
  sku: ['sku_name', 'vm_size', 'size', 'sku'],
  capacity: ['worker_count', 'instances', 'capacity'],
  variant: ['account_kind'],
  minimumTls: ['minimum_tls_version', 'min_tls_version', 'tls_minimum_version'],
  public: ['public_network_access_enabled'],
  version: ['version'],
}

/** Types whose capacity is part of their size, and means something else than a count of instances. */
const sizeNotCount = new Set(['azurerm_redis_cache'])

/**
 * What a Terraform state, format 4, says that stands in Azure: the managed resources of the AzureRM and AzAPI providers. Of its attributes
 * only those that are compared are taken: a state holds secrets in plain text. Throws nothing.
 */
export function readTerraformState(text: string): ReadResources {
  const parsed = parseJson(text)
  if ('mistake' in parsed) return { resources: [], mistakes: [parsed.mistake] }
  const { version, resources } = objectOf(parsed.value)
  if (version !== 4)
    return {
      resources: [],
      mistakes: [{ message: `its format is ${JSON.stringify(version) ?? 'not said'}, and 4 is read` }],
    }
  const read: ReadResources = { resources: [], mistakes: [] }
  for (const one of listOf(resources)) {
    const { mode, type, name, instances } = objectOf(one)
    if (mode !== 'managed' || typeof type !== 'string' || !/^(azurerm|azapi)_/.test(type)) continue
    for (const instance of listOf(instances)) {
      const resource = resourceOf(type, objectOf(objectOf(instance)['attributes']))
      if (resource) read.resources.push(resource)
      else if (resource === undefined)
        read.mistakes.push({ message: `${type}.${String(name)} has no ARM id in its attributes` })
    }
  }
  return read
}

/** A resource of the state; null where it is nothing that Resource Graph lists as one, such as a role assignment. */
function resourceOf(type: string, values: Record<string, unknown>): DeclaredResource | null | undefined {
  const { id } = values
  if (typeof id !== 'string' || !id.startsWith('/')) return undefined
  const named = typeAndName(id)
  if (!named) return null
  return {
    ...named,
    id: id.toLowerCase(),
    props: type === 'azapi_resource' ? ofAzApi(values) : ofAzureRm(type, values),
  }
}

function ofAzureRm(type: string, values: Record<string, unknown>): Record<string, Json> {
  const props: Record<string, Json> = {}
  for (const [property, names] of Object.entries(attributes)) {
    if (property === 'capacity' && sizeNotCount.has(type)) continue
    const value = names.map((name) => values[name]).find((one) => one !== undefined && one !== null && one !== '')
    const plain = plainValue(property, value)
    if (plain !== undefined) props[property] = plain
  }
  const sku = skuOf(type, values)
  if (sku !== undefined) props['sku'] = sku
  return { ...props, ...tagged(values) }
}

/** Where the provider says a size in several attributes that ARM says in one. */
function skuOf(type: string, values: Record<string, unknown>): string | undefined {
  const { account_tier: tier, account_replication_type: copies, sku_name: name } = values
  if (type === 'azurerm_storage_account' && typeof tier === 'string' && typeof copies === 'string')
    return `${tier}_${copies}`
  // `GP_Standard_D4ds_v5` is its tier and its size; ARM's name is the size alone.
  if (type === 'azurerm_postgresql_flexible_server' || type === 'azurerm_mysql_flexible_server')
    return typeof name === 'string' ? name.replace(/^(B|GP|MO)_/, '') : undefined
  return undefined
}

function ofAzApi(values: Record<string, unknown>): Record<string, Json> {
  const region = plainValue('region', values['location'])
  return { ...(region !== undefined && { region }), ...tagged(values) }
}

function tagged(values: Record<string, unknown>): Record<string, Json> {
  const tags = tagsOf(values['tags'])
  return Object.keys(tags).length ? { tags } : {}
}

/** The type and name of an ARM id; undefined where it is no resource of a provider, or none that stands by itself. */
export function typeAndName(
  id: string,
): { type: string; name: string; resourceGroup: string; subscription: string } | undefined {
  const match = /^\/subscriptions\/([^/]+)\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/([^/].*)$/i.exec(id)
  if (!match || /\/providers\//i.test(match[4]!)) return undefined
  const [, subscription, resourceGroup, namespace, rest] = match
  const parts = rest!.split('/')
  if (parts.length % 2) return undefined
  const even = (wanted: number) => parts.filter((_, at) => at % 2 === wanted).join('/')
  return {
    type: `${namespace}/${even(0)}`.toLowerCase(),
    name: even(1),
    resourceGroup: resourceGroup!.toLowerCase(),
    subscription: subscription!.toLowerCase(),
  }
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
