import { describe, expect, test } from '@jest/globals'
import type { Condition, Query, StoreRecord, TenantStore } from '../../../bot/store/contract.js'
import { StoreBadInput } from '../../../bot/store/errors.js'
import type { Fresh } from './fixture.js'

/** Every record of an answer, over all its pages. */
export async function allOf(tenant: TenantStore, query: Query): Promise<StoreRecord[]> {
  const records: StoreRecord[] = []
  for (let after: string | undefined; ;) {
    const page = await tenant.query(after === undefined ? query : { ...query, after })
    records.push(...page.records)
    if (page.continuation === undefined) return records
    after = page.continuation
  }
}

const idsOf = (records: StoreRecord[]) => records.map(({ id }) => id)

async function seeded(tenant: TenantStore): Promise<void> {
  const services = [
    { id: 'auth', index: { team: 'atlas', tier: 1, name: 'Auth' } },
    { id: 'checkout', index: { team: 'nova', tier: 1, name: 'Checkout' } },
    { id: 'orders', index: { team: 'nova', tier: 2, name: 'Orders' } },
    { id: 'search', index: { team: 'nova', tier: 10, name: 'Search' } },
    { id: 'éclair', index: { team: 'nova', tier: 'none', name: 'Éclair 😀' } },
    { id: 'bare' },
  ]
  for (const { id, index } of services)
    await tenant.commit(id, [{ op: 'put', kind: 'service', id, data: { id }, ...(index ? { index } : {}) }])
  await tenant.commit('auth', [{ op: 'put', kind: 'database', id: 'auth', data: {}, index: { team: 'atlas' } }])
}

