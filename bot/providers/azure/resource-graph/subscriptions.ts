import type { Gap } from '../../../../skills/kit/catalog-source.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { unavailable } from '../../../../skills/kit/errors.js'
import type { Graph } from './graph.js'
import { QueryRefused } from './graph-refusal.js'
import * as queries from './queries.js'

/** A subscription that Nexus may see. */
export interface Subscription {
  /** GUID in lower case. */
  id: string
  name: string
  /** Its row of ResourceContainers, as it came. */
  raw: unknown
}

/** What Azure lets Nexus see at a moment. */
export interface Visible {
  /** By id. */
  subscriptions: Subscription[]
  /** Azure's own time. */
  at: Instant
  gaps: Gap[]
}

/**
 * The subscriptions that Nexus's identity may see, and Azure's time, by which deltas count: so no clock has to agree with Azure's.
 * @throws Fault Unavailable where there is none, because then everything would seem to be gone
 */
export async function readVisible(graph: Graph, signal: AbortSignal): Promise<Visible> {
  const found: Visible = { subscriptions: [], at: '', gaps: [] }
  try {
    for await (const { rows, raw } of graph.pages({ text: queries.subscriptions }, signal))
      for (const [index, row] of rows.entries()) {
        const id = row.text('subscriptionId')?.toLowerCase()
        found.at = row.instant('asked') ?? found.at
        if (!id || !/^[\w-]{1,64}$/.test(id)) continue
        const name = row.text('name') ?? id
        const isDeleted = row.object('properties').text('state')?.toLowerCase() === 'deleted'
        if (isDeleted) found.gaps.push(deletedGap(name))
        else found.subscriptions.push({ id, name, raw: raw[index] })
      }
  } catch (error) {
    if (error instanceof QueryRefused && error.nothingInScope) throw seesNothing(error)
    throw error
  }
  if (!found.subscriptions.length || !found.at) throw seesNothing()
  found.subscriptions.sort((a, b) => (a.id < b.id ? -1 : 1))
  return found
}

const seesNothing = (cause?: unknown) =>
  unavailable(
    "Azure shows Nexus's identity no subscription.",
    'Give it the role Reader on the subscriptions, or on a management group over them.',
    cause,
  )

/**
 * Why nothing can be read of a subscription. Where it is closed nothing of it is gone, it is only unread; where it is deleted, all of it is.
 */
export async function gapOf(
  { id, name = id }: { id: string; name?: string },
  graph: Graph,
  signal: AbortSignal,
): Promise<Gap> {
  if ((await graph.standingOf(id, signal)) === 'deleted') return deletedGap(name)
  return {
    reason: `The subscription ${name} is closed to Nexus: what is known of it stays as it was read last. Give Nexus's identity the role Reader on it.`,
    keeps: { kinds: ['Resource', 'AlertRule'], prefix: `/subscriptions/${id}` },
  }
}

const deletedGap = (name: string): Gap => ({
  reason: `The subscription ${name} is deleted: what stood in it leaves the catalog.`,
})

/** Most subscriptions a query is asked of ("fewer than 300 a group" is Microsoft's advice), and resources that are read with their findings. */
const most = { subscriptions: 250, resources: 50_000 }

/**
 * Subscriptions that are read together: as many as one query may name, and so few that what is known beside their resources fits in memory.
 * @param sizes resources of each
 */
export function batchesOf(
  subscriptions: readonly Subscription[],
  sizes: ReadonlyMap<string, number>,
): Subscription[][] {
  const batches: Subscription[][] = []
  let [batch, resources]: [Subscription[], number] = [[], 0]
  for (const one of subscriptions) {
    const size = sizes.get(one.id) ?? 0
    if (batch.length && (batch.length >= most.subscriptions || resources + size > most.resources)) {
      batches.push(batch)
      ;[batch, resources] = [[], 0]
    }
    batch.push(one)
    resources += size
  }
  return batch.length ? [...batches, batch] : batches
}

/** How many resources each subscription has. */
export async function readSizes(graph: Graph, signal: AbortSignal): Promise<Map<string, number>> {
  const rows = await graph.rows({ text: queries.sizes }, signal)
  return new Map(rows.map((row) => [row.text('id') ?? '', Number(row.text('resources')) || 0]))
}
