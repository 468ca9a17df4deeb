import { describe, expect, test } from '@jest/globals'
import type { TenantStore, Write } from '../../../bot/store/contract.js'
import { StoreConflict } from '../../../bot/store/errors.js'
import type { Fresh } from './fixture.js'

const claim = (limit = 10, worker = 'w') => ({ limit, leaseMs: 1000, worker })
const arrival = (id: string) => ({ source: 'github', id, data: { id } })
const enqueue = (id: string, thread: string, more: object = {}): Write => ({
  op: 'enqueue',
  id,
  thread,
  data: id,
  ...more,
})
const idsOf = (items: { id: string }[]) => items.map(({ id }) => id)

/** The inbox and the outbox. */
export function queues(fresh: Fresh): void {
  describe('inbox', () => {
    test('an item comes in once by source and id, in a batch, later, and from two clients at once', async () => {
      const { store, client } = await fresh()
      const [one, two] = [store.forTenant('t').inbox, (await client()).forTenant('t').inbox]
      expect(await one.append([arrival('1'), arrival('1'), { ...arrival('1'), source: 'pagerduty' }])).toEqual([
        'new',
        'known',
        'new',
      ])
      expect(await two.append([{ ...arrival('1'), data: 'another body' }])).toEqual(['known'])
      const answers = await Promise.all([one, two, one, two].map((inbox) => inbox.append([arrival('2')])))
      expect(answers.flat().sort()).toEqual(['known', 'known', 'known', 'new'])
      const items = await one.claim(claim())
      expect(idsOf(items)).toEqual(['1', '1', '2'])
      expect(items[0]).toMatchObject({ source: 'github', data: { id: '1' }, attempts: 1 })
      expect(await one.append([])).toEqual([])
    })

    test('without an id of the sender each delivery is an item of its own', async () => {
      const { inbox } = (await fresh()).store.forTenant('t')
      const anonymous = { source: 'grafana', data: 'same' }
      expect(await inbox.append([anonymous, arrival('1'), anonymous])).toEqual(['new', 'new', 'new'])
      expect(await inbox.append([anonymous, arrival('1')])).toEqual(['new', 'known'])
      const items = await inbox.claim(claim())
      expect(new Set(idsOf(items)).size).toBe(4)
      for (const item of items) await inbox.done(item)
    })

    test('an item is found by its source and id, and items are counted by their state, each tenant its own', async () => {
      const { store } = await fresh()
      const { inbox } = store.forTenant('t')
      await inbox.append(['1', '2', '3'].map(arrival))
      const items = await inbox.claim(claim(2))
      await inbox.done(items[0]!)
      await inbox.dead(items[1]!, 'no schema')
      expect(await inbox.get('github', '2')).toMatchObject({ state: 'dead', reason: 'no schema', data: { id: '2' } })
      expect([await inbox.get('github', '4'), await inbox.get('pagerduty', '2')]).toEqual([undefined, undefined])
      const counts = (['queued', 'done', 'dead'] as const).map((state) => inbox.count(state))
      expect(await Promise.all(counts)).toEqual([1, 1, 1])
      const other = store.forTenant('other').inbox
      expect([await other.get('github', '2'), await other.count('dead')]).toEqual([undefined, 0])
    })

    test('in a batch of any size what is known is left out, wherever it stands', async () => {
      const { inbox } = (await fresh()).store.forTenant('t')
      const ids = Array.from({ length: 137 }, (_, i) => String(i))
      const first = ids.filter((_, i) => i % 3 === 0)
      expect(await inbox.append(first.map(arrival))).toEqual(first.map(() => 'new'))
      const answers = await inbox.append([...ids, '1'].map(arrival))
      expect(answers).toEqual([...ids.map((_, i) => (i % 3 === 0 ? 'known' : 'new')), 'known'])
      for (let left = ids.length; left > 0; left -= 100)
        expect(await inbox.claim(claim(100))).toHaveLength(Math.min(left, 100))
    })

    test('a raw body of 300 KB comes back as it came, byte for byte', async () => {
      const { store, reopen } = await fresh()
      const body = '{"text": "é \\u00e9 \\"quoted\\" \\\\ 😀",\r\n\t"n": 1e2 }\u0000\u2028'
        .repeat(8_000)
        .slice(0, 300_000)
      await store.forTenant('t').inbox.append([{ source: 'azure-monitor', id: '1', data: { body } }])
      const [item] = await (await reopen()).forTenant('t').inbox.claim(claim())
      expect((item!.data as { body: string }).body === body).toBe(true)
    })

    test('two workers never hold the same item; a lease that ran out is given again, and the late worker is refused', async () => {
      const { store, client, clock } = await fresh()
      const [one, two] = [store.forTenant('t').inbox, (await client()).forTenant('t').inbox]
      await one.append(Array.from({ length: 20 }, (_, i) => arrival(String(i))))
      const taken = (await Promise.all([one.claim(claim(7)), two.claim(claim(7)), one.claim(claim(7))])).flat()
      expect(new Set(idsOf(taken)).size).toBe(20)
      expect(await two.claim(claim())).toEqual([])
      clock.advance(1000)
      const [again] = await two.claim(claim(1))
      expect(again).toMatchObject({ id: '0', attempts: 2 })
      const late = taken.find(({ id }) => id === '0')!
      await expect(one.done(late)).rejects.toThrow(StoreConflict)
      await two.done(again!)
      await expect(two.done(again!)).rejects.toThrow(StoreConflict)
      expect(await two.append([arrival('0')])).toEqual(['known'])
    })

    test('a failed item comes back when it is told to, a dead one is listed until it is revived', async () => {
      const { store, clock } = await fresh()
      const { inbox } = store.forTenant('t')
      await inbox.append([arrival('1')])
      await inbox.fail((await inbox.claim(claim()))[0]!, { retryAt: clock.now() + 500, reason: 'Graph did not answer' })
      expect(await inbox.claim(claim())).toEqual([])
      clock.advance(500)
      await inbox.dead((await inbox.claim(claim()))[0]!, 'no such schema')
      clock.advance(10_000)
      expect(await inbox.claim(claim())).toEqual([])
      const { items } = await inbox.list({ state: 'dead' })
      expect(items).toMatchObject([{ id: '1', attempts: 2, reason: 'no such schema', data: { id: '1' } }])
      expect([await inbox.revive('github', '1'), await inbox.revive('github', '1')]).toEqual([true, false])
      expect(await inbox.claim(claim())).toMatchObject([{ id: '1', attempts: 3 }])
    })

    test('a long list comes in pages', async () => {
      const { inbox } = (await fresh()).store.forTenant('t')
      await inbox.append(Array.from({ length: 25 }, (_, i) => arrival(String(i))))
      const ids: string[] = []
      for (let after: string | undefined; ;) {
        const page = await inbox.list({ state: 'queued', limit: 10, ...(after === undefined ? {} : { after }) })
        ids.push(...idsOf(page.items))
        after = page.continuation
        if (after === undefined) break
      }
      expect(ids).toEqual(Array.from({ length: 25 }, (_, i) => String(24 - i)))
    })
  })

  describe('outbox', () => {
    /** Sends whatever can be sent, one claim at a time, until nothing can. */
    async function drain({ outbox }: TenantStore): Promise<string[]> {
      const sent: string[] = []
      for (let items = await outbox.claim(claim(1)); items.length > 0; items = await outbox.claim(claim(1))) {
        sent.push(items[0]!.id)
        await outbox.settle(items[0]!, { state: 'sent', result: { activity: items[0]!.id } })
      }
      return sent
    }

    test('one item of a thread is under way at a time, in order; threads do not wait for each other', async () => {
      const { store, client } = await fresh()
      const [one, two] = [store.forTenant('t'), (await client()).forTenant('t')]
      await one.commit('p', [enqueue('a1', 'a'), enqueue('a2', 'a')])
      await two.commit('q', [enqueue('b1', 'b')])
      await two.commit('q', [enqueue('a3', 'a')])
      const [first, second] = await Promise.all([one.outbox.claim(claim()), two.outbox.claim(claim())])
      expect(idsOf([...first, ...second]).sort()).toEqual(['a1', 'b1'])
      const a1 = [...first, ...second].find(({ id }) => id === 'a1')!
      await two.outbox.settle(a1, { state: 'sent', result: 'activity-1' })
      expect(idsOf(await two.outbox.claim(claim()))).toEqual(['a2'])
      expect(idsOf(await one.outbox.waiting('a'))).toEqual(['a2', 'a3'])
      expect(await one.outbox.get('p', 'a1')).toMatchObject({ state: 'sent', result: 'activity-1', attempts: 1 })
      expect(await one.outbox.get('p', 'none')).toBeUndefined()
    })

    test('people see what was left to them, and revive it before what waits in its thread, or drop it; an older edit undoes no newer one', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const reason = 'Dana: it is not in the thread'
      await tenant.commit('p', [
        enqueue('a1', 'a'),
        enqueue('a2', 'a'),
        enqueue('a3', 'a'),
        enqueue('e1', 'e', { coalesce: 'k' }),
      ])
      for (let n = 0; n < 2; n++)
        for (const item of await tenant.outbox.claim(claim()))
          await tenant.outbox.settle(item, { state: n ? 'dead' : 'unknown', reason: 'no answer' })
      await tenant.commit('p', [enqueue('e2', 'e', { coalesce: 'k' })])
      expect(await tenant.outbox.counts()).toEqual({ queued: 2, unknown: 2, dead: 1 })
      const { items } = await tenant.outbox.list({ state: 'unknown', limit: 1 })
      expect(items).toMatchObject([{ id: 'e1', attempts: 1, reason: 'no answer' }])
      expect(await tenant.outbox.revive('p', 'e1', reason)).toBe('replaced')
      expect(await tenant.outbox.revive('p', 'a3', reason)).toBe('absent')
      expect(await tenant.outbox.drop('p', 'a2', reason)).toBe('done')
      const [a3] = (await tenant.outbox.claim(claim())).filter(({ id }) => id === 'a3')
      expect(await tenant.outbox.revive('p', 'a1', reason)).toBe('done')
      expect(await tenant.outbox.revive('p', 'a1', reason)).toBe('absent')
      await tenant.outbox.settle(a3!, { state: 'sent' })
      expect(await drain(tenant)).toEqual(['a1'])
      expect(await tenant.outbox.get('p', 'a2')).toMatchObject({ state: 'dropped', reason })
    })

    test('an item that is to be retried, or not yet to go, holds its thread and no other', async () => {
      const { store, clock } = await fresh()
      const tenant = store.forTenant('t')
      await tenant.commit('p', [
        enqueue('a1', 'a', { notBefore: clock.now() + 100 }),
        enqueue('a2', 'a'),
        enqueue('b1', 'b'),
      ])
      expect(await drain(tenant)).toEqual(['b1'])
      clock.advance(100)
      const [a1] = await tenant.outbox.claim(claim())
      await tenant.outbox.settle(a1!, { state: 'retry', notBefore: clock.now() + 100, reason: 'Teams said 429' })
      expect(await drain(tenant)).toEqual([])
      expect(await tenant.outbox.get('p', 'a1')).toMatchObject({ state: 'queued', reason: 'Teams said 429' })
      clock.advance(100)
      expect(await drain(tenant)).toEqual(['a1', 'a2'])
    })

    test('after a crash the item comes again, marked as tried; the late answer of the first worker is refused', async () => {
      const { store, clock, reopen } = await fresh()
      await store.forTenant('t').commit('p', [enqueue('a1', 'a'), enqueue('a2', 'a')])
      const [before] = await store.forTenant('t').outbox.claim(claim())
      const tenant = (await reopen()).forTenant('t')
      expect(await tenant.outbox.claim(claim())).toEqual([])
      clock.advance(1000)
      const [after] = await tenant.outbox.claim(claim())
      expect(after).toMatchObject({ id: 'a1', attempts: 2 })
      await expect(tenant.outbox.settle(before!, { state: 'sent' })).rejects.toThrow(StoreConflict)
      await tenant.outbox.settle(after!, { state: 'unknown', reason: 'no answer, and not in the thread' })
      expect(await drain(tenant)).toEqual(['a2'])
      expect(await tenant.outbox.get('p', 'a1')).toMatchObject({ state: 'unknown' })
    })

    test('an id is taken once, so a commit that is repeated posts nothing twice', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      await tenant.commit('p', [enqueue('a1', 'a')])
      await expect(tenant.commit('p', [enqueue('a1', 'a')])).rejects.toThrow(StoreConflict)
      expect(await drain(tenant)).toEqual(['a1'])
      await expect(tenant.commit('p', [enqueue('a1', 'a')])).rejects.toThrow(StoreConflict)
      await tenant.commit('q', [enqueue('a1', 'a')])
      expect(await drain(tenant)).toEqual(['a1'])
    })

    test('edits that wait coalesce into the newest, in the place of the first; one under way is left alone', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const edit = (id: string) => enqueue(id, 'a', { coalesce: 'root' })
      await tenant.commit('p', [edit('e1')])
      const [under] = await tenant.outbox.claim(claim())
      for (const write of [edit('e2'), enqueue('post', 'a'), edit('e3'), edit('e4')]) await tenant.commit('p', [write])
      expect(idsOf(await tenant.outbox.waiting('a'))).toEqual(['e1', 'e4', 'post'])
      await tenant.outbox.settle(under!, { state: 'dead', reason: 'message is gone' })
      expect(await drain(tenant)).toEqual(['e4', 'post'])
    })

    test('a thousand items over twenty threads and two clients: each once, in order within its thread', async () => {
      const { store, client } = await fresh()
      const clients = [store.forTenant('t'), (await client()).forTenant('t')]
      const enqueued = Array.from({ length: 50 }, (_, n) =>
        clients[n % 2]!.commit(
          `p${n}`,
          Array.from({ length: 20 }, (_, thread) => enqueue(`${thread}-${n}`, `thread-${thread}`)),
        ),
      )
      await Promise.all(enqueued)
      const order = idsOf(await clients[0]!.outbox.waiting('thread-0'))
      const sent = new Map<string, string[]>()
      const work = async ({ outbox }: TenantStore) => {
        for (let items = await outbox.claim(claim(5)); items.length > 0; items = await outbox.claim(claim(5)))
          for (const item of items) {
            sent.set(item.thread, [...(sent.get(item.thread) ?? []), item.id])
            await outbox.settle(item, { state: 'sent' })
          }
      }
      await Promise.all(clients.map(work))
      await work(clients[0]!)
      expect(sent.size).toBe(20)
      for (const ids of sent.values()) expect(new Set(ids).size).toBe(50)
      expect(sent.get('thread-0')).toEqual(order)
    })
  })
}
