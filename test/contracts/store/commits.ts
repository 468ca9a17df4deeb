import { describe, expect, test } from '@jest/globals'
import type { Write } from '../../../bot/store/contract.js'
import { StoreBadInput, StoreConflict, StoreUnavailable } from '../../../bot/store/errors.js'
import { emptyHead } from '../../../bot/store/hash-chain.js'
import { limits } from '../../../bot/store/limits.js'
import type { Fresh } from './fixture.js'

const put = (id: string, data: number): Write => ({ op: 'put', kind: 'thing', id, data })
const key = (id: string) => ({ partition: 'p', kind: 'thing', id })

/** Records, etags, and commits that are whole or not at all. */
export function commits(fresh: Fresh): void {
  describe('commits', () => {
    test('a record is read as it was written, and survives a reopening', async () => {
      const { store, clock, reopen } = await fresh()
      const data = {
        text: 'a\u0000b "quoted" \ud800 😀',
        list: [1, null, true, -0.5, 1e300],
        nested: { '': {}, __proto__x: [] },
      }
      const [etag] = await store.forTenant('t').commit('p', [{ op: 'put', kind: 'thing', id: '1', data }])
      const expected = { tenant: 't', partition: 'p', kind: 'thing', id: '1', etag, at: clock.now(), data }
      expect(await store.forTenant('t').get(key('1'))).toEqual(expected)
      expect(await (await reopen()).forTenant('t').get(key('1'))).toEqual(expected)
    })

    test('the same id is another record in another partition and in another kind', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      await tenant.commit('p', [put('1', 1), { op: 'put', kind: 'other', id: '1', data: 2 }])
      await tenant.commit('q', [put('1', 3)])
      const found = [key('1'), { ...key('1'), kind: 'other' }, { ...key('1'), partition: 'q' }]
      expect(await Promise.all(found.map(async (k) => (await tenant.get(k))?.data))).toEqual([1, 2, 3])
    })

    test('ifMatch lets one of two writers through, ifAbsent one of two creators', async () => {
      const { store, client } = await fresh()
      const [one, two] = [store.forTenant('t'), (await client()).forTenant('t')]
      const created = await Promise.allSettled(
        [one, two].map((c, i) => c.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: i, ifAbsent: true }])),
      )
      expect(created.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const { etag } = (await two.get(key('1')))!
      const changed = await Promise.allSettled(
        [one, two].map((c, i) => c.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: i + 10, ifMatch: etag }])),
      )
      expect(changed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      const refused = changed.find((outcome) => outcome.status === 'rejected')
      expect(refused).toMatchObject({ reason: { reason: 'etag', message: expect.stringMatching(/thing\/1.*p/) } })
    })

    test('ten clients that count with ifMatch and try again lose no step', async () => {
      const { store, client } = await fresh()
      const clients = [store, await client()].map((s) => s.forTenant('t'))
      await clients[0]!.commit('p', [put('counter', 0)])
      const count = async (i: number): Promise<void> => {
        const tenant = clients[i % 2]!
        const { etag, data } = (await tenant.get(key('counter')))!
        const write: Write = { op: 'put', kind: 'thing', id: 'counter', data: Number(data) + 1, ifMatch: etag }
        await tenant.commit('p', [write]).catch((error: unknown) => {
          if (error instanceof StoreConflict) return count(i)
          throw error
        })
      }
      await Promise.all(Array.from({ length: 10 }, (_, i) => count(i)))
      expect((await clients[1]!.get(key('counter')))?.data).toBe(10)
    })

    test('an etag is never given twice for a key, not even after a deletion', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const etags = new Set<string>()
      for (let i = 0; i < 5; i += 1) {
        const [etag] = await tenant.commit('p', [put('1', 7)])
        etags.add(etag!)
        await tenant.commit('p', [{ op: 'delete', kind: 'thing', id: '1', ifMatch: etag! }])
        expect(await tenant.get(key('1'))).toBeUndefined()
      }
      expect(etags.size).toBe(5)
      const stale: Write = { op: 'put', kind: 'thing', id: '1', data: 8, ifMatch: [...etags][4]! }
      await expect(tenant.commit('p', [stale])).rejects.toThrow(StoreConflict)
      await tenant.commit('p', [{ op: 'put', kind: 'thing', id: '1', data: 9, ifAbsent: true }])
    })

    test('a deletion of what is not there is fine, unless it should be', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      await tenant.commit('p', [{ op: 'delete', kind: 'thing', id: 'none' }])
      const should: Write = { op: 'delete', kind: 'thing', id: 'none', ifMatch: '1' }
      await expect(tenant.commit('p', [should])).rejects.toThrow(StoreConflict)
    })

    test('one condition that does not hold leaves nothing of the commit', async () => {
      const { store, clock } = await fresh()
      const tenant = store.forTenant('t')
      await tenant.commit('p', [put('kept', 1)])
      const before = await tenant.changes()
      const all: Write[] = [
        put('kept', 2),
        { op: 'delete', kind: 'thing', id: 'kept2' },
        { op: 'enqueue', id: 'item', thread: 'thread', data: 1 },
        { op: 'set-timer', id: 'timer', due: clock.now(), data: 1 },
        { op: 'audit', stream: 'audit', data: 1 },
        { op: 'put', kind: 'thing', id: 'new', data: 1, ifMatch: 'never' },
      ]
      await expect(tenant.commit('p', all)).rejects.toThrow(StoreConflict)
      expect((await tenant.get(key('kept')))?.data).toBe(1)
      expect(await tenant.outbox.waiting('thread')).toEqual([])
      expect(await tenant.timers.due(10)).toEqual([])
      expect(await tenant.log.head('audit')).toEqual(emptyHead)
      expect((await tenant.changes(before.continuation)).changes).toEqual([])
      await tenant.commit('p', all.slice(0, 5))
      expect(await tenant.outbox.waiting('thread')).toHaveLength(1)
    })

    test('a refused commit takes nothing of those written beside it', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const outcomes = await Promise.allSettled(
        Array.from({ length: 30 }, (_, i) =>
          tenant.commit(`p${i}`, [
            put('a', i),
            { op: 'put', kind: 'thing', id: 'b', data: i, ...(i % 3 ? {} : { ifMatch: 'never' }) },
          ]),
        ),
      )
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10)
      const { records } = await tenant.query({ kind: 'thing', limit: 1000 })
      expect(records).toHaveLength(40)
    })

    test('too many writes, the same record twice, and contradictions are refused', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const many = Array.from({ length: limits.commitWrites + 1 }, (_, i) => put(String(i), i))
      await expect(tenant.commit('p', many)).rejects.toThrow(StoreBadInput)
      await expect(tenant.commit('p', [put('1', 1), { op: 'delete', kind: 'thing', id: '1' }])).rejects.toThrow(/twice/)
      const both: Write = { op: 'put', kind: 'thing', id: '1', data: 1, ifMatch: '1', ifAbsent: true }
      await expect(tenant.commit('p', [both])).rejects.toThrow(StoreBadInput)
      expect((await tenant.query({ kind: 'thing' })).records).toEqual([])
      await tenant.commit('p', many.slice(1))
    })

    test('closing finishes what was accepted; afterwards every call says that it is closed', async () => {
      const { store, reopen } = await fresh()
      const tenant = store.forTenant('t')
      const accepted = Array.from({ length: 50 }, (_, i) => tenant.commit(`p${i}`, [put('1', i)]))
      await store.close()
      await Promise.all(accepted)
      await expect(tenant.commit('p', [put('1', 1)])).rejects.toThrow(StoreUnavailable)
      await expect(tenant.get(key('1'))).rejects.toThrow(/closed/)
      await store.close()
      expect((await (await reopen()).forTenant('t').query({ kind: 'thing', limit: 1000 })).records).toHaveLength(50)
    })
  })
}
