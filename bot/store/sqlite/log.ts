import { StoreBadInput, StoreConflict } from '../errors.js'
import { checkName, checkSize, limits, wholeNumber } from '../limits.js'
import { type Json, jsonText } from '../json.js'
import type { Log, LogEntry } from '../streams.js'
import type { Engine } from './engine.js'
import { checkFence } from './leases.js'

interface LogRow {
  seq: number
  at: number
  data: string
}

interface PendingRow extends LogRow {
  partition: string
}

/** The append-only streams of a tenant. */
export function logOf(engine: Engine, tenant: string): Log {
  const { connection } = engine
  const lastOf = (stream: string): LogEntry | undefined => {
    const sql = 'SELECT seq, at, data FROM log WHERE tenant = ? AND stream = ? ORDER BY seq DESC LIMIT 1'
    const row = connection.get<LogRow>(sql, tenant, stream)
    return row && toEntry(stream, row)
  }
  const insert = (stream: string, seq: number, at: number, text: string) =>
    connection.run(
      'INSERT INTO log (tenant, stream, seq, at, data) VALUES (?, ?, ?, ?, ?)',
      tenant,
      stream,
      seq,
      at,
      text,
    )

  return {
    async append(stream, data, { expect, fence } = {}) {
      checkName('the stream', stream)
      if (data.length > limits.batchItems)
        throw new StoreBadInput(`a log batch has at most ${limits.batchItems} entries: split it`)
      const texts = data.map((entry) => jsonText(entry, `the entry for ${stream}`))
      const bytes = checkSize(`the batch for ${stream}`, texts)
      return engine.write(() => {
        if (fence) checkFence(connection, fence)
        const head = lastOf(stream)?.seq ?? 0
        if (expect !== undefined && expect !== head)
          throw new StoreConflict(
            'sequence',
            `stream ${stream}`,
            `ends with ${head}, not ${expect}: read on and decide anew`,
          )
        texts.forEach((text, i) => insert(stream, head + 1 + i, engine.now(), text))
        return head + texts.length
      }, bytes)
    },

    async gather(stream, link, { limit, fence } = {}) {
      checkName('the stream', stream)
      const most = wholeNumber('limit', limit, [1, 1000], 100)
      const sql = 'SELECT seq, at, partition, data FROM pending WHERE tenant = ? AND stream = ? ORDER BY seq LIMIT ?'
      const pending = (count: number) => connection.all<PendingRow>(sql, tenant, stream, count)
      if ((await engine.read(() => pending(1))).length === 0) return 0
      return engine.write(() => {
        if (fence) checkFence(connection, fence)
        let previous = lastOf(stream)
        const rows = pending(most)
        for (const { seq, at, partition, data } of rows) {
          const linked = link({ partition, at, data: JSON.parse(data) as Json }, previous)
          const text = jsonText(linked, `the entry for ${stream}`)
          checkSize(`the entry for ${stream}`, [text])
          previous = { stream, seq: (previous?.seq ?? 0) + 1, at, data: linked }
          insert(stream, previous.seq, at, text)
          connection.run('DELETE FROM pending WHERE seq = ?', seq)
        }
        return rows.length
      })
    },

    async read(stream, { from, limit } = {}) {
      checkName('the stream', stream)
      const least = wholeNumber('from', from, [1, Number.MAX_SAFE_INTEGER], 1)
      const most = wholeNumber('limit', limit, [1, 1000], 100)
      const sql = 'SELECT seq, at, data FROM log WHERE tenant = ? AND stream = ? AND seq >= ? ORDER BY seq LIMIT ?'
      return engine.read(() =>
        connection.all<LogRow>(sql, tenant, stream, least, most).map((row) => toEntry(stream, row)),
      )
    },

    async head(stream) {
      checkName('the stream', stream)
      return engine.read(() => lastOf(stream)?.seq ?? 0)
    },
  }
}

const toEntry = (stream: string, { seq, at, data }: LogRow): LogEntry => ({
  stream,
  seq,
  at,
  data: JSON.parse(data) as Json,
})
