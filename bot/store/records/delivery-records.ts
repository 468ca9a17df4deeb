import type { Delivery } from '../../../skills/kit/delivery.js'
import type { Json } from '../json.js'
import { limits } from '../limits.js'
import type { Arrival, Inbox, InboxEntry, InboxItem } from '../queues.js'

/** Something that came in, to be kept as it is; bytes where it is no text. */
export interface Arrived {
  source: string
  id: string
  headers: Record<string, string>
  body: string | Buffer
}

/** A delivery as the inbox has it: the body as it came, or in base64 where it is no text or JSON would make too much of it. */
interface Kept {
  headers: Record<string, string>
  body: string
  base64?: true
}

/** Bytes of a delivery beside its body, in the inbox's JSON: headers, names, quotes. */
const frameBytes = 4_000
/** JSON writes a character of text as six at most (`\u0000`). */
const surelyFits = (limits.dataBytes - frameBytes) / 6

/**
 * Keeps deliveries, in their order; resolves when all are durable. They are written in as many batches as the store's limits ask for, each
 * whole or not at all: where a later one fails, whoever brought them brings all again, and those that are known are left as they are.
 */
export async function keepDeliveries(inbox: Pick<Inbox, 'append'>, arrived: readonly Arrived[]): Promise<void> {
  for (const batch of batchesOf(arrived.map(arrivalOf))) await inbox.append(batch)
}

/** A delivery as it came, from an item of the inbox. A body that was no text has a sign for each byte that is none. */
export function readDelivery(item: InboxItem | InboxEntry): Delivery {
  const { headers, body, base64 } = item.data as unknown as Kept
  return {
    source: item.source,
    id: item.id,
    arrived: new Date(item.at).toISOString(),
    headers,
    body: base64 ? Buffer.from(body, 'base64').toString('utf8') : body,
  }
}

interface Sized extends Arrival {
  bytes: number
}

function arrivalOf({ source, id, headers, body }: Arrived): Sized {
  const kept: Kept = isWritable(body)
    ? { headers, body }
    : { headers, body: Buffer.from(body).toString('base64'), base64: true }
  const most = kept.body.length * (kept.base64 ? 1 : 6)
  const bytes = (most < surelyFits ? most : jsonBytes(kept.body)) + frameBytes
  return { source, id, data: kept as unknown as Json, bytes }
}

const jsonBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text))

const isWritable = (body: string | Buffer): body is string =>
  typeof body === 'string' && (body.length < surelyFits || jsonBytes(body) + frameBytes <= limits.dataBytes)

function batchesOf(arrivals: readonly Sized[]): Arrival[][] {
  const batches: Arrival[][] = []
  let room = { items: 0, bytes: 0 }
  for (const { bytes, ...arrival } of arrivals) {
    if (room.items === 0 || room.bytes < bytes) {
      batches.push([])
      room = { items: limits.batchItems, bytes: limits.batchBytes }
    }
    batches.at(-1)!.push(arrival)
    room = { items: room.items - 1, bytes: room.bytes - bytes }
  }
  return batches
}
