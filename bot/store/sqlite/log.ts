import { StoreBadInput, StoreConflict } from '../errors.js'
import { emptyHead, hashEntry } from '../hash-chain.js'
import { checkName, checkSize, limits, wholeNumber } from '../limits.js'
import { canonicalJsonText, type Json } from '../json.js'
import type { Log, LogEntry, LogHead } from '../streams.js'
import type { Engine } from './engine.js'
import { checkFence } from './leases.js'
import type { Place } from './place.js'

/** A row of `log`; its data is the canonical text that was hashed. */
interface LogRow {
  seq: number
  at: number
  previous: string
  hash: string
  data: string
}

type LogPlace = Pick<Place, 'connection' | 'tenant' | 'now'>

/**
 * Adds entries to the end of a stream. It must run in a job of the group commit: there the write lock is held, so that nobody else
 * advances the head between its reading and the entries.
 * @param texts canonical JSON
 */
export function appendEntries(place: LogPlace, stream: string, texts: readonly string[]): LogHead {
  return texts.reduce((head, text) => appendEntry(place, stream, head, text), headOf(place, stream))
}

function appendEntry({ connection, tenant, now }: LogPlace, stream: string, head: LogHead, text: string): LogHead {
  const [seq, previous] = [head.seq + 1, head.hash]
  const hash = hashEntry({ previous, tenant, stream, seq, at: now }, text)
  connection.run(
    'INSERT INTO log (tenant, stream, seq, at, previous, hash, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ...[tenant, stream, seq, now, previous, hash, text],
  )
  return { seq, hash }
}

function headOf({ connection, tenant }: Pick<Place, 'connection' | 'tenant'>, stream: string): LogHead {
  const sql = 'SELECT seq, hash FROM log WHERE tenant = ? AND stream = ? ORDER BY seq DESC LIMIT 1'
  const row = connection.get<LogHead>(sql, tenant, stream)
  return row ? { seq: row.seq, hash: row.hash } : emptyHead // libsql adds a property of its own to a row
}

/** The append-only streams of a tenant. */
export function logOf(engine: Engine, tenant: string): Log {
  const { connection } = engine
  return {
    async append(stream, data, { expect, fence } = {}) {
      checkName('the stream', stream)
      if (data.length > limits.batchItems)
        throw new StoreBadInput(`a log batch has at most ${limits.batchItems} entries: split it`)
      const texts = data.map((entry) => canonicalJsonText(entry, `the entry for ${stream}`))
      const bytes = checkSize(`the batch for ${stream}`, texts)
      return engine.write(() => {
        if (fence) checkFence(connection, fence)
        const place = { connection, tenant, now: engine.now() }
        if (expect !== undefined) expectHead(headOf(place, stream).seq, expect, stream)
        return appendEntries(place, stream, texts)
      }, bytes)
    },

    async read(stream, { from, limit } = {}) {
      checkName('the stream', stream)
      const least = wholeNumber('from', from, [1, Number.MAX_SAFE_INTEGER], 1)
      const most = wholeNumber('limit', limit, [1, 1000], 100)
      const sql =
        'SELECT seq, at, previous, hash, data FROM log WHERE tenant = ? AND stream = ? AND seq >= ? ORDER BY seq LIMIT ?'
      return engine.read(() =>
        connection.all<LogRow>(sql, tenant, stream, least, most).map((row) => toEntry(stream, row)),
      )
    },

    async head(stream) {
      checkName('the stream', stream)
      return engine.read(() => headOf({ connection, tenant }, stream))
    },
  }
}

function expectHead(found: number, expected: number, stream: string): void {
  if (found === expected) return
  throw new StoreConflict(
    'sequence',
    `stream ${stream}`,
    `ends with ${found}, not ${expected}: read on and decide anew`,
  )
}

const toEntry = (stream: string, { seq, at, previous, hash, data }: LogRow): LogEntry => ({
  stream,
  seq,
  at,
  data: JSON.parse(data) as Json,
  previous,
  hash,
})
