import type { Json } from '../../../skills/kit/model.js'
import { isMap, memberOf, Unknown, valueAt, type Value } from './templates/value.js'

/** A resource of Azure as a file declares it. */
export interface DeclaredResource {
  /** In lower case: `microsoft.storage/storageaccounts`. */
  type: string
  /** With the names of what it is in: `sql-shop/orders`. */
  name: string
  /** ARM id in lower case, where the file says it. */
  id?: string
  /** Where the file says in which it stands; both in lower case. */
  resourceGroup?: string
  subscription?: string
  /** Set where it is declared under a condition that only Azure can decide: its absence says nothing. */
  maybe?: true
  /** What of it is compared, by property of the catalog's kind `Resource`; tags as `tags`. */
  props: Record<string, Json>
}

/** What a file of declarations was found to say. */
export interface ReadResources {
  resources: DeclaredResource[]
  mistakes: { line?: number; column?: number; message: string }[]
}

/**
 * Where a template says what is compared, by property of the kind `Resource`: the first of the ways that leads anywhere. `properties` of ARM
 * have no case. Only what Azure answers as it was declared is compared; what it makes up by itself would always differ.
 */
const ways: Readonly<Record<string, readonly string[][]>> = {
  region: [['location']],
  sku: [
    ['sku', 'name'],
    ['properties', 'sku', 'name'],
    ['properties', 'hardwareProfile', 'vmSize'],
  ],
  capacity: [
    ['sku', 'capacity'],
    ['properties', 'sku', 'capacity'],
  ],
  variant: [['kind']],
  minimumTls: [
    ['properties', 'minimumTlsVersion'],
    ['properties', 'minTlsVersion'],
    ['properties', 'minimalTlsVersion'],
    ['properties', 'siteConfig', 'minTlsVersion'],
  ],
  public: [['properties', 'publicNetworkAccess']],
  version: [['properties', 'version']],
}

/** What of a resource's body is compared, as far as it is constant. @param body as ARM takes it: `location`, `sku`, `properties`, `tags` */
export function comparedOf(body: Value): Record<string, Json> {
  const props: Record<string, Json> = {}
  for (const [property, places] of Object.entries(ways)) {
    const value = places.map((way) => valueAt(body, ...way)).find((one) => one !== undefined && one !== null)
    const plain = value instanceof Unknown ? undefined : plainValue(property, value)
    if (plain !== undefined) props[property] = plain
  }
  const zones = memberOf(body, 'zones')
  if (Array.isArray(zones) && zones.length && zones.every((zone) => typeof zone === 'string')) props['zones'] = zones
  const tags = tagsOf(memberOf(body, 'tags'))
  if (Object.keys(tags).length) props['tags'] = tags
  return props
}

/** A value in the form in which the catalog has it. */
export function plainValue(property: string, value: unknown): Json | undefined {
  if (property === 'capacity') return typeof value === 'number' ? value : undefined
  if (property === 'public') return typeof value === 'boolean' ? value : openness(value)
  if (typeof value !== 'string' || value === '') return undefined
  if (property === 'region') return value.toLowerCase().replace(/\s+/g, '')
  return property === 'minimumTls' ? value.replace(/^TLS/i, '').replace('_', '.') : value
}

/** `publicNetworkAccess`: only its two usual values say whether it is open; `SecuredByPerimeter` is neither. */
const openness = (value: unknown): boolean | undefined =>
  value === 'Enabled' ? true : value === 'Disabled' ? false : undefined

/** The tags that are constant. */
export function tagsOf(value: unknown): Record<string, string> {
  if (!isMap(value)) return {}
  const known = Object.entries(value).flatMap(([name, one]): [string, string][] =>
    typeof one === 'string' || typeof one === 'number' || typeof one === 'boolean' ? [[name, String(one)]] : [],
  )
  return Object.fromEntries(known)
}

/** Where a text is cut to say in which line something stands. Both from 1. */
export function placeIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, offset))
  const line = before.split('\n').length
  return { line, column: before.length - before.lastIndexOf('\n') }
}
