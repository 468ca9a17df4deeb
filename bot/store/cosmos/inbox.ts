import { toArrivalRows } from '../check-arrival.js'
import { checkClaim } from '../check-claim.js'
import { seal, unseal } from '../continuation.js'
import { StoreConflict } from '../errors.js'
import { moment, wholeNumber } from '../limits.js'
import type { Json } from '../json.js'
import type { ClaimOptions, Inbox, InboxEntry, InboxItem, InboxState } from '../queues.js'
import { claimEach } from './claiming.js'
import type { Kept, Where } from './connection.js'
import type { ArrivalDocument } from './documents.js'
import type { Engine } from './engine.js'
import { inParallel } from './in-parallel.js'
import { untilAlone } from './until-alone.js'
import { plain, writing } from './lines.js'
import { ordered } from './order.js'
import { arrivalKey, type Delivery, deliver, sendParcel, shards, unpackWaiting } from './parcels.js'

type Found = ArrivalDocument & Kept

/** The inbox of a tenant. */
export function inboxOf(engine: Engine, tenant: string): Inbox {
  const { connection } = engine
  const find = (state: InboxState, before: string, limit: number, descending = false) =>
    connection.find<ArrivalDocument>('queues', {
      tenant,
      where: [
        [['type'], '=', 'arrival'],
        [['state'], '=', state],
        [['ready'], '<', before],
      ],
      order: ['ready'],
      descending,
      limit,
    })
  const read = (source: string, name: string) => {
    const { key, id } = arrivalKey(tenant, source, name)
    return connection.read<ArrivalDocument>('queues', key, id)
  }
  /** Writes an item as it was read. */
  const replace = async (item: Found, changed: ArrivalDocument) =>
    !('failed' in (await connection.batch('queues', [tenant, item.queue], [writing(changed, item)])))

  /** Moves an item that a worker holds to another state; only the newest claim may. */
  const finish = (item: InboxItem, state: InboxState, readyAt: number, reason?: string) =>
    untilAlone(`inbox item ${item.source}/${item.id}`, async () => {
      const found = await read(item.source, item.id)
      if (found?.claim !== item.claim)
        throw new StoreConflict(
          'claim',
          `inbox item ${item.source}/${item.id}`,
          'is not in the hands of this worker any more',
        )
      return (await replace(found, moved(found, state, readyAt, reason))) || undefined
    })

  const claimOne = async (found: Found, { leaseMs, worker }: ClaimOptions) => {
    const claim = engine.id()
    const attempts = found.attempts + 1
    const ready = `${ordered(engine.now() + leaseMs)}.${found.ticket}`
    if (!(await replace(found, { ...plain(found), ready, attempts, claim, worker }))) return undefined
    const { source, name: id, at, data } = found
    return { item: { source, id, at, data, attempts, claim }, ready: found.ready }
  }

  return {
    async append(items) {
      const { rows } = toArrivalRows(items, engine.id)
      const distinct = new Map<string, (typeof rows)[number]>()
      for (const row of rows) if (!distinct.has(nameOf(row))) distinct.set(nameOf(row), row)
      if (distinct.size === 0) return []
      const delivery: Delivery = {
        ...{ append: engine.id(), at: engine.now(), ticket: await engine.tickets.take(tenant, distinct.size) },
        items: [...distinct.values()].map(({ source, id, text }) => ({ source, id, data: JSON.parse(text) as Json })),
      }
      const fresh =
        delivery.items.length === 1
          ? await deliver(engine, tenant, delivery)
          : await sendParcel(engine, tenant, delivery)
      const names = new Set(delivery.items.filter((_, n) => fresh[n]).map(nameOf))
      return rows.map((row) => (names.delete(nameOf(row)) ? 'new' : 'known'))
    },

    async claim(options) {
      checkClaim(options)
      const take = (limit: number) =>
        claimEach(
          limit,
          (count) => find('queued', ordered(engine.now() + 1), count),
          (found) => claimOne(found, options),
        )
      const claimed = await take(options.limit)
      const room = options.limit - claimed.length
      if (room > 0 && (await unpackWaiting(engine, tenant))) claimed.push(...(await take(room)))
      return claimed.sort((a, b) => (a.ready < b.ready ? -1 : 1)).map(({ item }) => item)
    },

    done: async (item) => void (await finish(item, 'done', engine.now())),
    fail: async (item, { retryAt, reason }) => void (await finish(item, 'queued', moment('retryAt', retryAt), reason)),
    dead: async (item, reason) => void (await finish(item, 'dead', engine.now(), reason)),

    async revive(source, id) {
      const found = await read(source, id)
      if (found?.state !== 'dead') return false
      return replace(found, { ...plain(found), state: 'queued', ready: `${ordered(engine.now())}.${found.ticket}` })
    },

    async count(state) {
      const where: Where[] = [
        [['type'], '=', 'arrival'],
        [['state'], '=', state],
      ]
      const counts = await inParallel(shards, (shard) => connection.count('queues', tenant, shard, where))
      return counts.reduce((sum, count) => sum + count, 0)
    },

    async get(source, id) {
      const found = await read(source, id)
      return found && toEntry(found)
    },

    async list({ state, limit, after }) {
      const most = wholeNumber('limit', limit, [1, 100], 50)
      const scope = [tenant, 'inbox', state]
      const [before = 'z'] = after === undefined ? [] : unseal(scope, after, 1)
      const found = await find(state, String(before), most, true)
      const last = found.at(-1)
      const items = found.map(toEntry)
      return last && found.length === most ? { items, continuation: seal(scope, [last.ready]) } : { items }
    },
  }
}

const nameOf = ({ source, id }: { source: string; id: string }): string => JSON.stringify([source, id])

function moved(found: Found, state: InboxState, readyAt: number, reason: string | undefined): ArrivalDocument {
  const { claim: _claim, worker: _worker, reason: _reason, ...rest } = plain<ArrivalDocument>(found)
  return { ...rest, state, ready: `${ordered(readyAt)}.${found.ticket}`, ...(reason !== undefined && { reason }) }
}

function toEntry({ source, name: id, at, state, attempts, reason, data }: ArrivalDocument): InboxEntry {
  return { source, id, at, state, attempts, data, ...(reason !== undefined && { reason }) }
}
