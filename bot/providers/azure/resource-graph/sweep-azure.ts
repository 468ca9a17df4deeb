import type { Gap, SweepPage } from '../../../../skills/kit/catalog-source.js'
import type { Claim, Json } from '../../../../skills/kit/model.js'
import { armId } from './arm-ids.js'
import { changesBetween, claimsOnPage, closedMeanwhile, containersOf, openBatch } from './batch.js'
import { claimOfContainer } from './claim-container.js'
import { claimsOfEnvironments } from './claim-environments.js'
import { claimsOfServiceEvents } from './claim-service-event.js'
import type { Graph, GraphPage } from './graph.js'
import { QueryRefused } from './graph-refusal.js'
import * as queries from './queries.js'
import { readTouched } from './read-touched.js'
import { batchesOf, gapOf, readSizes, readVisible, type Subscription } from './subscriptions.js'
import { cursorIn, type Cursor } from './sweep-cursor.js'
import type { Watermark } from './watermark.js'

/**
 * Everything that Resource Graph says, by pages of a thousand resources: subscriptions in batches, with what is known of their resources
 * beside; then the environments, and what Azure says of itself.
 * @param known subscriptions that were seen before
 */
export async function* sweepAzure(
  graph: Graph,
  known: Set<string>,
  from: Json | undefined,
  signal: AbortSignal,
): AsyncGenerator<SweepPage> {
  const visible = await readVisible(graph, signal)
  const sizes = await readSizes(graph, signal)
  const resumed = cursorIn(from)
  let cursor: Cursor = resumed ?? { at: visible.at, after: '', done: 0 }
  const of = Math.max(
    cursor.done,
    visible.subscriptions.reduce((sum, { id }) => sum + (sizes.get(id) ?? 0), 0),
  )
  const page = (claims: Claim[], gaps: readonly Gap[] = []): SweepPage => ({
    claims,
    cursor: { ...cursor },
    progress: { done: cursor.done, of, what: 'Azure resources' },
    ...(gaps.length && { gaps: [...gaps] }),
  })

  const closed = await gapsOf(
    [...known].filter((id) => !visible.subscriptions.some((one) => one.id === id)).map((id) => ({ id })),
    graph,
    known,
    signal,
  )
  yield page([], [...visible.gaps, ...closed])
  for (const { id } of visible.subscriptions) known.add(id)

  for (const subscriptions of batchesAfter(cursor, visible.subscriptions, sizes)) {
    const upTo = subscriptions.at(-1)!.id
    const scope = subscriptions.map(({ id }) => id)
    const read = await openBatch(graph, subscriptions, signal)
    if (!read) {
      cursor = { at: cursor.at, after: upTo, done: cursor.done }
      yield page([], await gapsOf(subscriptions, graph, known, signal))
      continue
    }
    const { batch, gaps } = read
    if (gaps.length) yield page([], gaps)
    if (cursor.token === undefined) yield page(await containersOf(batch, scope, signal))
    for await (const one of resourcePages(graph, scope, cursor.token, signal)) {
      const { claims, last } = claimsOnPage(one, batch, cursor.last)
      const done = cursor.done + one.raw.length
      cursor = { ...cursor, upTo, done, ...(last && { last }), ...(one.next && { token: one.next }) }
      yield page(claims)
    }
    const { at, done, last } = cursor
    cursor = { at, done, after: upTo }
    yield page(
      changesBetween(batch, last, undefined),
      await gapsOf(await closedMeanwhile(batch, sizes, signal), graph, known, signal),
    )
  }

  const environments = claimsOfEnvironments(await graph.rows({ text: queries.environments }, signal))
  const events = claimsOfServiceEvents(
    await graph.rows({ text: queries.serviceEvents }, signal),
    await readTouched(graph, signal),
  )
  const groups = await managementGroups(graph, signal)
  const watermark: Watermark = { at: cursor.at, subscriptions: [...known].sort() }
  yield { ...page([...groups, ...environments, ...events]), watermark: { ...watermark } }
}

/** The batches that a sweep has not read to the end; the first is the cursor's own, as it was when it began. */
function batchesAfter(
  { after, upTo }: Cursor,
  subscriptions: readonly Subscription[],
  sizes: ReadonlyMap<string, number>,
): Subscription[][] {
  const rest = subscriptions.filter(({ id }) => id > after)
  if (upTo === undefined) return batchesOf(rest, sizes)
  const begun = rest.filter(({ id }) => id <= upTo)
  const later = batchesOf(
    rest.filter(({ id }) => id > upTo),
    sizes,
  )
  return begun.length ? [begun, ...later] : later
}

/** Pages of resources from a token on; from the beginning where the token is not known any more. */
async function* resourcePages(
  graph: Graph,
  scope: readonly string[],
  token: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<GraphPage> {
  const query = { text: queries.resources(queries.all), subscriptions: scope }
  try {
    yield* graph.pages(query, signal, token)
  } catch (error) {
    if (!(error instanceof QueryRefused)) throw error
    if (error.lostPage && token !== undefined) yield* graph.pages(query, signal)
    else if (!error.nothingInScope) throw error
  }
}

/** Why some subscriptions cannot be read; those that are deleted are not known any longer. */
async function gapsOf(
  subscriptions: readonly Pick<Subscription, 'id'>[],
  graph: Graph,
  known: Set<string>,
  signal: AbortSignal,
): Promise<Gap[]> {
  const gaps: Gap[] = []
  for (const one of subscriptions) {
    const gap = await gapOf(one, graph, signal)
    if (!gap.keeps) known.delete(one.id)
    gaps.push(gap)
  }
  return gaps
}

async function managementGroups(graph: Graph, signal: AbortSignal): Promise<Claim[]> {
  const claims = new Map<string, Claim>()
  for await (const { rows, raw } of graph.pages({ text: queries.managementGroups }, signal))
    for (const [index, row] of rows.entries()) {
      const id = armId(row.text('id', 2_049))
      if (id !== undefined && !claims.has(id)) claims.set(id, claimOfContainer(id, raw[index]))
    }
  return [...claims.values()]
}
