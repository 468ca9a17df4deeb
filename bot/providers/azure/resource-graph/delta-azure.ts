import type { Delta } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Instant, Ref } from '../../../../skills/kit/model.js'
import { armId } from './arm-ids.js'
import { isAlertRule } from './alert-rule-types.js'
import type { Graph } from './graph.js'
import * as queries from './queries.js'
import { claimOfChange, readChange } from './read-change.js'
import { rereadAzure } from './reread-azure.js'
import { readVisible, type Visible } from './subscriptions.js'
import type { Watermark } from './watermark.js'

/** How long Resource Graph keeps changes, in days ("Get resource changes"), and what of it is used: a day less, so that none is missed. */
const keptDays = 14
const day = 86_400_000
/** Changes come into the table some minutes after they were made: each delta looks back so far behind its watermark, in milliseconds. */
const overlap = 600_000
/** Most resources of a delta; beyond that reading everything costs less. */
const mostMoved = 10_000

/**
 * What became different since a watermark: what the change tables name, and whose health, alerts or backups moved; all of it read anew, so that
 * hearing of a change twice, late or out of order changes nothing that is not so.
 * @returns undefined where everything is to be read: the watermark is too old, a subscription is new, or too much moved
 */
export async function deltaOfAzure(graph: Graph, since: Watermark, signal: AbortSignal): Promise<Delta | undefined> {
  const visible = await readVisible(graph, signal)
  const age = Date.parse(visible.at) - Date.parse(since.at)
  const isNew = visible.subscriptions.some(({ id }) => !since.subscriptions.includes(id))
  if (isNew || age > (keptDays - 1) * day) return undefined
  const from = new Date(Date.parse(since.at) - overlap).toISOString()
  const moved = await readMoved(graph, from, signal)
  if (moved.targets.size > mostMoved) return undefined
  const read = await rereadAzure(graph, visible, [...moved.targets.values()], signal)
  return {
    claims: [...read.claims, ...changesIn(moved, read.claims)],
    gone: read.gone,
    watermark: nextOf(visible, since),
  }
}

/** Subscriptions that were seen before stay in the watermark, so that one that is closed is known to be missing. */
const nextOf = ({ at, subscriptions }: Visible, since: Watermark): { at: string; subscriptions: string[] } => ({
  at: at > since.at ? at : since.at,
  subscriptions: [...new Set([...since.subscriptions, ...subscriptions.map(({ id }) => id)])].sort(),
})

interface Moved {
  /** What is to be read anew, by id. */
  targets: Map<string, Ref>
  changes: NonNullable<ReturnType<typeof readChange>>[]
}

async function readMoved(graph: Graph, from: Instant, signal: AbortSignal): Promise<Moved> {
  const moved: Moved = { targets: new Map(), changes: [] }
  const move = (id: string | undefined, kind = 'Resource') => {
    if (id !== undefined && !moved.targets.has(id)) moved.targets.set(id, { kind, id })
  }
  for (const table of ['ResourceChanges', 'ResourceContainerChanges'] as const)
    for await (const { rows } of graph.pages({ text: queries.changesAfter(from, table) }, signal)) {
      for (const row of rows) {
        const change = readChange(row)
        if (!change) continue
        move(change.target, isAlertRule(change.targetType) ? 'AlertRule' : 'Resource')
        if (row.text('byType')?.toLowerCase() !== 'system') moved.changes.push(change)
      }
      if (moved.targets.size > mostMoved) return moved
    }
  for (const text of queries.movedAfter(from))
    for await (const { rows } of graph.pages({ text }, signal))
      for (const row of rows) {
        move(armId(row.text('target', 2_049)))
        move(armId(row.text('rule', 2_049)), 'AlertRule')
      }
  return moved
}

/** The changes themselves, each once, on the services of what they touched. */
function changesIn({ changes }: Moved, claims: readonly Claim[]): Claim[] {
  const services = new Map(
    claims.map(({ id, relations }) => [id, relations?.find(({ to }) => to.kind === 'Service')?.to]),
  )
  const newest = changes.toSorted((a, b) => (a.at < b.at ? 1 : -1))
  const found = new Map<string, Claim>()
  for (const change of newest)
    if (!found.has(change.ref.id)) found.set(change.ref.id, claimOfChange(change, services.get(change.target)))
  return [...found.values()]
}
