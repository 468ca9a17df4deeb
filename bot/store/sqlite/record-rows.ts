import type { Change } from '../contract.js'
import type { Json } from '../json.js'
import type { StoreRecord } from '../contract.js'
import type { Connection } from './connection.js'

/** A row of `record`. */
export interface RecordRow {
  seq: number
  tenant: string
  kind: string
  partition: string
  id: string
  at: number
  data: string | null
}

/** The columns of a RecordRow. */
export const recordColumns = 'seq, tenant, kind, partition, id, at, data'

/** Most bytes of data on one page, whatever its limit: a page is held in memory more than once. */
const pageBytes = 4_000_000

/** The record in a row that has data. */
export function toRecord(row: RecordRow): StoreRecord {
  const { tenant, partition, kind, id, at, seq } = row
  return { tenant, partition, kind, id, etag: String(seq), at, data: JSON.parse(row.data ?? 'null') as Json }
}

/** What a row says in the change feed. */
export function toChange(row: RecordRow): Change {
  if (row.data !== null) return { op: 'put', record: toRecord(row) }
  const { partition, kind, id, at, seq } = row
  return { op: 'delete', key: { partition, kind, id }, etag: String(seq), at }
}

/** As many from the front as fit a page: at most `limit`, and by bytes, but always one. */
export function fitPage<T extends { bytes: number }>(found: T[], limit: number): T[] {
  let bytes = 0
  const end = found.findIndex((row, i) => i === limit || ((bytes += row.bytes) > pageBytes && i > 0))
  return end < 0 ? found : found.slice(0, end)
}

/** The rows of sequence numbers, in their order. */
export function rowsOf(connection: Connection, seqs: number[]): RecordRow[] {
  const rows = connection.all<RecordRow>(
    `SELECT ${recordColumns} FROM record WHERE seq IN (SELECT value FROM json_each(?))`,
    JSON.stringify(seqs),
  )
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return seqs.flatMap((seq) => bySeq.get(seq) ?? [])
}
