import { StoreBadInput } from '../errors.js'
import { checkSize, wholeNumber } from '../limits.js'
import type { Outbox } from '../queues.js'
import { seal, unseal } from '../continuation.js'
import type { Engine } from './engine.js'
import { outboxColumns, toEntry, type OutboxRow } from './outbox-rows.js'

const states = ['queued', 'sent', 'unknown', 'dead', 'dropped'] as const

/** What people do with a tenant's outbox: look at it, and decide about what was left to them. */
export function outboxForPeople(
  { connection, ...engine }: Engine,
  tenant: string,
): Pick<Outbox, 'list' | 'counts' | 'revive' | 'drop'> {
  const left = (partition: string, id: string) =>
    connection.get<{ seq: number; thread: string; coalesce_key: string | null }>(
      `SELECT seq, thread, coalesce_key FROM outbox WHERE tenant = ? AND partition = ? AND id = ? AND state IN ('unknown', 'dead')`,
      ...[tenant, partition, id],
    )
  return {
    async list({ state, limit, after }) {
      if (!states.includes(state)) throw new StoreBadInput(`the state is one of ${states.join(', ')}`)
      const most = wholeNumber('limit', limit, [1, 100], 50)
      const scope = [tenant, 'outbox', state]
      const [before = Number.MAX_SAFE_INTEGER] = after === undefined ? [] : unseal(scope, after, 1)
      // The state is written out, so that the index of what is open can be used.
      const sql = `SELECT ${outboxColumns} FROM outbox WHERE tenant = ? AND state = '${state}' AND seq < ? ORDER BY seq DESC LIMIT ?`
      const rows = await engine.read(() => connection.all<OutboxRow>(sql, tenant, before, most))
      const last = rows.at(-1)
      const items = rows.map(toEntry)
      return last && rows.length === most ? { items, continuation: seal(scope, [last.seq]) } : { items }
    },

    async counts() {
      const sql = `SELECT state, count(*) AS items FROM outbox WHERE tenant = ? AND state IN ('queued', 'unknown', 'dead') GROUP BY state`
      const rows = await engine.read(() =>
        connection.all<{ state: 'queued' | 'unknown' | 'dead'; items: number }>(sql, tenant),
      )
      return { queued: 0, unknown: 0, dead: 0, ...Object.fromEntries(rows.map(({ state, items }) => [state, items])) }
    },

    async revive(partition, id, reason) {
      checkSize('the reason', [reason])
      return engine.write(() => {
        const item = left(partition, id)
        if (!item) return 'absent'
        const later = `SELECT 1 AS there FROM outbox WHERE tenant = ? AND partition = ? AND coalesce_key = ? AND seq > ?`
        if (item.coalesce_key !== null && connection.get(later, tenant, partition, item.coalesce_key, item.seq))
          return 'replaced'
        const busy = `SELECT 1 AS there FROM outbox WHERE tenant = ? AND thread = ? AND state = 'queued'`
        const ready = connection.get(busy, tenant, item.thread) ? null : engine.now()
        connection.run(
          `UPDATE outbox SET state = 'queued', at = ?, not_before = ?, ready_at = ?, settled_at = NULL, reason = ? WHERE seq = ?`,
          ...[engine.now(), engine.now(), ready, reason, item.seq],
        )
        return 'done'
      })
    },

    async drop(partition, id, reason) {
      checkSize('the reason', [reason])
      return engine.write(() => {
        const item = left(partition, id)
        if (!item) return 'absent'
        const sql = `UPDATE outbox SET state = 'dropped', settled_at = ?, reason = ? WHERE seq = ?`
        connection.run(sql, engine.now(), reason, item.seq)
        return 'done'
      })
    },
  }
}
