import { describe, expect, test } from '@jest/globals'
import type { TenantStore } from '../../../bot/store/contract.js'
import { StoreConflict } from '../../../bot/store/errors.js'
import type { Fresh } from './fixture.js'

const claim = { limit: 10, leaseMs: 1000, worker: 'w' }
const far = Date.UTC(2099, 0)

/** Writes one of everything, the same keys for every tenant. */
async function fill(tenant: TenantStore, now: number): Promise<void> {
  await tenant.commit('p', [
    { op: 'put', kind: 'thing', id: '1', data: tenant.tenant, index: { colour: 'red' } },
    { op: 'enqueue', id: 'item', thread: 'thread', data: tenant.tenant },
    { op: 'set-timer', id: 'timer', due: now, data: tenant.tenant },
    { op: 'audit', stream: 'audit', data: tenant.tenant },
  ])
  await tenant.inbox.append([{ source: 's', id: 'i', data: tenant.tenant }])
  await tenant.log.append('log', [tenant.tenant])
  await tenant.series.add('cpu', [{ at: 1, value: 1 }])
}

/** Everything a tenant can see, by every call that reads. */
async function seenBy(tenant: TenantStore): Promise<Record<string, unknown>> {
  return {
    get: (await tenant.get({ partition: 'p', kind: 'thing', id: '1' }))?.data,
    all: (await tenant.query({ kind: 'thing' })).records.length,
    some: (await tenant.query({ kind: 'thing', where: [{ field: 'colour', equals: 'red' }], order: { by: 'colour' } }))
      .records.length,
    changes: (await tenant.changes()).changes.length,
    outbox: (await tenant.outbox.get('p', 'item'))?.data,
    waiting: (await tenant.outbox.waiting('thread')).length,
    due: (await tenant.timers.due(10)).length,
    next: (await tenant.timers.next()) !== undefined,
    inbox: (await tenant.inbox.list({ state: 'queued' })).items.length,
    log: (await tenant.log.read('log')).length,
    head: (await tenant.log.head('log')).seq,
    audit: (await tenant.log.read('audit')).map(({ data }) => data),
    series: (await tenant.series.range('cpu', { from: 0, to: far })).length,
    buckets: (await tenant.series.buckets('cpu', { from: 0, to: 10_000, everyMs: 10 })).length,
  }
}

const nothing = {
  ...{ get: undefined, all: 0, some: 0, changes: 0, outbox: undefined, waiting: 0, due: 0, next: false },
  ...{ inbox: 0, log: 0, head: 0, audit: [], series: 0, buckets: 0 },
}
const everything = (name: string) => ({
  ...{ get: name, all: 1, some: 1, changes: 1, outbox: name, waiting: 1, due: 1, next: true },
  ...{ inbox: 1, log: 1, head: 1, audit: [name], series: 1, buckets: 1 },
})

/** No call of one tenant reads or writes anything of another. */
export function tenants(fresh: Fresh): void {
  describe('tenants', () => {
    // Names that would leak if tenants were told apart by case, by prefix, by collation or by a pattern.
    const names = ['contoso', 'Contoso', 'contos', 'contoso2', 'contoso%', "contoso' OR 1=1 --", 'contosö', ' contoso']

    test('no call reads what belongs to another', async () => {
      const { store, clock } = await fresh()
      await fill(store.forTenant('contoso'), clock.now())
      for (const name of names.slice(1)) expect(await seenBy(store.forTenant(name))).toEqual(nothing)
      for (const name of names.slice(1)) await fill(store.forTenant(name), clock.now())
      for (const name of names) expect(await seenBy(store.forTenant(name))).toEqual(everything(name))
    })

    test('no call takes, settles, deletes or prunes what belongs to another', async () => {
      const { store, clock } = await fresh()
      const [mine, other] = [store.forTenant('contoso'), store.forTenant('fabrikam')]
      await fill(mine, clock.now())
      expect(await other.inbox.claim(claim)).toEqual([])
      expect(await other.outbox.claim(claim)).toEqual([])
      expect(await other.timers.claim(claim)).toEqual([])
      expect(await other.log.read('audit')).toEqual([])
      expect(await other.inbox.revive('s', 'i')).toBe(false)
      const [item] = await mine.inbox.claim(claim)
      await expect(other.inbox.done(item!)).rejects.toThrow(StoreConflict)
      await expect(other.inbox.dead(item!, 'no')).rejects.toThrow(StoreConflict)
      await expect(other.inbox.fail(item!, { retryAt: 0, reason: 'no' })).rejects.toThrow(StoreConflict)
      const [sent] = await mine.outbox.claim(claim)
      await expect(other.outbox.settle(sent!, { state: 'sent' })).rejects.toThrow(StoreConflict)
      const [timer] = await mine.timers.claim(claim)
      expect(await other.timers.done(timer!)).toBe(false)
      await expect(other.commit('p', [{ op: 'clear-timer', id: 'timer', claim: timer!.claim }])).rejects.toThrow(
        StoreConflict,
      )
      await other.commit('p', [
        { op: 'clear-timer', id: 'timer' },
        { op: 'delete', kind: 'thing', id: '1' },
      ])
      await mine.inbox.done(item!)
      await mine.outbox.settle(sent!, { state: 'sent' })
      expect(await other.prune(far)).toBe(0)
      expect(await other.series.drop('cpu', far)).toBe(0)
      expect((await mine.get({ partition: 'p', kind: 'thing', id: '1' }))?.data).toBe('contoso')
      expect(await mine.timers.done(timer!)).toBe(true)
    })

    test('an etag or a continuation of another tenant opens nothing', async () => {
      const { store, clock } = await fresh()
      const [mine, other] = [store.forTenant('contoso'), store.forTenant('fabrikam')]
      for (const tenant of [mine, other]) await fill(tenant, clock.now())
      const { etag } = (await mine.get({ partition: 'p', kind: 'thing', id: '1' }))!
      await expect(other.commit('p', [{ op: 'delete', kind: 'thing', id: '1', ifMatch: etag }])).rejects.toThrow(
        StoreConflict,
      )
      const { continuation } = await mine.changes()
      await expect(other.changes(continuation)).rejects.toThrow(/continuation/)
    })
  })
}
