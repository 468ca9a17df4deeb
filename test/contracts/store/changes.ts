import { describe, expect, test } from '@jest/globals'
import type { TenantStore, Write } from '../../../bot/store/contract.js'
import type { Json } from '../../../bot/store/json.js'
import type { Fresh } from './fixture.js'

const put = (id: string, data: Json): Write => ({ op: 'put', kind: 'thing', id, data })

/** A read model as a replica keeps one: nothing but what the feed said. */
export class Mirror {
  readonly records = new Map<string, Json>()
  resets = 0
  #continuation: string | undefined

  constructor(readonly tenant: TenantStore) {}

  /** Reads the feed to its end, `limit` changes at a time. */
  async follow(limit = 500): Promise<number> {
    let read = 0
    for (;;) {
      const page = await this.tenant.changes(this.#continuation, limit)
      if (page.reset) {
        this.records.clear()
        this.resets += 1
      }
      for (const change of page.changes) {
        if (change.op === 'put') this.records.set(`${change.record.partition}/${change.record.id}`, change.record.data)
        else this.records.delete(`${change.key.partition}/${change.key.id}`)
      }
      read += page.changes.length
      this.#continuation = page.continuation
      if (!page.more) return read
    }
  }

  get state(): [string, Json][] {
    return [...this.records].sort(([a], [b]) => (a < b ? -1 : 1))
  }
}

/** The change feed, from which read models are built. */
export function changeFeed(fresh: Fresh): void {
  describe('change feed', () => {
    test('in order of the writes within a partition, once each, and nothing where nothing happened', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      for (let i = 0; i < 5; i += 1) await tenant.commit('p', [put(String(i), i)])
      await tenant.commit('p', [put('0', 'again'), { op: 'delete', kind: 'thing', id: '3' }])
      const { changes, continuation, more, reset } = await tenant.changes()
      const said = changes.map((change) => (change.op === 'put' ? change.record.id : `-${change.key.id}`))
      expect(said).toEqual(['1', '2', '4', '0', '-3'])
      expect({ more, reset }).toEqual({ more: false, reset: false })
      expect(await tenant.changes(continuation)).toEqual({ changes: [], continuation, more: false, reset: false })
      await tenant.commit('p', [{ op: 'delete', kind: 'thing', id: 'never there' }])
      expect((await tenant.changes(continuation)).changes).toEqual([])
    })

    test('a reader that goes on while two clients write misses nothing', async () => {
      const { store, client, reopen } = await fresh()
      const writers = [store.forTenant('t'), (await client()).forTenant('t')]
      const mirror = new Mirror(writers[0]!)
      const write = async (writer: TenantStore, base: number) => {
        for (let i = 0; i < 60; i += 1) {
          const id = String((base + i * 7) % 40)
          await writer.commit(`p${id}`, [i % 5 ? put(id, base + i) : { op: 'delete', kind: 'thing', id }])
          if (i % 10 === 0) await mirror.follow(3)
        }
      }
      await Promise.all(writers.map((writer, i) => write(writer, i * 1000)))
      await mirror.follow(3)
      const rebuilt = new Mirror((await reopen()).forTenant('t'))
      await rebuilt.follow()
      expect(mirror.state).toEqual(rebuilt.state)
      const { records } = await rebuilt.tenant.query({ kind: 'thing', limit: 1000 })
      expect(mirror.state).toEqual(
        records.map((r) => [`${r.partition}/${r.id}`, r.data] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    })

    test('a reader that was away longer than tombstones are kept starts anew; one that was not goes on', async () => {
      const { store, clock } = await fresh()
      const tenant = store.forTenant('t')
      const [away, present] = [new Mirror(tenant), new Mirror(tenant)]
      await tenant.commit('p', [put('kept', 1), put('gone', 2)])
      for (const mirror of [away, present]) await mirror.follow()
      await tenant.commit('p', [{ op: 'delete', kind: 'thing', id: 'gone' }])
      await present.follow()
      clock.advance(1000)
      expect(await tenant.prune(clock.now())).toBe(1)
      await tenant.commit('p', [put('new', 3)])
      for (const mirror of [away, present]) await mirror.follow()
      expect(away.state).toEqual([
        ['p/kept', 1],
        ['p/new', 3],
      ])
      expect(present.state).toEqual(away.state)
      expect([away.resets, present.resets]).toEqual([1, 0])
    })

    test('prune forgets what is finished and old, and nothing else', async () => {
      const { store, clock } = await fresh()
      const tenant = store.forTenant('t')
      const claim = { limit: 10, leaseMs: 1000, worker: 'w' }
      await tenant.inbox.append(['done', 'dead', 'queued'].map((id) => ({ source: 's', id, data: id })))
      const [done, dead] = await tenant.inbox.claim({ ...claim, limit: 2 })
      await tenant.inbox.done(done!)
      await tenant.inbox.dead(dead!, 'no')
      await tenant.commit('p', [
        put('record', 1),
        { op: 'enqueue', id: 'sent', thread: 'a', data: 1 },
        { op: 'enqueue', id: 'waits', thread: 'a', data: 1 },
        { op: 'audit', stream: 'audit', data: 1 },
      ])
      await tenant.outbox.settle((await tenant.outbox.claim(claim))[0]!, { state: 'sent' })
      await tenant.log.append('log', [1])
      expect(await tenant.prune(clock.now())).toBe(0)
      clock.advance(1)
      expect(await tenant.prune(clock.now())).toBe(2)
      expect(
        await tenant.inbox.append([
          { source: 's', id: 'done', data: 1 },
          { source: 's', id: 'dead', data: 1 },
        ]),
      ).toEqual(['new', 'known'])
      expect(await tenant.outbox.get('p', 'sent')).toBeUndefined()
      expect(await tenant.outbox.waiting('a')).toHaveLength(1)
      for (const stream of ['audit', 'log']) expect(await tenant.log.head(stream)).toMatchObject({ seq: 1 })
    })
  })
}
