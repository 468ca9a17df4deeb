import { moment } from '../limits.js'
import type { ArrivalDocument, ItemDocument, RecordDocument } from './documents.js'
import type { Kept } from './connection.js'
import type { Engine } from './engine.js'
import { inParallel } from './in-parallel.js'
import { untilAlone } from './until-alone.js'
import { readFeed, type ReadUpTo } from './feed.js'
import { removing, writing } from './lines.js'
import { idOf, ordered } from './order.js'

/** What of a tenant's feed was forgotten: in each range, the last write of a tombstone that is no more. */
interface ForgottenDocument {
  id: string
  type: 'forgotten'
  tenant: string
  partition: string
  ranges: ReadUpTo[]
}

/** No partition of the contract is empty text, so this one is ours. */
const ours = ''
const id = 'forgotten'
const chunk = 500

const readDocument = (engine: Engine, tenant: string) =>
  engine.connection.read<ForgottenDocument>('records', [tenant, ours], id)

/** Up to where tombstones were forgotten. */
export const readForgotten = async (engine: Engine, tenant: string): Promise<ReadUpTo[]> =>
  (await readDocument(engine, tenant))?.ranges ?? []

/** Does `TenantStore.prune`. */
export async function prune(engine: Engine, tenant: string, before: number): Promise<number> {
  moment('before', before)
  return (
    (await pruneTombstones(engine, tenant, before)) +
    (await removeAll(
      () => doneArrivals(engine, tenant, before),
      (found) => remove(engine, found.queue, found),
    )) +
    (await removeAll(
      () => settledItems(engine, tenant, before),
      (found) => removeItem(engine, found),
    ))
  )
}

async function removeAll<T>(find: () => Promise<T[]>, removeOne: (found: T) => Promise<boolean>): Promise<number> {
  for (let total = 0; ;) {
    const found = await find()
    const removed = (await inParallel(found, removeOne)).filter((done) => done).length
    total += removed
    if (found.length < chunk || removed === 0) return total
  }
}

const doneArrivals = (engine: Engine, tenant: string, before: number) =>
  engine.connection.find<ArrivalDocument>('queues', {
    tenant,
    where: [
      [['type'], '=', 'arrival'],
      [['state'], '=', 'done'],
      [['ready'], '<', ordered(before)],
    ],
    order: ['ready'],
    limit: chunk,
  })

const settledItems = (engine: Engine, tenant: string, before: number) =>
  engine.connection.find<ItemDocument>('queues', {
    tenant,
    where: [
      [['type'], '=', 'item'],
      [['settled'], '<', ordered(before)],
    ],
    order: ['settled'],
    limit: chunk,
  })

async function remove({ connection }: Engine, queue: string, found: { tenant: string } & Kept): Promise<boolean> {
  return !('failed' in (await connection.batch('queues', [found.tenant, queue], [removing(found)])))
}

/** Removes a settled item with the note that its id was used. */
async function removeItem(engine: Engine, item: ItemDocument & Kept): Promise<boolean> {
  if (!(await remove(engine, item.queue, item))) return false
  await engine.connection.batch(
    'records',
    [item.tenant, item.partition],
    [{ operationType: 'Delete', id: idOf('note', item.name) }],
  )
  return true
}

/**
 * Forgets tombstones. A reader that has not passed one has to begin anew, so first it is noted where they lay: only the feed says, and it is
 * read through, which costs what one replica's rebuilding costs, once a day.
 */
async function pruneTombstones(engine: Engine, tenant: string, before: number): Promise<number> {
  const find = () =>
    engine.connection.find<RecordDocument>('records', {
      tenant,
      where: [
        [['type'], '=', 'tombstone'],
        [['at'], '<', before],
      ],
      order: ['order'],
      limit: chunk,
    })
  if ((await find()).length === 0) return 0
  await noteForgotten(engine, tenant, await lastTombstones(engine, tenant, before))
  return removeAll(find, async (found) => {
    const outcome = await engine.connection.batch('records', [tenant, found.partition], [removing(found)])
    return !('failed' in outcome)
  })
}

async function lastTombstones(engine: Engine, tenant: string, before: number): Promise<ReadUpTo[]> {
  const last = new Map<string, ReadUpTo>()
  for (let token: string | undefined; ;) {
    const page = await readFeed(engine, tenant, token, 1000)
    if (!page || page.end) return [...last.values()]
    token = page.token
    const { min, max } = page.range
    for (const { type, at, _lsn: lsn } of page.written)
      if (type === 'tombstone' && at < before) last.set(min, { min, max, lsn: Math.max(lsn, last.get(min)?.lsn ?? 0) })
  }
}

function noteForgotten(engine: Engine, tenant: string, ranges: ReadUpTo[]): Promise<boolean> {
  return untilAlone('the place up to which was forgotten', async () => {
    const found = await readDocument(engine, tenant)
    const document: ForgottenDocument = {
      ...{ id, type: 'forgotten', tenant, partition: ours },
      ranges: [
        ...(found?.ranges ?? []).filter((old) => !ranges.some(({ min, max }) => min === old.min && max === old.max)),
        ...ranges,
      ],
    }
    const outcome = await engine.connection.batch('records', [tenant, ours], [writing(document, found)])
    return 'failed' in outcome ? undefined : true
  })
}
