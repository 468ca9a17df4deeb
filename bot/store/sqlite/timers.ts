import { StoreConflict } from '../errors.js'
import { moment, wholeNumber } from '../limits.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'
import type { FiredTimer, Timer, Timers } from '../queues.js'
import { checkClaim } from '../check-claim.js'
import type { Engine } from './engine.js'
import type { Place } from './place.js'

interface TimerRow {
  partition: string
  id: string
  due: number
  attempts: number
  data: string
}

const toTimer = ({ partition, id, due, data }: TimerRow): Timer => ({
  partition,
  id,
  due,
  data: JSON.parse(data) as Json,
})

/** Sets a timer within a commit, if the claim (where there is one) still holds; a timer of that id is replaced, its claim with it. */
export function setTimer(place: Place, write: Extract<Write, { op: 'set-timer' }>, text: string): undefined {
  if (write.claim !== undefined) clearTimer(place, { op: 'clear-timer', id: write.id, claim: write.claim })
  place.connection.run(
    'REPLACE INTO timer (tenant, partition, id, due, ready_at, data) VALUES (?, ?, ?, ?, ?, ?)',
    ...[place.tenant, place.partition, write.id, write.due, write.due, text],
  )
}

/** Clears a timer within a commit, if the claim (where there is one) still holds. */
export function clearTimer(place: Place, write: Extract<Write, { op: 'clear-timer' }>): undefined {
  const key = [place.tenant, place.partition, write.id] as const
  if (write.claim === undefined) {
    place.connection.run('DELETE FROM timer WHERE tenant = ? AND partition = ? AND id = ?', ...key)
    return
  }
  const sql = 'DELETE FROM timer WHERE tenant = ? AND partition = ? AND id = ? AND claim = ?'
  if (place.connection.run(sql, ...key, write.claim).changes === 0)
    throw new StoreConflict(
      'claim',
      `timer ${write.id} in partition ${place.partition}`,
      'was set anew, cleared or claimed by another',
    )
}

/** The timers of a tenant. */
export function timersOf(engine: Engine, tenant: string): Timers {
  const { connection } = engine
  const ready = (now: number, limit: number) =>
    connection.all<TimerRow>(
      'SELECT partition, id, due, attempts, data FROM timer WHERE tenant = ? AND ready_at <= ? ORDER BY ready_at, partition, id LIMIT ?',
      ...[tenant, now, limit],
    )
  return {
    async due(limit, now = engine.now()) {
      wholeNumber('limit', limit, [1, 1000])
      moment('now', now)
      return engine.read(() => ready(now, limit).map(toTimer))
    },
    async next() {
      const sql = 'SELECT min(ready_at) AS next FROM timer WHERE tenant = ?'
      return engine.read(() => connection.get<{ next: number | null }>(sql, tenant)?.next ?? undefined)
    },
    async claim(options) {
      checkClaim(options)
      if ((await engine.read(() => ready(engine.now(), 1))).length === 0) return []
      return engine.write(() => {
        const now = engine.now()
        return ready(now, options.limit).map((row): FiredTimer => {
          const claim = engine.id()
          connection.run(
            'UPDATE timer SET ready_at = ?, claim = ?, worker = ?, attempts = attempts + 1 WHERE tenant = ? AND partition = ? AND id = ?',
            ...[now + options.leaseMs, claim, options.worker, tenant, row.partition, row.id],
          )
          return { ...toTimer(row), attempts: row.attempts + 1, claim }
        })
      })
    },
    async done({ partition, id, claim }) {
      const sql = 'DELETE FROM timer WHERE tenant = ? AND partition = ? AND id = ? AND claim = ?'
      return engine.write(() => connection.run(sql, tenant, partition, id, claim).changes === 1)
    },
  }
}
