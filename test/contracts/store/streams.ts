import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import type { Write } from '../../../bot/store/contract.js'
import { StoreBadInput, StoreConflict } from '../../../bot/store/errors.js'
import { emptyHead, findBreak } from '../../../bot/store/hash-chain.js'
import type { Json } from '../../../bot/store/json.js'
import type { LogEntry } from '../../../bot/store/streams.js'
import type { Fresh } from './fixture.js'

/** The log and the series. */
export function streams(fresh: Fresh): void {
  describe('log', () => {
    test('numbers are 1, 2, 3 … with many appending at once, and survive a reopening', async () => {
      const { store, client, reopen } = await fresh()
      const logs = [store.forTenant('t').log, (await client()).forTenant('t').log]
      await Promise.all(Array.from({ length: 40 }, (_, i) => logs[i % 2]!.append(i % 4 ? 'audit' : 'other', [i, i])))
      const { log } = (await reopen()).forTenant('t')
      const entries = await log.read('audit')
      expect(await log.head('audit')).toEqual({ seq: 60, hash: entries.at(-1)!.hash })
      expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
      expect(await log.read('audit', { from: 59, limit: 5 })).toEqual(entries.slice(58))
      expect([await log.head('none'), await log.read('none')]).toEqual([emptyHead, []])
    })

    test('expect refuses an entry after one the writer does not know', async () => {
      const { log } = (await fresh()).store.forTenant('t')
      expect(await log.append('audit', ['a'], { expect: 0 })).toMatchObject({ seq: 1 })
      await expect(log.append('audit', ['b'], { expect: 0 })).rejects.toThrow(StoreConflict)
      expect(await log.append('audit', ['b'], { expect: 1 })).toMatchObject({ seq: 2 })
    })

    test('what is hashed is what the documentation says, and can be computed without Nexus', async () => {
      const { store, clock } = await fresh()
      const { log } = store.forTenant('contoso "eu"')
      const data = {
        b: [1, -0, 1e21, null],
        a: { é: 'x\n\u2028', 10: true, 9: false },
        gone: undefined,
      } as unknown as Json
      await log.append('audit', ['first', data])
      const [first, second] = await log.read('audit')
      const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
      const at = clock.now()
      const zeros = '0'.repeat(64)
      expect(first).toEqual({
        ...{ stream: 'audit', seq: 1, at, data: 'first', previous: zeros },
        hash: sha256(`["${zeros}","contoso \\"eu\\"","audit",1,${at},"first"]`),
      })
      const canonical = '{"a":{"10":true,"9":false,"é":"x\\n\u2028"},"b":[1,0,1e+21,null]}'
      expect(second).toMatchObject({
        previous: first!.hash,
        hash: sha256(`["${first!.hash}","contoso \\"eu\\"","audit",2,${at},${canonical}]`),
      })
      expect(second!.data).toEqual({ b: [1, 0, 1e21, null], a: { é: 'x\n\u2028', 10: true, 9: false } })
    })

    test('commits and appends of two clients at once make one chain, in order within a partition', async () => {
      const { store, client } = await fresh()
      const clients = [store.forTenant('t'), (await client()).forTenant('t')]
      for (let n = 0; n < 10; n += 1)
        await Promise.all([
          ...['p', 'q', 'r'].map((partition, i) =>
            clients[i % 2]!.commit(partition, [
              { op: 'audit', stream: 'audit', data: `${partition}${n}` },
              { op: 'put', kind: 'thing', id: 'x', data: n },
              { op: 'audit', stream: 'audit', data: `${partition}${n}+` },
              { op: 'audit', stream: 'other', data: n },
            ]),
          ),
          clients[n % 2]!.log.append('audit', [`s${n}`, `s${n}+`]),
        ])
      const entries = await clients[1]!.log.read('audit')
      expect(findBreak('t', 'audit', entries)).toBeUndefined()
      expect(findBreak('t', 'other', await clients[0]!.log.read('other'))).toBeUndefined()
      expect(await clients[0]!.log.head('audit')).toEqual({ seq: 80, hash: entries[79]!.hash })
      for (const partition of ['p', 'q', 'r', 's'])
        expect(entries.map(({ data }) => String(data)).filter((text) => text.startsWith(partition))).toEqual(
          Array.from({ length: 10 }, (_, n) => [`${partition}${n}`, `${partition}${n}+`]).flat(),
        )
    })

    test('a refused commit leaves no link, and a commit without conditions that is repeated leaves two', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const audit = { op: 'audit', stream: 'audit', data: 'run' } as const
      const refused: Write = { op: 'put', kind: 'thing', id: '1', data: 1, ifMatch: 'never' }
      const outcomes = await Promise.allSettled([
        tenant.commit('p', [audit]),
        tenant.commit('q', [audit, refused]),
        tenant.commit('r', [audit]),
      ])
      expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
      const entries = await tenant.log.read('audit')
      expect(entries.map(({ seq }) => seq)).toEqual([1, 2])
      expect(findBreak('t', 'audit', entries)).toBeUndefined()
    })

    test('a chain shows an edit, a gap, a reordering, and an entry of another stream or tenant', async () => {
      const { log } = (await fresh()).store.forTenant('t')
      await log.append('audit', ['a', { b: 1 }, 'c', 'd'])
      const entries = await log.read('audit')
      const [a, b, c, d] = entries as [LogEntry, LogEntry, LogEntry, LogEntry]
      expect(findBreak('t', 'audit', entries)).toBeUndefined()
      expect(findBreak('t', 'audit', [c, d], b)).toBeUndefined()
      expect(findBreak('t', 'audit', [a, { ...b, data: { b: 2 } }, c])).toMatchObject({ seq: 2 })
      expect(findBreak('t', 'audit', [a, { ...b, at: b.at + 1 }, c])).toMatchObject({ seq: 2 })
      expect(findBreak('t', 'audit', [a, c, d])).toEqual({ seq: 2, reason: 'entry 3 stands where 2 should' })
      expect(findBreak('t', 'audit', [a, { ...c, seq: 2 }, { ...b, seq: 3 }])).toMatchObject({ seq: 2 })
      expect(findBreak('t', 'audit', [b], undefined)).toMatchObject({ seq: 1 })
      expect(findBreak('t', 'other', entries)).toMatchObject({ seq: 1 })
      expect(findBreak('u', 'audit', entries)).toMatchObject({ seq: 1 })
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
