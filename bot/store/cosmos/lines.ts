import type { OperationInput } from '@azure/cosmos'
import type { Kept } from './connection.js'
import type { ItemDocument, LineDocument, NoteDocument } from './documents.js'
import { type Engine, untilAlone } from './engine.js'
import { digest, ordered } from './order.js'

/** A thread's queue. */
export type LineKey = [tenant: string, queue: string]

export const lineKey = (tenant: string, thread: string): LineKey => [tenant, `thread/${thread}`]

/** Id of an item's document in its thread. */
export const itemId = (partition: string, id: string): string => `item.${digest(partition, id)}`

const lineId = 'line'
/** Seconds after which the line of a thread in which nobody waits is forgotten. Places go on from the clock. */
const idleFor = 7 * 86_400

/** When a line may be claimed, as text that no other line has. */
export const readyAt = (moment: number, thread: string): string => `${ordered(moment)}.${digest(thread)}`

export const readLine = (engine: Engine, key: LineKey): Promise<(LineDocument & Kept) | undefined> =>
  engine.connection.read<LineDocument>('queues', key, lineId)

export const readItem = (engine: Engine, key: LineKey, id: string): Promise<(ItemDocument & Kept) | undefined> =>
  engine.connection.read<ItemDocument>('queues', key, id)

/** The items that wait in a thread, in order. */
export const waitingIn = (engine: Engine, [tenant, within]: LineKey, limit: number): Promise<(ItemDocument & Kept)[]> =>
  engine.connection.find<ItemDocument>('queues', {
    tenant,
    within,
    where: [
      [['type'], '=', 'item'],
      [['state'], '=', 'queued'],
    ],
    order: ['place'],
    limit,
  })

/** A document without what the service adds. */
export function plain<T extends object>(document: T & Partial<Kept>): T {
  return Object.fromEntries(Object.entries(document).filter(([name]) => !/^_/.test(name))) as T
}

type Body = Extract<OperationInput, { operationType: 'Create' }>['resourceBody'] & { id: string }

/** Writes a document as it was read, or for the first time. */
export const writing = (document: object, found: Kept | undefined): OperationInput =>
  found
    ? { operationType: 'Replace', id: found.id, resourceBody: document as Body, ifMatch: found._etag }
    : { operationType: 'Create', resourceBody: document as Body }

/** Removes a document as it was read. The service takes the condition, as .NET's SDK sends it; this SDK's type of a deletion lacks it. */
export const removing = ({ id, _etag }: Kept): OperationInput => {
  const operation = { operationType: 'Delete' as const, id, ifMatch: _etag }
  return operation
}

/**
 * A line after something changed in its thread.
 * @param first who is first now; undefined: nobody waits
 * @param ready when it may be claimed; undefined: as before
 */
export function lineAfter(
  [tenant, queue]: LineKey,
  thread: string,
  line: LineDocument | undefined,
  next: { last?: number; first?: string | undefined; ready?: number },
): LineDocument {
  const last = next.last ?? line?.last ?? 0
  const base: LineDocument = { id: lineId, type: 'line', tenant, queue, thread, last }
  if (next.first === undefined) return { ...base, ttl: idleFor }
  const ready = next.ready === undefined ? line?.ready : readyAt(next.ready, thread)
  return { ...base, first: next.first, ...(ready !== undefined && { ready }) }
}

/** Moves what commits noted into the lines of its threads, in order. */
export async function moveNotes(engine: Engine, notes: readonly NoteDocument[]): Promise<void> {
  const threads = new Map<string, NoteDocument[]>()
  for (const note of notes) threads.set(note.thread, [...(threads.get(note.thread) ?? []), note])
  await Promise.all(
    [...threads.values()].map(async (line) => {
      for (const note of line) await moveNote(engine, note)
    }),
  )
}

/** Moves the notes that a crash left behind. */
export async function moveWaiting(engine: Engine, tenant: string): Promise<void> {
  const notes = await engine.connection.find<NoteDocument>('records', {
    tenant,
    where: [
      [['type'], '=', 'note'],
      [['waits'], '=', true],
    ],
    order: ['order'],
    limit: 100,
  })
  await moveNotes(engine, notes)
}

async function moveNote(engine: Engine, note: NoteDocument): Promise<void> {
  const key = lineKey(note.tenant, note.thread)
  const id = itemId(note.partition, note.name)
  await untilAlone(`thread ${note.thread}`, async () => {
    const [line, there] = await Promise.all([readLine(engine, key), readItem(engine, key, id)])
    if (there) return true
    if ((await isMoved(engine, note)) === true) return true
    const twin = note.coalesce === undefined ? undefined : await twinOf(engine, key, note)
    const outcome = await engine.connection.batch(
      'queues',
      key,
      twin ? takePlace(key, note, line, twin) : join(key, note, line),
    )
    return 'failed' in outcome ? undefined : true
  })
  const { data: _, ...mark } = plain(note)
  await engine.connection.batch(
    'records',
    [note.tenant, note.partition],
    [{ operationType: 'Replace', id: note.id, resourceBody: { ...mark, waits: false } as Body }],
  )
}

/** An item that took another's place, or was pruned, is not in the line any more, but its note says that it was. */
async function isMoved({ connection }: Engine, { tenant, partition, id }: NoteDocument): Promise<boolean> {
  const note = await connection.read<NoteDocument>('records', [tenant, partition], id)
  return note?.waits !== true
}

function join(key: LineKey, note: NoteDocument, line: (LineDocument & Kept) | undefined): OperationInput[] {
  const place = Math.max((line?.last ?? 0) + 1, note.at * 1000)
  const item = itemOf(key, note, place)
  const next = line?.first === undefined ? { first: item.id, ready: note.notBefore } : { first: line.first }
  return [writing(lineAfter(key, note.thread, line, { last: place, ...next }), line), writing(item, undefined)]
}

/** An item that has the same key and was never claimed. */
async function twinOf(engine: Engine, [tenant, within]: LineKey, { partition, coalesce }: NoteDocument) {
  const twins = await engine.connection.find<ItemDocument>('queues', {
    tenant,
    within,
    where: [
      [['type'], '=', 'item'],
      [['state'], '=', 'queued'],
      [['partition'], '=', partition],
      [['coalesce'], '=', coalesce!],
    ],
    order: ['place'],
    limit: 100,
  })
  return twins.find(({ attempts }) => attempts === 0)
}

function takePlace(
  key: LineKey,
  note: NoteDocument,
  line: (LineDocument & Kept) | undefined,
  twin: ItemDocument & Kept,
): OperationInput[] {
  const item = { ...itemOf(key, note, twin.place), at: twin.at, notBefore: twin.notBefore, order: twin.order }
  const first = line?.first === twin.id ? item.id : line?.first
  return [writing(lineAfter(key, note.thread, line, { first }), line), removing(twin), writing(item, undefined)]
}

function itemOf([tenant, queue]: LineKey, note: NoteDocument, place: number): ItemDocument {
  const { thread, partition, name, at, notBefore, coalesce, order, data = null } = note
  return {
    ...{
      id: itemId(partition, name),
      type: 'item',
      tenant,
      queue,
      thread,
      partition,
      name,
      at,
      notBefore,
      place,
      order,
    },
    ...{ state: 'queued', attempts: 0, data, ...(coalesce !== undefined && { coalesce }) },
  }
}
