import { emptyHead, hashEntry } from '../hash-chain.js'
import { canonicalText, type Json } from '../json.js'
import type { Fence } from '../lease.js'
import type { LogHead } from '../streams.js'
import type { Kept } from './connection.js'
import type { EntryDocument, SegmentDocument, StreamHeadDocument } from './documents.js'
import type { Engine } from './engine.js'
import { untilAlone } from './until-alone.js'
import { checkFence } from './leases.js'
import { digest, ordered } from './order.js'

/** Where a stream's documents are. */
export const streamKey = (tenant: string, stream: string): [string, string] => [tenant, `log/${stream}`]

/** An entry that wants its place in a chain. */
export interface Unchained {
  at: number
  data: Json
  /** What it was called before, where it may be chained by several: then it is chained once. */
  origin?: string
}

/** How long the mark of a chained entry is kept, in seconds: much longer than a hub that crashed stays down. */
const keepMarks = 400 * 86_400
/** Entries that are marked in one batch at most, and bytes of their data: with the head and the segment they have to fit. */
const mostMarked = 90
const mostBytes = 1_000_000

/**
 * Adds entries to the end of a stream: one batch replaces the head as it was read and writes a segment, so that writers at once make one
 * chain.
 * @param check looks at the head and may refuse, by throwing
 */
export function chain(
  engine: Engine,
  tenant: string,
  stream: string,
  entries: readonly Unchained[],
  options: { fence?: Fence; check?: (head: LogHead) => void } = {},
): Promise<LogHead> {
  const { connection } = engine
  const key = streamKey(tenant, stream)
  return untilAlone(`stream ${stream}`, async (n) => {
    const kept = await connection.read<StreamHeadDocument>('streams', key, 'head')
    const { seq, hash } = kept ?? emptyHead
    options.check?.({ seq, hash })
    if (options.fence) checkFence(kept, options.fence)
    const fresh = n === 0 ? [...entries] : await notYetChained(engine, key, entries)
    if (fresh.length === 0 && !options.fence) return { seq, hash }
    const links = linked(tenant, stream, { seq, hash }, fresh)
    const head = { seq: links.at(-1)?.seq ?? seq, hash: links.at(-1)?.hash ?? hash }
    const fences = { ...kept?.fences, ...(options.fence && { [options.fence.name]: options.fence.fence }) }
    const outcome = await connection.batch('streams', key, [
      headOperation(key, kept, { ...head, fences }),
      ...(links.length > 0 ? [segmentOperation(key, links)] : []),
      ...fresh.flatMap(({ origin }) => (origin === undefined ? [] : [markOperation(key, origin)])),
    ])
    return 'failed' in outcome ? undefined : head
  })
}

function linked(
  tenant: string,
  stream: string,
  head: LogHead,
  entries: readonly Unchained[],
): SegmentDocument['entries'] {
  let { seq, hash: previous } = head
  return entries.map(({ at, data }) => {
    seq += 1
    const hash = hashEntry({ previous, tenant, stream, seq, at }, canonicalText(data))
    const link = { seq, at, data, previous, hash }
    previous = hash
    return link
  })
}

function headOperation(
  [tenant, stream]: [string, string],
  kept: (StreamHeadDocument & Kept) | undefined,
  rest: Pick<StreamHeadDocument, 'seq' | 'hash' | 'fences'>,
) {
  const resourceBody = { id: 'head', type: 'head', tenant, stream, ...rest }
  return kept
    ? { operationType: 'Replace' as const, id: 'head', resourceBody, ifMatch: kept._etag }
    : { operationType: 'Create' as const, resourceBody }
}

function segmentOperation([tenant, stream]: [string, string], entries: SegmentDocument['entries']) {
  const order = ordered(entries.at(-1)!.seq)
  return {
    operationType: 'Create' as const,
    resourceBody: {
      id: `segment.${order}`,
      type: 'segment',
      tenant,
      stream,
      order,
      entries: entries as object[] as never,
    },
  }
}

const markId = (origin: string): string => `chained.${digest(origin)}`

const markOperation = ([tenant, stream]: [string, string], origin: string) => ({
  operationType: 'Create' as const,
  resourceBody: { id: markId(origin), type: 'chained', tenant, stream, ttl: keepMarks },
})

async function notYetChained(
  engine: Engine,
  key: [string, string],
  entries: readonly Unchained[],
): Promise<Unchained[]> {
  const marks = await Promise.all(
    entries.map(({ origin }) =>
      origin === undefined ? undefined : engine.connection.read('streams', key, markId(origin)),
    ),
  )
  return entries.filter((_, n) => marks[n] === undefined)
}

/**
 * Chains the entries that commits left: those of one partition, or all of the tenant's. Those of a partition are chained in their order.
 */
export async function chainWaiting(engine: Engine, tenant: string, partition?: string): Promise<void> {
  const waiting = await engine.connection.find<EntryDocument>('records', {
    tenant,
    ...(partition !== undefined && { within: partition }),
    where: [
      [['type'], '=', 'entry'],
      [['waits'], '=', true],
    ],
    order: ['order'],
    limit: 1000,
  })
  for (const of of new Set(waiting.map((entry) => entry.partition)))
    await chainPartition(
      engine,
      tenant,
      of,
      waiting.filter((entry) => entry.partition === of),
    )
}

async function chainPartition(
  engine: Engine,
  tenant: string,
  partition: string,
  waiting: EntryDocument[],
): Promise<void> {
  for (const stream of new Set(waiting.map((entry) => entry.stream))) {
    const entries = waiting.filter((entry) => entry.stream === stream)
    for (const group of groupsOf(entries)) {
      const unchained = group.map(({ at, data, id }) => ({ at, data, origin: JSON.stringify([partition, id]) }))
      await chain(engine, tenant, stream, unchained)
      await forget(engine, tenant, partition, group)
    }
  }
}

/** Entries in their order, as many together as fit a batch. */
function groupsOf(entries: readonly EntryDocument[]): EntryDocument[][] {
  const groups: EntryDocument[][] = []
  let bytes = Infinity
  for (const entry of entries) {
    const size = Buffer.byteLength(canonicalText(entry.data))
    bytes += size
    if (bytes <= mostBytes && groups.at(-1)!.length < mostMarked) groups.at(-1)!.push(entry)
    else {
      groups.push([entry])
      bytes = size
    }
  }
  return groups
}

/** Removes what is chained; somebody else may have removed some of it. */
async function forget(
  engine: Engine,
  tenant: string,
  partition: string,
  entries: readonly EntryDocument[],
): Promise<void> {
  const removing = (ids: string[]) =>
    engine.connection.batch(
      'records',
      [tenant, partition],
      ids.map((id) => ({ operationType: 'Delete' as const, id })),
    )
  const ids = entries.map(({ id }) => id)
  if ('failed' in (await removing(ids))) for (const id of ids) await removing([id])
}
