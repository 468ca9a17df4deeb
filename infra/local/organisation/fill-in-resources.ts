import type { z } from 'zod/v4'
import type { Resource } from './model.js'
import type { ResourceEntry } from './schema/services.js'
import { resolveMoment } from './moments.js'
import type { Path } from './source-file.js'

type Entry = z.output<typeof ResourceEntry>
type Json = Record<string, unknown>

/** Short forms in names, as in Microsoft's naming guidance; what is not here keeps its whole name. */
const shortEnvironment: Record<string, string> = {
  development: 'dev',
  testing: 'tst',
  staging: 'stg',
  production: 'prd',
  sandbox: 'sbx',
}
const shortRegion: Record<string, string> = {
  westeurope: 'weu',
  northeurope: 'neu',
  germanywestcentral: 'gwc',
  francecentral: 'frc',
  swedencentral: 'swc',
  switzerlandnorth: 'szn',
  uksouth: 'uks',
  ukwest: 'ukw',
  eastus: 'eus',
  eastus2: 'eus2',
  centralus: 'cus',
  westus: 'wus',
  westus2: 'wus2',
  westus3: 'wus3',
  southeastasia: 'sea',
  eastasia: 'ea',
  australiaeast: 'aue',
  japaneast: 'jpe',
  global: 'glb',
}

/** A mistake in an entry, with the path below the file's root. */
export interface EntryProblem {
  path: Path
  message: string
}

/** Subscription UUID of an environment; undefined where none is declared for it. */
export type SubscriptionOf = (environment: string) => string | undefined

/**
 * Makes one resource for each environment and region that each entry names. In `name` and `resourceGroup`, and in the strings
 * of `sku`, `identity`, `tags` and `properties`, placeholders are filled in: `{env}`, `{region}` (short), `{environment}`,
 * `{location}` (whole), and in the latter four `{name}`, `{resourceGroup}`, `{subscription}` (UUID) and moments such as
 * `{-9d 01:10}` as well.
 * @param anchor what relative moments count from.
 */
export function fillInResources(
  entries: Entry[],
  subscriptionOf: SubscriptionOf,
  anchor: Date,
): { resources: Resource[]; problems: EntryProblem[] } {
  const resources = new Map<string, Resource>()
  const problems: EntryProblem[] = []
  entries.forEach((entry, index) => {
    const mistakes = entryProblems(entry)
    problems.push(...mistakes.map(({ path, message }) => ({ path: [index, ...path], message })))
    if (mistakes.length > 0) return
    for (const [environment, regions] of Object.entries(entry.in)) {
      const subscription = subscriptionOf(environment)
      if (!subscription) continue // reported as a bad reference
      for (const region of regions) {
        const resource = fillIn(entry, environment, region, subscription, anchor)
        const key = resource.id.toLowerCase()
        if (resources.has(key)) {
          const message = `the resource ${resource.name} (${environment}, ${region}) exists already: put {env} and {region} in the name, or give it another`
          problems.push({ path: [index, 'name'], message })
        }
        resources.set(key, resource)
      }
    }
  })
  return { resources: [...resources.values()], problems }
}

function entryProblems(entry: Entry): EntryProblem[] {
  const problems: EntryProblem[] = []
  const types = entry.type.split('/')
  if (types.length < 2 || types.some((part) => part === '') || !types[0]!.includes('.'))
    problems.push({ path: ['type'], message: `"${entry.type}" is no ARM type: give one such as Microsoft.Web/sites` })
  else if (entry.name.split('/').length !== types.length - 1)
    problems.push({
      path: ['name'],
      message: `"${entry.name}" has ${entry.name.split('/').length} parts, and a ${entry.type} has ${types.length - 1}: give the parents' names and its own, such as server/database`,
    })
  for (const field of ['name', 'resourceGroup'] as const) {
    const [unknown] = entry[field]?.match(/\{(?!(?:env|environment|region|location)\})[^}]*\}?/) ?? []
    if (unknown) problems.push({ path: [field], message: `"${unknown}" cannot be filled in: use {env} and {region}` })
  }
  const places = Object.entries(entry.in).flatMap(([env, regions]) => [
    env,
    ...regions.map((region) => `${env}/${region}`),
  ])
  for (const key of Object.keys(entry.except))
    if (!places.includes(key))
      problems.push({
        path: ['except', key],
        message: `"${key}" is no place of this resource: use one of ${places.join(', ')}`,
      })
  entry.changes.forEach(({ in: place }, index) => {
    if (place !== undefined && !places.includes(place))
      problems.push({
        path: ['changes', index, 'in'],
        message: `"${place}" is no place of this resource: use one of ${places.join(', ')}`,
      })
  })
  return problems
}

