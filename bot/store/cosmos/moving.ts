import type { OperationInput } from '@azure/cosmos'
import type { Connection, Kept } from './connection.js'
import type { ItemDocument, LineDocument, NoteDocument } from './documents.js'
import { inParallel } from './in-parallel.js'
import { untilAlone } from './until-alone.js'
import {
  emptyLine,
  itemId,
  joined,
  type LineKey,
  lineKey,
  plain,
  readItem,
  readLine,
  removing,
  replaced,
  standing,
  writing,
} from './lines.js'
import { idOf } from './order.js'

/** Notes that are moved in one batch. */
const together = 40
const mostBytes = 1_000_000

/** What moves notes. */
interface Reading {
  readonly connection: Connection
}

interface Group {
  notes: NoteDocument[]
  resolve(): void
  reject(error: unknown): void
}

/**
 * Moves what commits noted into the lines of its threads. Commits that note for one thread while a move is under way share the next, so
 * that those of one process do not get in each other's way.
 */
export class Moving {
  readonly #waiting = new Map<string, Group[]>()
  readonly #busy = new Set<string>()

  constructor(private readonly engine: Reading) {}

  /** Moves notes, those of a thread in their order; resolves when all are in their lines. */
  async move(notes: readonly NoteDocument[]): Promise<void> {
    const threads = groupBy(notes, ({ tenant, thread }) => JSON.stringify([tenant, thread]))
    await Promise.all([...threads].map(([thread, own]) => this.#enter(thread, own)))
    await inParallel(
      [...groupBy(notes, ({ tenant, partition }) => JSON.stringify([tenant, partition])).values()],
      (own) => markMoved(this.engine.connection, own),
    )
  }

  /** Moves the notes of a tenant that a crash left behind. */
  async moveWaiting(tenant: string): Promise<void> {
    const notes = await this.engine.connection.find<NoteDocument>('records', {
      tenant,
      where: [
        [['type'], '=', 'note'],
        [['waits'], '=', true],
      ],
      order: ['order'],
      limit: 100,
    })
    await this.move(notes)
  }

  #enter(thread: string, notes: NoteDocument[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(thread, [...(this.#waiting.get(thread) ?? []), { notes, resolve, reject }])
      if (!this.#busy.has(thread)) void this.#serve(thread)
    })
  }

  async #serve(thread: string): Promise<void> {
    this.#busy.add(thread)
    for (let groups = this.#next(thread); groups.length > 0; groups = this.#next(thread))
      try {
        for (const notes of batchesOf(groups.flatMap((group) => group.notes))) await moveTogether(this.engine, notes)
        for (const { resolve } of groups) resolve()
      } catch (error) {
        for (const { reject } of groups) reject(error)
      }
    this.#busy.delete(thread)
  }

  #next(thread: string): Group[] {
    const groups = this.#waiting.get(thread) ?? []
    this.#waiting.delete(thread)
    return groups
  }
}

function groupBy<T>(list: readonly T[], nameOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of list) {
    const group = groups.get(nameOf(item))
    if (group) group.push(item)
    else groups.set(nameOf(item), [item])
  }
  return groups
}

/** Notes in their order, as many together as fit a batch; one that may take another's place goes by itself. */
function batchesOf(notes: readonly NoteDocument[]): NoteDocument[][] {
  const batches: NoteDocument[][] = []
  let bytes = Infinity
  for (const note of notes) {
    const size = note.coalesce === undefined ? JSON.stringify(note.data ?? null).length : Infinity
    bytes += size
    if (bytes <= mostBytes && batches.at(-1)!.length < together) batches.at(-1)!.push(note)
    else {
      batches.push([note])
      bytes = size
    }
  }
  return batches
}

/** Moves notes of one thread in one batch; those that another has moved meanwhile are left out. */
async function moveTogether(engine: Reading, notes: readonly NoteDocument[]): Promise<void> {
  const [{ tenant, thread }] = notes as [NoteDocument]
  const key = lineKey(tenant, thread)
  await untilAlone(`thread ${thread}`, async (n) => {
    const kept = await readLine(engine, key)
    const careful = n > 0 || notes[0]!.coalesce !== undefined
    const left = careful ? await notYetMoved(engine, key, notes) : notes
    if (left.length === 0) return true
    const twin = left[0]!.coalesce === undefined ? undefined : await twinOf(engine.connection, key, left[0]!)
    if (twin) await markMoved(engine.connection, [{ tenant, partition: twin.partition, name: twin.name }])
    const operations = twin ? takePlace(key, left[0]!, kept, twin) : join(key, left, kept)
    return 'failed' in (await engine.connection.batch('queues', key, operations)) ? undefined : true
  })
}

/** An item that took another's place is not in the line any more; but before it left, its note was marked. */
async function notYetMoved(engine: Reading, key: LineKey, notes: readonly NoteDocument[]): Promise<NoteDocument[]> {
  const moved = await inParallel(notes, async ({ tenant, partition, id, name }) => {
    if (await readItem(engine, key, itemId(partition, name))) return true
    const note = await engine.connection.read<NoteDocument>('records', [tenant, partition], id)
    return note?.waits !== true
  })
  return notes.filter((_, n) => !moved[n])
}

/** Notes that their items are in their lines: what stays is the mark that the ids were used. All are of one partition. */
async function markMoved(
  connection: Connection,
  notes: readonly Pick<NoteDocument, 'tenant' | 'partition' | 'name'>[],
): Promise<void> {
  const [{ tenant, partition }] = notes as [NoteDocument]
  const marks = notes.map(({ name }) => markOf(name))
  for (let at = 0; at < marks.length; at += together)
    if ('failed' in (await connection.batch('records', [tenant, partition], marks.slice(at, at + together))))
      for (const mark of marks.slice(at, at + together)) await connection.batch('records', [tenant, partition], [mark])
}

const markOf = (name: string): OperationInput => ({
  operationType: 'Patch',
  id: idOf('note', name),
  resourceBody: {
    operations: [
      { op: 'set', path: '/waits', value: false },
      { op: 'set', path: '/data', value: null },
    ],
  },
})

function join(key: LineKey, notes: readonly NoteDocument[], kept: (LineDocument & Kept) | undefined): OperationInput[] {
  let line = kept ? plain<LineDocument>(kept) : emptyLine(key, notes[0]!.thread)
  const items = notes.map((note) => {
    const item = itemOf(key, note, Math.max(line.last + 1, note.at * 1000))
    line = joined(line, standing(item))
    return item
  })
  return [writing(line, kept), ...items.map((item) => writing(item, undefined))]
}

/** An item of the same partition with the same key that was never claimed. */
async function twinOf(connection: Connection, [tenant, within]: LineKey, { partition, coalesce }: NoteDocument) {
  const twins = await connection.find<ItemDocument>('queues', {
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
  kept: (LineDocument & Kept) | undefined,
  twin: ItemDocument & Kept,
): OperationInput[] {
  const { place, at, notBefore, order } = twin
  const item = { ...itemOf(key, note, place), at, notBefore, order }
  const line = kept ? plain<LineDocument>(kept) : emptyLine(key, note.thread)
  return [writing(replaced(line, twin.id, standing(item)), kept), removing(twin), writing(item, undefined)]
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
