import type { Gap } from '../../../../skills/kit/catalog-source.js'
import { unavailable } from '../../../../skills/kit/errors.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'
import type { Graph } from '../resource-graph/graph.js'
import { QueryRefused } from '../resource-graph/graph-refusal.js'
import { ArmRefused, type ArmReader } from './arm-reader.js'
import { readBackend, readHosts, type Backend, type Hosts } from './backends.js'
import { readGatewayService, servicesQuery, type GatewayService } from './gateway-service.js'
import { readPublishedApi, type PublishedApi } from './published-api.js'
import { readTagged } from './tags-of-apis.js'

/** Api-version of what stands inside an API Management service. */
export const insideVersion = '2024-05-01'

/** What is published where, as far as a few lists of each service say it; what an API's operations are is asked for one by one. */
export interface Inventory {
  services: GatewayService[]
  /** Publications of each API of the catalog, by its id. */
  apis: Map<string, PublishedApi[]>
  /** Titles of the products that an API is in, its tags, and the backends of its service, by ARM id in lower case. */
  products: Map<string, string[]>
  tags: Map<string, string[]>
  backends: Map<string, Backend[]>
  hosts: Hosts
  /** Azure's own time. */
  at: Instant
  gaps: Gap[]
}

/** Where an inventory is read. */
export interface Readers {
  graph: Graph
  arm: ArmReader
}

/** The services that Nexus may see, at a moment of Azure's own time. */
export type Seen = Pick<Inventory, 'services' | 'at'>

/**
 * Reads what services publish.
 * @param known ids of services that something was read of before: one that is not seen any more may only be closed
 * @throws Fault Unavailable where Azure does not answer
 */
