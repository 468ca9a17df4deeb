import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { StoreBadInput, StoreConflict } from '../../../bot/store/errors.js'
import type { Link, LogEntry } from '../../../bot/store/streams.js'
import type { Fresh } from './fixture.js'

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex')

/** A hash chain as the audit log has one. */
const chained: Link = ({ data }, previous) => ({ data, chain: hash([data, previous ? previous.data : null]) })

function isChain(entries: LogEntry[]): boolean {
  return entries.every(({ data }, i) => {
    const { data: body, chain } = data as { data: unknown; chain: string }
    return chain === hash([body, entries[i - 1]?.data ?? null])
  })
}

/** The log and the series. */
export function streams(fresh: Fresh): void {
  describe('log', () => {
    test('numbers are 1, 2, 3 … with many appending at once, and survive a reopening', async () => {
      const { store, client, reopen } = await fresh()
      const logs = [store.forTenant('t').log, (await client()).forTenant('t').log]
      await Promise.all(Array.from({ length: 40 }, (_, i) => logs[i % 2]!.append(i % 4 ? 'audit' : 'other', [i, i])))
      const { log } = (await reopen()).forTenant('t')
      expect(await log.head('audit')).toBe(60)
      const entries = await log.read('audit')
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
      expect(await log.read('audit', { from: 59, limit: 5 })).toEqual(entries.slice(58))
      expect([await log.head('none'), await log.read('none')]).toEqual([0, []])
    })

    test('expect refuses an entry after one the writer does not know', async () => {
      const { log } = (await fresh()).store.forTenant('t')
      expect(await log.append('audit', ['a'], { expect: 0 })).toBe(1)
      await expect(log.append('audit', ['b'], { expect: 0 })).rejects.toThrow(StoreConflict)
      expect(await log.append('audit', ['b'], { expect: 1 })).toBe(2)
    })

    test('what commits leave is gathered once, in order within a partition, into one chain', async () => {
      const { store, client } = await fresh()
      const clients = [store.forTenant('t'), (await client()).forTenant('t')]
      for (let n = 0; n < 10; n += 1)
        await Promise.all(
          ['p', 'q', 'r'].map((partition, i) =>
            clients[i % 2]!.commit(partition, [
              { op: 'audit', stream: 'audit', data: `${partition}${n}` },
              { op: 'audit', stream: 'audit', data: `${partition}${n}+` },
            ]),
          ),
        )
      const moved = await Promise.all(clients.map(({ log }) => log.gather('audit', chained, { limit: 25 })))
      let total = moved.reduce((sum, count) => sum + count, 0)
      while (total < 60) total += await clients[0]!.log.gather('audit', chained, { limit: 25 })
      expect(await clients[1]!.log.gather('audit', chained)).toBe(0)
      const entries = await clients[1]!.log.read('audit')
      expect(isChain(entries)).toBe(true)
      const texts = entries.map(({ data }) => (data as { data: string }).data)
      for (const partition of ['p', 'q', 'r'])
        expect(texts.filter((text) => text.startsWith(partition))).toEqual(
          Array.from({ length: 10 }, (_, n) => [`${partition}${n}`, `${partition}${n}+`]).flat(),
        )
    })
  })

  describe('series', () => {
    test('points in order, once each, by range and in buckets', async () => {
      const { series } = (await fresh()).store.forTenant('t')
      await series.add('cost', [
        { at: 2500, value: 4 },
        { at: 0, value: 1 },
        { at: 999, value: 2 },
        { at: 1000, value: -3.5 },
      ])
      await series.add('cost', [
        { at: 999, value: 2 },
        { at: 2500, value: 5 },
      ])
      await series.add('other', [{ at: 1, value: 99 }])
      expect(await series.range('cost', { from: 0, to: 2500 })).toEqual([
        { at: 0, value: 1 },
        { at: 999, value: 2 },
        { at: 1000, value: -3.5 },
      ])
      expect(await series.range('cost', { from: 999, to: 9999, limit: 1 })).toEqual([{ at: 999, value: 2 }])
      expect(await series.buckets('cost', { from: 0, to: 3000, everyMs: 1000 })).toEqual([
        { at: 0, count: 2, sum: 3, min: 1, max: 2 },
        { at: 1000, count: 1, sum: -3.5, min: -3.5, max: -3.5 },
        { at: 2000, count: 1, sum: 5, min: 5, max: 5 },
      ])
      expect(await series.drop('cost', 1000)).toBe(2)
      expect(await series.range('cost', { from: 0, to: 9999 })).toHaveLength(2)
    })

    test('nonsense is refused', async () => {
      const { series } = (await fresh()).store.forTenant('t')
      await expect(series.add('cost', [{ at: 1, value: NaN }])).rejects.toThrow(StoreBadInput)
      await expect(series.add('cost', [{ at: -1, value: 1 }])).rejects.toThrow(StoreBadInput)
      await expect(series.add('cost', [{ at: 1.5, value: 1 }])).rejects.toThrow(StoreBadInput)
      await expect(series.range('cost', { from: 2, to: 1 })).rejects.toThrow(StoreBadInput)
      await expect(series.buckets('cost', { from: 0, to: 1e9, everyMs: 1 })).rejects.toThrow(StoreBadInput)
    })
  })
}
