import { StoreBadInput, StoreConflict } from '../errors.js'
import { emptyHead } from '../hash-chain.js'
import { checkName, checkSize, limits, wholeNumber } from '../limits.js'
import { canonicalJsonText, type Json } from '../json.js'
import type { Log, LogEntry } from '../streams.js'
import { chain, chainWaiting, streamKey } from './chain.js'
import type { SegmentDocument, StreamHeadDocument } from './documents.js'
import type { Engine } from './engine.js'
import { ordered } from './order.js'

/** The append-only streams of a tenant. Reading first chains what a crash may have left. */
export function logOf(engine: Engine, tenant: string): Log {
  const { connection } = engine
  return {
    async append(stream, data, { expect, fence } = {}) {
      checkName('the stream', stream)
      if (data.length > limits.batchItems)
        throw new StoreBadInput(`a log batch has at most ${limits.batchItems} entries: split it`)
      const texts = data.map((entry) => canonicalJsonText(entry, `the entry for ${stream}`))
      checkSize(`the batch for ${stream}`, texts)
      const at = engine.now()
      const entries = texts.map((text) => ({ at, data: JSON.parse(text) as Json }))
      return chain(engine, tenant, stream, entries, {
        ...(fence && { fence }),
        check: ({ seq }) => {
          if (expect === undefined || expect === seq) return
          throw new StoreConflict(
            'sequence',
            `stream ${stream}`,
            `ends with ${seq}, not ${expect}: read on and decide anew`,
          )
        },
      })
    },

    async read(stream, { from, limit } = {}) {
      checkName('the stream', stream)
      const least = wholeNumber('from', from, [1, Number.MAX_SAFE_INTEGER], 1)
      const most = wholeNumber('limit', limit, [1, 1000], 100)
      await chainWaiting(engine, tenant)
      const entries: LogEntry[] = []
      for (let next = least; entries.length < most; next = entries.at(-1)!.seq + 1) {
        const found = await segments(engine, tenant, stream, next, most - entries.length)
        const fresh = found.flatMap((segment) => segment.entries).filter(({ seq }) => seq >= next)
        if (fresh.length === 0) break
        for (const entry of fresh) entries.push({ stream, ...entry })
      }
      return entries.slice(0, most)
    },

    async head(stream) {
      checkName('the stream', stream)
      await chainWaiting(engine, tenant)
      const head = await connection.read<StreamHeadDocument>('streams', streamKey(tenant, stream), 'head')
      return head ? { seq: head.seq, hash: head.hash } : emptyHead
    },
  }
}

/** Segments that end with a number or after it, in order, as many as an answer brings. */
function segments({ connection }: Engine, tenant: string, stream: string, from: number, limit: number) {
  return connection.find<SegmentDocument>('streams', {
    tenant,
    within: streamKey(tenant, stream)[1],
    where: [
      [['type'], '=', 'segment'],
      [['order'], '>=', ordered(from)],
    ],
    order: ['order'],
    limit,
    bytes: 0,
  })
}
