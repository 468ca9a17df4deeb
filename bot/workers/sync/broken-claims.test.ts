import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Claim } from '../../../skills/kit/model.js'
import { service } from './testing/sample-vendor.js'
import { SyncBench } from './testing/sync-bench.js'

let bench: SyncBench
beforeEach(async () => {
  bench = await SyncBench.open()
})
afterEach(() => bench.close())

const seven = ['a', 'b', 'c', 'd', 'e', 'f', 'g']

describe('what is wrong is passed over and said, and the rest is taken in', () => {
  const wrong: [what: string, claim: unknown, said: RegExp][] = [
    [
      'a kind there is not',
      { ...service('x'), kind: 'Sevice', name: 'x', props: {} },
      /^Sevice: kind is "Sevice"; there are/,
    ],
    ['no name', { ...service('x'), name: '', props: {} }, /^Service: name must be text/],
    ['no properties', { ...service('x'), name: 'x' }, /^Service: it is no claim/],
    ['nothing', {}, /^Without a kind: kind is/],
    ['an id without end', { ...service('x'.repeat(700)), name: 'x', props: {} }, /id has 708 bytes, at most 600/],
  ]
  test.each(wrong)('%s', async (_what, claim, said) => {
    const { vendor, hub } = await bench.sample(seven)
    const source = {
      ...vendor.source(),
      async *sweep() {
        yield {
          claims: [
            { ...service('a'), name: 'a', props: {} },
            claim as Claim,
            { ...service('b'), name: 'b', props: {} },
          ],
          cursor: 1,
        }
      },
    }
    const heir = await bench.hub(source)
    hub.kill()
    await heir.take()
    await heir.drain()
    expect(Object.keys(await heir.versions())).toEqual(['a', 'b'])
    expect((await heir.shown()).skipped).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(said), count: 1 }),
    ])
  })

  test('two resources that differ only in case: what was told first stands, on one page or on two, and nothing is written twice', async () => {
    const id = '/subscriptions/1/resourcegroups/rg/providers/microsoft.web/sites/shop'
    const resource = (name: string): Claim => ({ kind: 'Resource', id, name, props: { type: 'microsoft.web/sites' } })
    const source = {
      name: 'azure',
      title: 'Azure',
      async *sweep() {
        yield { claims: [resource('shop'), resource('SHOP')], cursor: 1 }
        yield { claims: [resource('Shop')], cursor: 2 }
      },
    }
    const hub = await bench.hub(source)
    await hub.take()
    await hub.drain()
    await hub.records.wish('sweep')
    await hub.drain()
    expect([...hub.catalog.held().values()].map(({ record }) => record.claims['azure']!.name)).toEqual(['shop'])
    expect((await hub.records.look()).swept).toMatchObject({ read: 3, written: 0 })
    expect((await hub.shown()).skipped).toEqual([
      { reason: 'Resource: told more than once; what was told first stands', count: 2, example: id },
    ])
  })

  test('a tag of 10 KB with markup, 5,000 relations, and a circle are kept as they are', async () => {
    const markup = `<b onclick="x">&amp;</b>`.repeat(430)
    const many = Array.from({ length: 5_000 }, (_, n) => ({ type: 'dependsOn' as const, to: service(`s${n}`) }))
    const { vendor, hub } = await bench.sample([])
    vendor.put({
      kind: 'Resource',
      id: '/x',
      name: '<script>x</script>',
      props: { type: 'a/b', tags: { note: markup } },
    })
    vendor.put({ ...service('hub'), name: 'hub', props: {}, relations: many })
    vendor.set('one', 1, [{ type: 'dependsOn', to: service('two') }])
    vendor.set('two', 1, [{ type: 'dependsOn', to: service('one') }])
    await hub.drain()
    await hub.catalog.catchUp()
    const { index } = hub.catalog
    expect(index.get({ kind: 'Resource', id: '/x' })?.props['tags']).toEqual({ note: markup })
    expect(hub.catalog.held([service('hub')]).get('Service/hub')!.record.claims['sample']!.relations).toHaveLength(
      5_000,
    )
    expect(index.reach(service('one'), { direction: 'down' }).map(({ entity }) => entity.id)).toEqual(['two'])
    expect((await hub.shown()).skipped).toBeUndefined()
  })

  test('of more relations than fit the first are kept, and it is said how many', async () => {
    const far = (n: number) => `/subscriptions/1/resourcegroups/rg/providers/microsoft.web/sites/${'s'.repeat(100)}${n}`
    const many = Array.from({ length: 5_000 }, (_, n) => ({
      type: 'dependsOn' as const,
      to: { kind: 'Resource', id: far(n) },
    }))
    const { vendor, hub } = await bench.sample(['a'])
    vendor.put({ ...service('hub'), name: 'hub', props: {}, relations: many })
    await hub.drain()
    expect(Object.keys(await hub.versions())).toEqual(['a', 'hub'])
    const [skipped] = (await hub.shown()).skipped!
    expect(skipped!.reason).toMatch(/^Service: has 5000 relations, of which the first 1\d\d\d fit$/)
  })

  test('a property of another type than declared is left out; the entity stays', async () => {
    const { vendor, hub } = await bench.sample([])
    vendor.put({ ...service('a'), name: 'a', props: { cost: 'much', tier: 'critical', own: 'of the vendor' } })
    await hub.drain()
    expect(hub.catalog.index.get(service('a'))?.props).toEqual({ tier: 'critical', own: 'of the vendor' })
    expect((await hub.shown()).skipped).toEqual([
      { reason: 'Service: cost is "much", not a number', count: 1, example: 'a' },
    ])
  })

  test('what is wrong with an entity closes it not', async () => {
    const { vendor, hub } = await bench.sample(seven)
    await hub.drain()
    vendor.put({ ...service('a'), name: '', props: {} })
    vendor.forget()
    await hub.records.wish('sweep')
    await hub.drain()
    expect(Object.keys(await hub.versions())).toEqual(seven)
  })
})
