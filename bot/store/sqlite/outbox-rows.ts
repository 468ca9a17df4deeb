import type { Json } from '../json.js'
import type { OutboxEntry, OutboxState } from '../queues.js'

/** A row of the outbox as it is read. */
export interface OutboxRow {
  seq: number
  partition: string
  id: string
  thread: string
  at: number
  state: OutboxState
  attempts: number
  reason: string | null
  result: string | null
  data: string
}

/** What is read of a row. */
export const outboxColumns = 'seq, partition, id, thread, at, state, attempts, reason, result, data'

/** A row as it is told of. */
export function toEntry(row: OutboxRow): OutboxEntry {
  const { partition, id, thread, at, attempts, state } = row
  const entry: OutboxEntry = { partition, id, thread, at, attempts, state, data: JSON.parse(row.data) as Json }
  if (row.reason !== null) entry.reason = row.reason
  if (row.result !== null) entry.result = JSON.parse(row.result) as Json
  return entry
}
