import { createHash } from 'node:crypto'
import type { Json } from '../json.js'
import type { ArrivalDocument, ParcelDocument } from './documents.js'
import type { Engine } from './engine.js'
import { inParallel } from './in-parallel.js'
import { writing } from './lines.js'
import { digest, ordered } from './order.js'

/** Arrivals of one append, each of them once. */
export interface Delivery {
  /** The append's own id. */
  append: string
  at: number
  /** The first one's; the others' follow. */
  ticket: number
  items: { source: string; id: string; data: Json }[]
}

const parcels = 'parcels'

/** Logical partitions of a tenant's inbox. */
export const shards = Array.from({ length: 8 }, (_, n) => `inbox/${n}`)

/** Where an item of the inbox is: its sender's id decides, so that two deliveries of it meet. */
export function arrivalKey(tenant: string, source: string, id: string): { key: [string, string]; id: string } {
  const shard =
    createHash('sha256')
      .update(JSON.stringify([source, id]))
      .digest()[0]! % shards.length
  return { key: [tenant, shards[shard]!], id: `arrival.${digest(source, id)}` }
}

/**
 * Takes several arrivals in, all of them or none: they go to shards of their own, which no batch spans, so they are first kept together. Once
 * that is durable they will all arrive, by us or by whoever claims next.
 * @returns for each whether it was new
 */
export async function sendParcel(engine: Engine, tenant: string, delivery: Delivery): Promise<boolean[]> {
  const id = `parcel.${delivery.append}`
  const parcel: ParcelDocument = {
    ...{ id, type: 'parcel', tenant, queue: parcels, order: ordered(delivery.ticket) },
    ...{ at: delivery.at, ticket: delivery.ticket, items: delivery.items },
  }
  await engine.connection.batch('queues', [tenant, parcels], [writing(parcel, undefined)])
  return unpack(engine, parcel)
}

/** Delivers what a crash left on its way. @returns whether there was something */
export async function unpackWaiting(engine: Engine, tenant: string): Promise<boolean> {
  const waiting = await engine.connection.find<ParcelDocument>('queues', {
    tenant,
    within: parcels,
    where: [[['type'], '=', 'parcel']],
    order: ['order'],
    limit: 10,
  })
  for (const parcel of waiting) await unpack(engine, parcel)
  return waiting.length > 0
}

async function unpack(engine: Engine, { id, tenant, at, ticket, items }: ParcelDocument): Promise<boolean[]> {
  const fresh = await deliver(engine, tenant, { append: id, at, ticket, items })
  await engine.connection.batch('queues', [tenant, parcels], [{ operationType: 'Delete', id }])
  return fresh
}

/** Brings arrivals to their shards. @returns for each whether this append brought it */
export function deliver(engine: Engine, tenant: string, { append, at, ticket, items }: Delivery): Promise<boolean[]> {
  return inParallel(
    items.map((item, n) => ({ ...item, ticket: ordered(ticket + n) })),
    async ({ source, id: name, data, ticket: own }) => {
      const { key, id } = arrivalKey(tenant, source, name)
      const arrival: ArrivalDocument = {
        ...{ id, type: 'arrival', tenant, queue: key[1], source, name, at, data, append },
        ...{ state: 'queued', ready: `${ordered(at)}.${own}`, ticket: own, attempts: 0 },
      }
      const outcome = await engine.connection.batch('queues', key, [writing(arrival, undefined)])
      if (!('failed' in outcome)) return true
      return (await engine.connection.read<ArrivalDocument>('queues', key, id))?.append === append
    },
  )
}