/** Finding records by what they are indexed by. */
export function queries(fresh: Fresh): void {
  describe('queries', () => {
    const answers: [string, Condition[], string[]][] = [
      ['nothing asked', [], ['auth', 'bare', 'checkout', 'orders', 'search', 'éclair']],
      ['equal', [{ field: 'team', equals: 'nova' }], ['checkout', 'orders', 'search', 'éclair']],
      ['a number is not its text', [{ field: 'tier', equals: '1' }], []],
      [
        'two conditions',
        [
          { field: 'team', equals: 'nova' },
          { field: 'tier', equals: 1 },
        ],
        ['checkout'],
      ],
      [
        'two conditions on one field',
        [
          { field: 'tier', from: 1 },
          { field: 'tier', below: 3 },
        ],
        ['auth', 'checkout', 'orders'],
      ],
      ['from, of numbers only', [{ field: 'tier', from: 2 }], ['orders', 'search']],
      ['below, of numbers only', [{ field: 'tier', below: 2 }], ['auth', 'checkout']],
      ['below, of text only', [{ field: 'tier', below: 'z' }], ['éclair']],
      ['between', [{ field: 'name', from: 'B', below: 'Orders' }], ['checkout']],
      ['prefix', [{ field: 'name', prefix: 'É' }], ['éclair']],
      ['empty prefix: any text', [{ field: 'tier', prefix: '' }], ['éclair']],
      ['prefix ending beyond the basic plane', [{ field: 'name', prefix: 'Éclair 😀' }], ['éclair']],
      ['wildcards are letters', [{ field: 'name', prefix: '%' }], []],
      ['a field nobody has', [{ field: 'colour', equals: 'red' }], []],
      ['markup is text', [{ field: 'team', equals: `nova' OR '1'='1` }], []],
    ]
    test.each(answers)('%s', async (_, where, expected) => {
      const tenant = (await fresh()).store.forTenant('t')
      await seeded(tenant)
      for (const limit of [1, 2, 100])
        expect(idsOf(await allOf(tenant, { kind: 'service', where, limit })).sort()).toEqual(expected.sort())
    })

    test('order: numbers before text, code points, both ways, only records that have the field', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      await seeded(tenant)
      for (const limit of [1, 3, 100]) {
        const up = idsOf(await allOf(tenant, { kind: 'service', order: { by: 'name' }, limit }))
        expect(up).toEqual(['auth', 'checkout', 'orders', 'search', 'éclair'])
        const down = await allOf(tenant, { kind: 'service', order: { by: 'tier', descending: true }, limit })
        expect(down.map(({ id }) => id).slice(0, 3)).toEqual(['éclair', 'search', 'orders'])
        expect(down).toHaveLength(5)
      }
    })

    test('a partition, and an index that changed with its record', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      await seeded(tenant)
      const where = [{ field: 'team', equals: 'atlas' }]
      expect(idsOf(await allOf(tenant, { kind: 'service', partition: 'auth', where }))).toEqual(['auth'])
      expect(await allOf(tenant, { kind: 'service', partition: 'orders', where })).toEqual([])
      await tenant.commit('auth', [{ op: 'put', kind: 'service', id: 'auth', data: {}, index: { team: 'nova' } }])
      expect(await allOf(tenant, { kind: 'service', where })).toEqual([])
      await tenant.commit('auth', [{ op: 'put', kind: 'service', id: 'auth', data: {} }])
      expect(await allOf(tenant, { kind: 'service', where: [{ field: 'team', equals: 'nova' }] })).toHaveLength(4)
      await tenant.commit('orders', [{ op: 'delete', kind: 'service', id: 'orders' }])
      expect(await allOf(tenant, { kind: 'service', where: [{ field: 'team', equals: 'nova' }] })).toHaveLength(3)
    })

    test('paging while others write gives every record that stayed exactly once', async () => {
      const { store, client } = await fresh()
      const tenant = store.forTenant('t')
      const other = (await client()).forTenant('t')
      const write = (to: TenantStore, id: string, rank: number) =>
        to.commit(id, [{ op: 'put', kind: 'service', id, data: {}, index: { rank, even: rank % 2 } }])
      await Promise.all(Array.from({ length: 120 }, (_, i) => write(tenant, `stays-${i}`, i)))
      await Promise.all(Array.from({ length: 60 }, (_, i) => write(tenant, `goes-${i}`, i + 0.5)))
      for (const query of [
        { order: { by: 'rank' } },
        { order: { by: 'rank', descending: true } },
        {},
      ] as Partial<Query>[]) {
        const seen: string[] = []
        let after: string | undefined
        for (let step = 0; ; step += 1) {
          const page = await tenant.query({
            kind: 'service',
            limit: 7,
            ...query,
            ...(after === undefined ? {} : { after }),
          })
          seen.push(...idsOf(page.records))
          after = page.continuation
          if (after === undefined) break
          const changed = `goes-${(step * 7) % 60}`
          await other.commit(changed, [{ op: 'delete', kind: 'service', id: changed }])
          await write(other, `new-${step}`, (step * 13) % 120)
          const same = (step * 11) % 120
          await write(other, `stays-${same}`, same)
        }
        const stayed = seen.filter((id) => id.startsWith('stays-'))
        expect(stayed).toHaveLength(120)
        expect(new Set(stayed).size).toBe(120)
      }
    })

    test('a page of large records ends early and goes on', async () => {
      const tenant = (await fresh()).store.forTenant('t')
      const data = 'x'.repeat(900_000)
      for (let i = 0; i < 12; i += 1) await tenant.commit('p', [{ op: 'put', kind: 'large', id: `${i}`, data }])
      const first = await tenant.query({ kind: 'large' })
      expect(first.records.length).toBeLessThan(12)
      expect(new Set(idsOf(await allOf(tenant, { kind: 'large' }))).size).toBe(12)
    })

    test('a continuation that is garbage, of another query or of another tenant is refused', async () => {
      const { store } = await fresh()
      for (const name of ['t', 'u']) await seeded(store.forTenant(name))
      const tenant = store.forTenant('t')
      const { continuation } = await tenant.query({ kind: 'service', limit: 2, order: { by: 'name' } })
      const wrong: [TenantStore, Query][] = [
        [tenant, { kind: 'service', order: { by: 'name' }, after: '' }],
        [tenant, { kind: 'service', order: { by: 'name' }, after: 'WzFd' }],
        [tenant, { kind: 'service', order: { by: 'name' }, after: `${continuation}AAAA` }],
        [tenant, { kind: 'service', order: { by: 'tier' }, after: continuation! }],
        [tenant, { kind: 'database', order: { by: 'name' }, after: continuation! }],
        [store.forTenant('u'), { kind: 'service', order: { by: 'name' }, after: continuation! }],
      ]
      for (const [who, query] of wrong) await expect(who.query(query)).rejects.toThrow(StoreBadInput)
    })
  })
}
