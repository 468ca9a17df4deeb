import type { OperationInput } from '@azure/cosmos'
import type { Connection, Kept } from './connection.js'
import type { ItemDocument, LineDocument } from './documents.js'
import { digest, ordered } from './order.js'

/** What reads the documents of a line. */
interface Reading {
  readonly connection: Connection
}

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

export const readLine = (engine: Reading, key: LineKey): Promise<(LineDocument & Kept) | undefined> =>
  engine.connection.read<LineDocument>('queues', key, lineId)

export const readItem = (engine: Reading, key: LineKey, id: string): Promise<(ItemDocument & Kept) | undefined> =>
  engine.connection.read<ItemDocument>('queues', key, id)

/** The items that wait in a thread, in order. */
export const waitingIn = (
  engine: Reading,
  [tenant, within]: LineKey,
  limit: number,
): Promise<(ItemDocument & Kept)[]> =>
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

/** Items that a line names at most, so that it stays small; those behind are found when it has come to its end. */
const mostNamed = 100

/** Who stands where in a line. */
export type Standing = LineDocument['named'][number]

export const standing = ({ id, place, notBefore }: ItemDocument): Standing => ({ id, place, notBefore })

/** The line of a thread in which nobody waits yet. */
export const emptyLine = ([tenant, queue]: LineKey, thread: string): LineDocument => ({
  ...{ id: lineId, type: 'line', tenant, queue, thread },
  ...{ last: 0, named: [], more: false },
})

/** A line with one more, at its place. The first may be claimed when it says so, unless it was first before. */
export function joined(line: LineDocument, item: Standing): LineDocument {
  const behind = line.named.filter(({ place }) => place > item.place)
  const before = line.named.filter(({ place }) => place < item.place)
  if (behind.length === 0 && (line.more || line.named.length >= mostNamed))
    return { ...line, last: Math.max(line.last, item.place), more: true }
  // Whoever is first may be in a worker's hands: one that is put back goes behind it.
  const named =
    line.named.length > 0 && before.length === 0 ? [behind[0]!, item, ...behind.slice(1)] : [...before, item, ...behind]
  return ready(
    { ...line, last: Math.max(line.last, item.place), named },
    line.named.length === 0 ? item.notBefore : undefined,
  )
}

/** A line with one in the place of another. */
export const replaced = (line: LineDocument, one: string, other: Standing): LineDocument => ({
  ...line,
  named: line.named.map((each) => (each.id === one ? other : each)),
})

/** A line whose first has left. @param following those behind, where the line named no more */
export function advanced(line: LineDocument, following: readonly Standing[]): LineDocument {
  const rest = line.named.slice(1)
  const named = rest.length > 0 ? rest : following.slice(0, mostNamed)
  const more = rest.length > 0 ? line.more : following.length > mostNamed
  return ready({ ...line, named, more }, named[0]?.notBefore)
}

/** Whether those behind have to be found before the first leaves. */
export const isEnding = ({ named, more }: LineDocument): boolean => more && named.length <= 1

/** Those that wait in a line whose names came to an end, without the one that leaves. */
export const following = async (engine: Reading, key: LineKey, leaving: string): Promise<Standing[]> =>
  (await waitingIn(engine, key, mostNamed + 2)).filter(({ id }) => id !== leaving).map(standing)

/** A line that may be claimed from a moment on; undefined leaves it as it is. An empty one is forgotten after a while. */
export function ready(line: LineDocument, moment: number | undefined): LineDocument {
  const { ttl: _, ready: before, ...rest } = plain(line)
  if (rest.named.length === 0) return { ...rest, ttl: idleFor }
  const at = moment === undefined ? before : readyAt(moment, rest.thread)
  return { ...rest, ...(at !== undefined && { ready: at }) }
}
