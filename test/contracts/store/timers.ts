import { describe, expect, test } from '@jest/globals'
import { StoreConflict } from '../../../bot/store/errors.js'
import type { Fresh } from './fixture.js'

const claim = { limit: 10, leaseMs: 1000, worker: 'w' }

/** Moments to act at. */
export function timers(fresh: Fresh): void {
  describe('timers', () => {
    test('they fire when they are due, the earliest first, and can be moved and cleared', async () => {
      const { store, clock, reopen } = await fresh()
      const now = clock.now()
      const before = store.forTenant('t')
      await before.commit('p', [
        { op: 'set-timer', id: 'late', due: now + 300, data: 3 },
        { op: 'set-timer', id: 'early', due: now + 100, data: 1 },
        { op: 'set-timer', id: 'moved', due: now + 50, data: 2 },
        { op: 'set-timer', id: 'cleared', due: now + 60, data: 4 },
      ])
      await before.commit('p', [
        { op: 'set-timer', id: 'moved', due: now + 200, data: 22 },
        { op: 'clear-timer', id: 'cleared' },
      ])
      const { timers: set } = (await reopen()).forTenant('t')
      expect(await set.next()).toBe(now + 100)
      expect(await set.claim(claim)).toEqual([])
      expect((await set.due(10, now + 250)).map(({ id }) => id)).toEqual(['early', 'moved'])
      clock.advance(250)
      const fired = await set.claim(claim)
      expect(fired).toMatchObject([
        { partition: 'p', id: 'early', due: now + 100, data: 1, attempts: 1 },
        { partition: 'p', id: 'moved', due: now + 200, data: 22, attempts: 1 },
      ])
      expect(await set.claim(claim)).toEqual([])
      expect([await set.done(fired[0]!), await set.done(fired[0]!)]).toEqual([true, false])
      expect(await set.next()).toBe(now + 300)
    })

    test('the same timer set twice, or by two clients at once, fires once', async () => {
      const { store, client, clock } = await fresh()
      const clients = [store.forTenant('t'), (await client()).forTenant('t')]
      const set = { op: 'set-timer', id: 'digest', due: clock.now(), data: 'dana' } as const
      await Promise.all([...clients, ...clients].map((tenant) => tenant.commit('p', [set])))
      const [fired, ...others] = await clients[0]!.timers.claim(claim)
      expect(others).toEqual([])
      expect(await clients[1]!.timers.done(fired!)).toBe(true)
      expect(await clients[1]!.timers.next()).toBeUndefined()
    })

    test('two clients that claim at once share what is due; what one had and lost, the other gets', async () => {
      const { store, client, clock } = await fresh()
      const [one, two] = [store.forTenant('t').timers, (await client()).forTenant('t').timers]
      const ids = Array.from({ length: 20 }, (_, i) => `timer ${i}`)
      await store.forTenant('t').commit(
        'p',
        ids.map((id) => ({ op: 'set-timer', id, due: clock.now(), data: id })),
      )
      const [mine, theirs] = await Promise.all([one.claim(claim), two.claim(claim)])
      expect([...mine, ...theirs].map(({ id }) => id).sort()).toEqual([...ids].sort())
      for (const timer of mine) expect(await one.done(timer)).toBe(true)
      clock.advance(1000)
      const again = [...(await one.claim(claim)), ...(await one.claim(claim))]
      expect(again.map(({ id, attempts }) => [id, attempts])).toEqual(theirs.map(({ id }) => [id, 2]))
      for (const timer of theirs) expect(await two.done(timer)).toBe(false)
    })

    test('its effects and its end are one commit: of two workers one acts', async () => {
      const { store, client, clock } = await fresh()
      const [one, two] = [store.forTenant('t'), (await client()).forTenant('t')]
      await one.commit('p', [{ op: 'set-timer', id: 'digest', due: clock.now(), data: 'dana' }])
      const [first] = await one.timers.claim(claim)
      clock.advance(1000)
      const [second] = await two.timers.claim(claim)
      expect(second).toMatchObject({ attempts: 2 })
      const act = (claimed: string) =>
        one.commit('p', [
          { op: 'clear-timer', id: 'digest', claim: claimed },
          { op: 'audit', stream: 'audit', data: 'sent' },
        ])
      await expect(act(first!.claim)).rejects.toThrow(StoreConflict)
      await act(second!.claim)
      await expect(act(second!.claim)).rejects.toThrow(StoreConflict)
      expect(await one.log.head('audit')).toMatchObject({ seq: 1 })
      expect(await one.timers.next()).toBeUndefined()
    })

    test('its effects and its next moment are one commit, which only the holder of the claim can make', async () => {
      const { store, client, clock } = await fresh()
      const [one, two] = [store.forTenant('t'), (await client()).forTenant('t')]
      await one.commit('p', [{ op: 'set-timer', id: 'digest', due: clock.now(), data: 'today' }])
      const [first] = await one.timers.claim(claim)
      clock.advance(1000)
      const [second] = await two.timers.claim(claim)
      const due = clock.now() + 500
      const act = (claimed: string) =>
        one.commit('p', [
          { op: 'set-timer', id: 'digest', due, data: 'tomorrow', claim: claimed },
          { op: 'audit', stream: 'audit', data: 'sent' },
        ])
      await expect(act(first!.claim)).rejects.toThrow(StoreConflict)
      await act(second!.claim)
      await expect(act(second!.claim)).rejects.toThrow(StoreConflict)
      expect(await one.log.read('audit')).toMatchObject([{ data: 'sent' }])
      expect(await one.timers.next()).toBe(due)
      clock.advance(500)
      expect(await one.timers.claim(claim)).toMatchObject([{ id: 'digest', data: 'tomorrow', attempts: 1 }])
    })

    test('a timer that its own worker sets anew stays, and the same id in another partition is another timer', async () => {
      const { store, clock } = await fresh()
      const tenant = store.forTenant('t')
      for (const partition of ['p', 'q'])
        await tenant.commit(partition, [{ op: 'set-timer', id: 'x', due: clock.now(), data: partition }])
      const fired = await tenant.timers.claim(claim)
      expect(fired.map(({ data }) => data).sort()).toEqual(['p', 'q'])
      await tenant.commit('p', [{ op: 'set-timer', id: 'x', due: clock.now() + 500, data: 'again' }])
      expect(await Promise.all(fired.map(async (timer) => [timer.partition, await tenant.timers.done(timer)]))).toEqual(
        fired.map((timer) => [timer.partition, timer.partition === 'q']),
      )
      clock.advance(500)
      expect(await tenant.timers.claim(claim)).toMatchObject([{ partition: 'p', data: 'again', attempts: 1 }])
    })
  })
}
