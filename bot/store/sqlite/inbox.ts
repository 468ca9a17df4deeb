import { toArrivalRows } from '../check-arrival.js'
import { StoreConflict } from '../errors.js'
import { moment, wholeNumber } from '../limits.js'
import type { Json } from '../json.js'
import type { Inbox, InboxEntry, InboxItem, InboxState } from '../queues.js'
import { checkClaim } from '../check-claim.js'
import { seal, unseal } from '../continuation.js'
import type { Engine } from './engine.js'
import { arrivalsOf, keyed } from './arrivals.js'
import { findArrival } from './inbox-keys.js'

interface InboxRow {
  seq: number
  source: string
  id: string
  at: number
  state: InboxState
  attempts: number
  ready_at: number
  reason: string | null
  data: string
}

const columns = 'seq, source, id, at, state, attempts, ready_at, reason, data'

/** The inbox of a tenant. */
export function inboxOf(engine: Engine, tenant: string): Inbox {
  const { connection } = engine
  const arrivals = arrivalsOf(engine, tenant)

  const ready = (limit: number) =>
    connection.all<InboxRow>(
      `SELECT ${columns} FROM inbox WHERE tenant = ? AND state = 'queued' AND ready_at <= ? ORDER BY ready_at, seq LIMIT ?`,
      ...[tenant, engine.now(), limit],
    )

  /** Moves an item that a worker holds to another state; only the newest claim may. */
  const finish = (item: InboxItem, state: InboxState, readyAt: number, reason: string | null) =>
    engine.write(() => {
      const { changes } = connection.run(
        `UPDATE inbox SET state = ?, ready_at = ?, reason = ?, claim = NULL, worker = NULL
          WHERE seq = ? AND tenant = ? AND source = ? AND id = ? AND claim = ?`,
        ...[state, readyAt, reason, seqOf(item.claim), tenant, item.source, item.id, item.claim],
      )
      if (changes === 0)
        throw new StoreConflict(
          'claim',
          `inbox item ${item.source}/${item.id}`,
          'is not in the hands of this worker any more',
        )
    })

  return {
    async append(items) {
      const { rows, bytes } = toArrivalRows(items, engine.id)
      const arriving = rows.map((row) => keyed(tenant, row))
      return engine.writeShared(arrivals, arriving, bytes)
    },

    async claim(options) {
      checkClaim(options)
      if ((await engine.read(() => ready(1))).length === 0) return []
      return engine.write(() =>
        ready(options.limit).map(({ seq, source, id, at, attempts, data }) => {
          const claim = `${seq} ${engine.id()}`
          connection.run(
            'UPDATE inbox SET ready_at = ?, claim = ?, worker = ?, attempts = attempts + 1 WHERE seq = ?',
            ...[engine.now() + options.leaseMs, claim, options.worker, seq],
          )
          return { source, id, at, data: JSON.parse(data) as Json, attempts: attempts + 1, claim }
        }),
      )
    },

    done: async (item) => finish(item, 'done', engine.now(), null),
    fail: async (item, { retryAt, reason }) => finish(item, 'queued', moment('retryAt', retryAt), reason),
    dead: async (item, reason) => finish(item, 'dead', engine.now(), reason),

    async revive(source, id) {
      const sql = `UPDATE inbox SET state = 'queued', ready_at = ? WHERE seq = ? AND state = 'dead'`
      return engine.write(() => {
        const seq = findArrival(connection, tenant, source, id)
        return seq !== undefined && connection.run(sql, engine.now(), seq).changes === 1
      })
    },

    async count(state) {
      const sql = 'SELECT count(*) AS count FROM inbox WHERE tenant = ? AND state = ?'
      return (await engine.read(() => connection.get<{ count: number }>(sql, tenant, state)))!.count
    },

    async get(source, id) {
      const row = await engine.read(() => {
        const seq = findArrival(connection, tenant, source, id)
        return seq === undefined
          ? undefined
          : connection.get<InboxRow>(`SELECT ${columns} FROM inbox WHERE seq = ?`, seq)
      })
      return row && toEntry(row)
    },

    async list({ state, limit, after }) {
      const most = wholeNumber('limit', limit, [1, 100], 50)
      const scope = [tenant, 'inbox', state]
      const far = Number.MAX_SAFE_INTEGER
      const [at = far, seq = far] = after === undefined ? [] : unseal(scope, after, 2)
      const sql = `SELECT ${columns} FROM inbox WHERE tenant = ? AND state = ? AND (ready_at, seq) < (?, ?)
        ORDER BY ready_at DESC, seq DESC LIMIT ?`
      const rows = await engine.read(() => connection.all<InboxRow>(sql, tenant, state, at, seq, most))
      const last = rows.at(-1)
      const items = rows.map(toEntry)
      return last && rows.length === most ? { items, continuation: seal(scope, [last.ready_at, last.seq]) } : { items }
    },
  }
}

/** The number of the row that a claim is of, which it begins with. */
const seqOf = (claim: string): number => Math.trunc(Number(claim.split(' ', 1)[0])) || 0

function toEntry({ source, id, at, state, attempts, reason, data }: InboxRow): InboxEntry {
  return { source, id, at, state, attempts, data: JSON.parse(data) as Json, ...(reason === null ? {} : { reason }) }
}