/** How it is backed up, with what an environment or region says otherwise; undefined where nothing backs it up. */
function backupOf(
  entry: Entry,
  exceptions: (Entry['except'][string] | undefined)[],
  values: Values,
): Resource['backup'] {
  if (!entry.backup) return undefined
  const { vault, last, failing } = Object.assign({}, entry.backup, ...exceptions.map((one) => one?.backup))
  return { vault: replace(vault, values), last, failing }
}

function changesOf(entry: Entry, ...places: string[]): NonNullable<Resource['changes']> {
  const own = entry.changes.filter((change) => change.in === undefined || places.includes(change.in))
  return own.map(({ at, by, path, from, to }) => ({ at, by, path, from, to }))
}

function fillIn(entry: Entry, environment: string, region: string, subscriptionId: string, anchor: Date): Resource {
  const words: Record<string, string> = {
    env: shortEnvironment[environment] ?? environment,
    region: shortRegion[region] ?? region,
    environment,
    location: region,
  }
  const inNames: Values = (word) => words[word]
  const name = replace(entry.name, inNames)
  const resourceGroup = replace(entry.resourceGroup ?? `rg-${entry.service ?? 'shared'}-{env}`, inNames)
  const moreWords: Record<string, string> = { ...words, name, resourceGroup, subscription: subscriptionId }
  const inValues: Values = (word) => moreWords[word] ?? resolveMoment(word, anchor)
  const exceptions = [entry.except[environment], entry.except[`${environment}/${region}`]].filter(
    (each) => each !== undefined,
  )
  const overlaid = <T extends Json>(field: 'sku' | 'properties' | 'tags', base: T | undefined): T | undefined => {
    const layers = exceptions.map((exception) => exception[field]).filter((layer) => layer !== undefined)
    return base || layers.length > 0 ? (replaceIn(layers.reduce<Json>(overlay, base ?? {}), inValues) as T) : undefined
  }
  const sku = overlaid('sku', entry.sku)
  const backup = backupOf(entry, exceptions, inNames)
  const changes = changesOf(entry, environment, `${environment}/${region}`)
  return {
    id: armId(subscriptionId, resourceGroup, entry.type, name),
    name: name.split('/').at(-1)!,
    type: entry.type,
    ...(entry.kind !== undefined && { kind: entry.kind }),
    location: region,
    resourceGroup,
    subscriptionId,
    environment,
    ...(entry.service !== undefined && { service: entry.service }),
    ...(sku && { sku }),
    ...(entry.identity && { identity: replaceIn(entry.identity, inValues) as Json }),
    ...(entry.zones && { zones: [...entry.zones] }),
    tags: overlaid('tags', entry.tags) as Record<string, string>,
    properties: overlaid('properties', entry.properties)!,
    health: exceptions.map(({ health }) => health).findLast((health) => health !== undefined) ?? 'Available',
    ...(backup && { backup }),
    ...(changes.length > 0 && { changes }),
  }
}

/** `Microsoft.Sql/servers/databases` named `a/b` → `…/providers/Microsoft.Sql/servers/a/databases/b`. */
function armId(subscription: string, group: string, type: string, name: string): string {
  const [provider, ...types] = type.split('/')
  const names = name.split('/')
  const tail = types.map((part, at) => `${part}/${names[at]}`).join('/')
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${provider}/${tail}`
}

/** What stands for a word in braces; undefined leaves it as it is. */
type Values = (word: string) => string | undefined

const replace = (text: string, values: Values): string =>
  text.replace(/\{([^{}]+)\}/g, (whole, word: string) => values(word) ?? whole)

function replaceIn(value: unknown, values: Values): unknown {
  if (typeof value === 'string') return replace(value, values)
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, values))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaceIn(inner, values)]))
}

/** Objects are merged property by property, anything else is replaced, and null takes a property away. */
function overlay(base: Json, layer: Json): Json {
  const merged = { ...base }
  for (const [key, value] of Object.entries(layer)) {
    if (value === null) delete merged[key]
    else merged[key] = isObject(value) && isObject(merged[key]) ? overlay(merged[key], value) : value
  }
  return merged
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