export async function readInventory(
  { graph, arm }: Readers,
  { services, at }: Seen,
  known: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Inventory> {
  const inventory: Inventory = {
    ...{ services, at, gaps: [], apis: new Map(), products: new Map(), tags: new Map(), backends: new Map() },
    hosts: services.length ? await readHosts(graph, signal) : { named: new Map(), byId: new Map() },
  }
  for (const service of services) await readService(service, arm, inventory, signal)
  for (const id of known) if (!services.some((one) => one.id === id)) await readStanding(id, arm, inventory, signal)
  for (const group of inventory.apis.values()) group.sort(byImportance)
  return inventory
}

/**
 * The API Management services that Nexus may see.
 * @throws Fault Unavailable where Azure shows nothing at all, because then everything would seem to be gone
 */
export async function readServices(graph: Graph, signal: AbortSignal): Promise<Seen> {
  const services: GatewayService[] = []
  let at: Instant | undefined
  try {
    const [clock] = await graph.rows({ text: clockQuery }, signal)
    at = clock?.instant('asked')
    for await (const { raw } of graph.pages({ text: servicesQuery }, signal))
      services.push(...raw.flatMap((row) => readGatewayService(row) ?? []))
  } catch (error) {
    if (!(error instanceof QueryRefused && error.nothingInScope)) throw error
  }
  if (at === undefined)
    throw unavailable(
      "Azure shows Nexus's identity no subscription.",
      'Give it the role Reader on the subscriptions, or on a management group over them.',
    )
  return { services, at }
}

const clockQuery =
  "ResourceContainers | where type =~ 'microsoft.resources/subscriptions' | project id, asked=now() | order by id asc | take 1"

async function readService(
  service: GatewayService,
  arm: ArmReader,
  inventory: Inventory,
  signal: AbortSignal,
): Promise<void> {
  const list = (path: string) => arm.pages(`${service.id}/${path}`, { 'api-version': insideVersion }, signal)
  const all = async <T>(path: string, read: (row: unknown) => T | undefined): Promise<T[]> => {
    const found: T[] = []
    for await (const rows of list(path)) for (const row of rows) found.push(...readOne(row, read))
    return found
  }
  try {
    const bySegment = new Set(await all('apiVersionSets', readSegmented))
    const apis = await all('apis', (row) => readPublishedApi(row, service, (set) => bySegment.has(set)))
    const products = await all('products', readProduct)
    const linked: [string, string][] = []
    for (const { name, title } of products)
      for (const api of await all(`products/${encodeURIComponent(name)}/apis`, readName))
        linked.push([`${service.id}/apis/${api}`, title])
    const tagged = await all('apisByTags', readTagged)
    const backends = await all('backends', readBackend)
    // Only now, when all of it is there: half of a service would seem to be all of it.
    for (const api of apis) append(inventory.apis, api.ref.id, api)
    for (const [api, title] of linked) append(inventory.products, api, title)
    for (const { api, tag } of tagged) append(inventory.tags, `${service.id}/apis/${api}`, tag)
    inventory.backends.set(service.id, backends)
  } catch (error) {
    if (!(error instanceof ArmRefused)) throw error
    if (error.status !== 404) inventory.gaps.push(closedGap(service.name, error))
  }
}

/** Whether a service that was known is gone, or is only not seen. */
async function readStanding(id: string, arm: ArmReader, inventory: Inventory, signal: AbortSignal): Promise<void> {
  try {
    await arm.one(id, { 'api-version': insideVersion }, signal)
    // It is there, and Resource Graph, which follows some minutes late, does not say so.
    inventory.gaps.push({ reason: `${nameOf(id)} is not in Azure's index just now: what it publishes stays.`, keeps })
  } catch (error) {
    if (!(error instanceof ArmRefused)) throw error
    if (error.status !== 404) inventory.gaps.push(closedGap(nameOf(id), error))
  }
}

/** APIs have no prefix by which those of one service could be told: all that are not seen stay. */
const keeps = { kinds: ['Api'], prefix: '' }

const closedGap = (name: string, { status }: ArmRefused): Gap => ({
  reason:
    status === 403
      ? `API Management ${name} is closed to Nexus: what is known of its APIs stays as it was read last. Give Nexus's identity the role API Management Service Reader on it.`
      : `API Management ${name} could not be read: Azure answered ${status}. What is known of its APIs stays as it was read last.`,
  keeps,
})

const nameOf = (id: string): string => id.split('/').at(-1)!

/** What is read of a row, where it is anything. */
function readOne<T>(row: unknown, read: (row: unknown) => T | undefined): T[] {
  const found = read(row)
  return found === undefined ? [] : [found]
}

/** The ARM id of a version set whose versions are parts of the address. */
function readSegmented(raw: unknown): string | undefined {
  const row = fieldsOf(raw)
  const scheme = row.object('properties').text('versioningScheme')?.toLowerCase()
  return scheme === 'segment' ? row.text('id', 2_049)?.toLowerCase() : undefined
}

/** A product that is published; what is only prepared nobody can subscribe to. */
function readProduct(raw: unknown): { name: string; title: string } | undefined {
  const row = fieldsOf(raw)
  const [name, properties] = [row.text('name'), row.object('properties')]
  if (!name || properties.text('state')?.toLowerCase() === 'notpublished') return undefined
  return { name, title: properties.text('displayName') ?? name }
}

const readName = (raw: unknown): string | undefined => fieldsOf(raw).text('name')?.toLowerCase()

const append = <T>(map: Map<string, T[]>, key: string, value: T): void => {
  const there = map.get(key)
  if (there) there.push(value)
  else map.set(key, [value])
}

/** Production first, then the newest version, then by gateway: what comes first is what a card shows of an API. */
function byImportance(a: PublishedApi, b: PublishedApi): number {
  const rank = ({ service: { environment } }: PublishedApi) => (environment === 'production' ? 0 : 1)
  const version = (b.version ?? '').localeCompare(a.version ?? '', 'en', { numeric: true })
  return rank(a) - rank(b) || version || (a.arm < b.arm ? -1 : 1)
}
