import { describe, expect, test } from '@jest/globals'
import type { Write } from '../../../bot/store/contract.js'
import { StoreConflict } from '../../../bot/store/errors.js'
import type { Json } from '../../../bot/store/json.js'
import type { Fresh } from './fixture.js'

const write = (data: Json): Write => ({ op: 'put', kind: 'thing', id: '1', data })

/** Leases, and the fences that make them safe. */
export function leases(fresh: Fresh): void {
  describe('leases', () => {
    test('of many who ask at once one gets it; it is free again when released or run out; fences only grow', async () => {
      const { store, client, clock, reopen } = await fresh()
      const clients = [store, await client()]
      const asked = await Promise.all(Array.from({ length: 10 }, (_, i) => clients[i % 2]!.lease('sync', 1000)))
      const [first, ...others] = asked.filter((lease) => lease !== undefined)
      expect(others).toEqual([])
      expect(first!.until).toBe(clock.now() + 1000)
      expect(await store.lease('another', 1000)).toBeDefined()
      await first!.release()
      const second = await clients[1]!.lease('sync', 1000)
      expect(second!.fence).toBeGreaterThan(first!.fence)
      clock.advance(999)
      expect(await store.lease('sync', 1000)).toBeUndefined()
      clock.advance(1)
      const third = await (await reopen()).lease('sync', 1000)
      expect(third!.fence).toBeGreaterThan(second!.fence)
    })

    test('a renewed lease goes on; one that another took cannot be renewed, nor released under the other', async () => {
      const { store, client, clock } = await fresh()
      const other = await client()
      const lease = (await store.lease('sync', 1000))!
      clock.advance(900)
      await lease.renew()
      expect(lease.until).toBe(clock.now() + 1000)
      clock.advance(900)
      expect(await other.lease('sync', 1000)).toBeUndefined()
      clock.advance(100)
      expect(await other.lease('sync', 1000)).toBeDefined()
      await expect(lease.renew()).rejects.toThrow(StoreConflict)
      await lease.release()
      expect(await store.lease('sync', 1000)).toBeUndefined()
    })

    test('a holder that slept too long cannot write once the new one has', async () => {
      const { store, client, clock } = await fresh()
      const [mine, theirs] = [store.forTenant('t'), (await client()).forTenant('t')]
      const old = (await store.lease('correlate', 1000))!
      await mine.commit('p', [write(1)], { fence: old })
      await mine.log.append('audit', [1], { fence: old })
      clock.advance(1000)
      const fence = (await (await client()).lease('correlate', 1000))!
      await theirs.commit('p', [], { fence })
      await theirs.log.append('audit', [2], { fence })
      await expect(mine.commit('p', [write('stale')], { fence: old })).rejects.toThrow(StoreConflict)
      await expect(mine.log.append('audit', [3], { fence: old })).rejects.toThrow(StoreConflict)
      const audit: Write = { op: 'audit', stream: 'audit', data: 3 }
      await expect(mine.commit('p', [audit], { fence: old })).rejects.toThrow(StoreConflict)
      expect(await theirs.log.head('audit')).toMatchObject({ seq: 2 })
      expect((await mine.get({ partition: 'p', kind: 'thing', id: '1' }))?.data).toBe(1)
      await theirs.commit('p', [write(2)], { fence })
    })
  })
}
