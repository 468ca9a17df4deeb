import { StoreConflict } from '../errors.js'
import { checkName, checkSize, moment } from '../limits.js'
import type { Write } from '../contract.js'
import { type Json, jsonText } from '../json.js'
import type { Outbox, OutboxItem, Settlement } from '../queues.js'
import { checkClaim } from '../check-claim.js'
import type { Connection } from './connection.js'
import type { Engine } from './engine.js'
import { outboxForPeople } from './outbox-for-people.js'
import { outboxColumns, toEntry, type OutboxRow } from './outbox-rows.js'
import type { Place } from './place.js'

/** Adds an item to its thread's line within a commit. Only the first of a line has a `ready_at`. */
export function enqueue(place: Place, write: Extract<Write, { op: 'enqueue' }>, text: string): undefined {
  const { connection, tenant, partition, now } = place
  const notBefore = write.notBefore ?? now
  const there = connection.get(
    'SELECT 1 AS there FROM outbox WHERE tenant = ? AND partition = ? AND id = ?',
    tenant,
    partition,
    write.id,
  )
  if (there)
    throw new StoreConflict('exists', `outbox item ${write.id} in partition ${partition}`, 'was enqueued before')
  if (write.coalesce !== undefined && takePlace(place, write, write.coalesce, text)) return
  const first = !connection.get(
    `SELECT 1 AS there FROM outbox WHERE tenant = ? AND thread = ? AND state = 'queued'`,
    tenant,
    write.thread,
  )
  connection.run(
    `INSERT INTO outbox (tenant, partition, id, thread, at, state, not_before, ready_at, coalesce_key, data)
      VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?)`,
    ...[
      tenant,
      partition,
      write.id,
      write.thread,
      now,
      notBefore,
      first ? notBefore : null,
      write.coalesce ?? null,
      text,
    ],
  )
}

/** Puts an item in the place of one with the same key that was never claimed. @returns whether there was one */
function takePlace(place: Place, write: { id: string; thread: string }, key: string, text: string): boolean {
  const { changes } = place.connection.run(
    `UPDATE outbox SET id = ?, data = ?
      WHERE tenant = ? AND thread = ? AND state = 'queued' AND attempts = 0 AND partition = ? AND coalesce_key = ?`,
    ...[write.id, text, place.tenant, write.thread, place.partition, key],
  )
  return changes > 0
}

/** The outbox of a tenant. */
export function outboxOf(engine: Engine, tenant: string): Outbox {
  const { connection } = engine
  const ready = (limit: number) =>
    connection.all<OutboxRow>(
      `SELECT ${outboxColumns} FROM outbox WHERE tenant = ? AND ready_at <= ? ORDER BY ready_at, seq LIMIT ?`,
      ...[tenant, engine.now(), limit],
    )
  return {
    async claim(options) {
      checkClaim(options)
      if ((await engine.read(() => ready(1))).length === 0) return []
      return engine.write(() =>
        ready(options.limit).map(({ seq, partition, id, thread, at, attempts, data }): OutboxItem => {
          const claim = engine.id()
          connection.run(
            'UPDATE outbox SET ready_at = ?, claim = ?, worker = ?, attempts = attempts + 1 WHERE seq = ?',
            ...[engine.now() + options.leaseMs, claim, options.worker, seq],
          )
          return { partition, id, thread, at, data: JSON.parse(data) as Json, attempts: attempts + 1, claim }
        }),
      )
    },

    async settle(item, settlement) {
      if (settlement.state === 'retry') moment('notBefore', settlement.notBefore)
      const result =
        'result' in settlement && settlement.result !== undefined
          ? jsonText(settlement.result, `the result of ${item.id}`)
          : null
      checkSize('the result', [result ?? ''])
      return engine.write(() => {
        const sql = `SELECT seq FROM outbox WHERE tenant = ? AND partition = ? AND id = ? AND state = 'queued' AND claim = ?`
        const row = connection.get<{ seq: number }>(sql, tenant, item.partition, item.id, item.claim)
        if (!row)
          throw new StoreConflict(
            'claim',
            `outbox item ${item.id} in partition ${item.partition}`,
            'is not in the hands of this worker any more',
          )
        settleRow(connection, row.seq, settlement, result, engine.now())
        if (settlement.state !== 'retry') letNextGo(connection, tenant, item.thread)
      })
    },

    async get(partition, id) {
      const sql = `SELECT ${outboxColumns} FROM outbox WHERE tenant = ? AND partition = ? AND id = ?`
      const row = await engine.read(() => connection.get<OutboxRow>(sql, tenant, partition, id))
      return row && toEntry(row)
    },

    async waiting(thread) {
      checkName('the thread', thread)
      const sql = `SELECT ${outboxColumns} FROM outbox WHERE tenant = ? AND thread = ? AND state = 'queued' ORDER BY seq LIMIT 100`
      return engine.read(() => connection.all<OutboxRow>(sql, tenant, thread).map(toEntry))
    },
    ...outboxForPeople(engine, tenant),
  }
}

function settleRow(
  connection: Connection,
  seq: number,
  settlement: Settlement,
  result: string | null,
  now: number,
): void {
  const reason = 'reason' in settlement ? settlement.reason : null
  if (settlement.state === 'retry')
    connection.run(
      'UPDATE outbox SET ready_at = ?, claim = NULL, worker = NULL, reason = ? WHERE seq = ?',
      settlement.notBefore,
      reason,
      seq,
    )
  else
    connection.run(
      'UPDATE outbox SET state = ?, ready_at = NULL, settled_at = ?, claim = NULL, worker = NULL, reason = ?, result = ? WHERE seq = ?',
      ...[settlement.state, now, reason, result, seq],
    )
}

function letNextGo(connection: Connection, tenant: string, thread: string): void {
  connection.run(
    `UPDATE outbox SET ready_at = not_before
      WHERE seq = (SELECT min(seq) FROM outbox WHERE tenant = ? AND thread = ? AND state = 'queued')`,
    ...[tenant, thread],
  )
}
