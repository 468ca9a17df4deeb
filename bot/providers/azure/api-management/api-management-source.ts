import type { CatalogSource, SweepPage } from '../../../../skills/kit/catalog-source.js'
import { Fault, unavailable } from '../../../../skills/kit/errors.js'
import type { Claim, Entity, Json, Kind, Ref } from '../../../../skills/kit/model.js'
import { fieldsOf } from '../../../fields.js'
import type { AzureOptions } from '../azure-options.js'
import { openGraph } from '../resource-graph/graph.js'
import { QueryRefused } from '../resource-graph/graph-refusal.js'
import { ArmRefused, openArm } from './arm-reader.js'
import { describeApi } from './describe-api.js'
import { readInventory, readServices, type Inventory, type Seen } from './inventory.js'
import { readTouched } from './read-touched.js'
import { apisOf, publishedIn } from './which-apis.js'

export interface ApiManagementOptions extends AzureOptions {
  /** What the catalog knows: of what is not there any more only this tells which API it was. */
  live: { all(kind: Kind): Iterable<Entity> }
}

/** The source that claims of API Management name. */
export const apiManagementName = 'api-management'

/** APIs on a page: each is one request at least. */
const pageSize = 20
/** Deltas look back so far behind their watermark, in milliseconds: events come into the activity log some minutes late. */
const overlap = 900_000
/** A delta of a longer time than this costs more than reading everything, in milliseconds. */
const longestDelta = 86_400_000
/** Milliseconds between two deltas, and between two sweeps: each API of a sweep costs requests. */
const pace = { delta: 120_000, sweep: 21_600_000 }

/**
 * What API Management publishes: APIs with their gateways, products, revisions and operations, the services and web apps behind them, and
 * whose they are by their tags. A source beside `azure`, because Resource Graph knows nothing of what is inside a service, and so that one
 * does not wait for the other.
 */
export function apiManagementSource(options: ApiManagementOptions, arm = openArm(options)): CatalogSource {
  const readers = { graph: openGraph(options), arm }

  const read = async (signal: AbortSignal, seen?: Seen): Promise<Inventory> => {
    const known = new Set([...publishedIn(options.live)].map(({ service }) => service))
    return readInventory(readers, seen ?? (await readServices(readers.graph, signal)), known, signal)
  }

  const describe = async (ids: readonly string[], inventory: Inventory, signal: AbortSignal): Promise<Claim[]> => {
    const claims: Claim[] = []
    for (const id of ids) {
      const publications = inventory.apis.get(id)
      if (publications) claims.push(await describeApi(publications, inventory, readers, signal))
    }
    return claims
  }

  /** Reads anew what some ARM ids are about: APIs, and whole services. */
  async function reread(touched: readonly string[], inventory: Inventory, signal: AbortSignal) {
    const ids = apisOf(touched, inventory.apis, options.live)
    // Where a service could not be read, what is missing may be there.
    const gone = inventory.gaps.some(({ keeps }) => keeps) ? [] : ids.filter((id) => !inventory.apis.has(id))
    return { claims: await describe(ids, inventory, signal), gone: gone.map((id): Ref => ({ kind: 'Api', id })) }
  }

  return {
    name: apiManagementName,
    title: 'API Management',
    pace,
    async *sweep(from, signal) {
      try {
        const inventory = await read(signal)
        const resumed = cursorIn(from)
        const at = resumed?.at ?? inventory.at
        const all = [...inventory.apis.keys()].sort()
        const ids = all.filter((id) => resumed === undefined || id > resumed.after)
        const page = (claims: Claim[], after: string): SweepPage => {
          const done = all.filter((id) => id <= after).length
          return { claims, cursor: { at, after }, progress: { done, of: all.length, what: 'published APIs' } }
        }
        for (let begin = 0; begin < ids.length; begin += pageSize) {
          const some = ids.slice(begin, begin + pageSize)
          yield page(await describe(some, inventory, signal), some.at(-1)!)
        }
        const watermark = { at, services: inventory.services.map(({ id }) => id) }
        yield { ...page([], all.at(-1) ?? ''), watermark, ...(inventory.gaps.length && { gaps: inventory.gaps }) }
      } catch (error) {
        throw fault(error)
      }
    },
    async delta(since, signal) {
      const watermark = watermarkIn(since)
      if (!watermark) return undefined
      try {
        const seen = await readServices(readers.graph, signal)
        const { at } = seen
        const services = seen.services.map(({ id }) => id)
        const isSame =
          services.length === watermark.services.length && services.every((id) => watermark.services.includes(id))
        if (!isSame || Date.parse(at) - Date.parse(watermark.at) > longestDelta) return undefined
        const from = new Date(Date.parse(watermark.at) - overlap).toISOString()
        const touched = await readTouched(readers.arm, services, { from, to: at }, signal)
        const nothing = { claims: [], gone: [] }
        const moved = touched.length ? await reread(touched, await read(signal, seen), signal) : nothing
        return { ...moved, watermark: { at, services } }
      } catch (error) {
        throw fault(error)
      }
    },
    async reread(refs, signal) {
      try {
        return await reread(
          refs.filter(({ kind }) => kind === 'Api').map(({ id }) => id),
          await read(signal),
          signal,
        )
      } catch (error) {
        throw fault(error)
      }
    },
    quota: readers.arm.quota,
  }
}

/** What went wrong as a Fault; a refusal that nobody could go on without is one of the question, and so ours. */
function fault(error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof QueryRefused || error instanceof ArmRefused)) return error
  return unavailable('Azure refuses what Nexus asks of API Management.', undefined, error)
}

/** Where a sweep is; undefined for anything else, and then it begins anew. */
function cursorIn(value: Json | undefined): { at: string; after: string } | undefined {
  const [at, after] = [fieldsOf(value).instant('at'), fieldsOf(value).text('after', 2_049)]
  return at && after ? { at, after } : undefined
}

function watermarkIn(value: Json): { at: string; services: string[] } | undefined {
  const at = fieldsOf(value).instant('at')
  const { services } = (value ?? {}) as { services?: unknown }
  return at && Array.isArray(services) ? { at, services: services.filter((one) => typeof one === 'string') } : undefined
}
