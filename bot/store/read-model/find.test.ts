import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import type { Entity, Json } from '../../../skills/kit/model.js'
import { CatalogIndex } from './catalog-index.js'
import type { View } from './catalog-view.js'
import { type CatalogRecord } from './catalog-record.js'
import { filterLimits } from './replica/filter-limits.js'
import { findEntities } from './replica/find.js'
import { usualLimits, type Limits } from './replica/statement.js'
import { arbitraryFilter, arbitraryRecords, testKinds, testNow } from './testing/arbitrary-catalog.js'
import { NaiveCatalog } from './testing/naive-catalog.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const [before, after, between] = ['2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z', '2026-11-05T00:00:00.000Z']
const seen = { nothing: 0, everything: 0, some: 0 }

/** Few rows are fewer than there are, so that each way of asking is gone. */
const limits = fc.constantFrom(
  usualLimits,
  { few: 2, counted: 4, followed: 0, whole: 0 },
  { few: 4, counted: 6, followed: 3, whole: 1 },
)

/** Every page of an answer. */
function paged(
  index: CatalogIndex,
  filter: Filter,
  view: View & { limits?: Limits },
  order?: { by: string; descending?: true },
): Entity[] {
  const found: Entity[] = []
  const scope = { kinds: testKinds, ...view, now: view.at ?? view.now }
  for (let page; !page || page.next;) {
    const question = { filter, limit: 3, ...(order && { order }), ...(page?.next && { after: page.next }) }
    page = findEntities(index.replica.database, question, scope)
    found.push(...page.entities)
    if (!page.next) expect(page.total).toBe(found.length)
  }
  return found
}

test('SQL finds what the naive filter finds, page by page, now and as of before, trimmed to what may be seen', () => {
  fc.assert(
    fc.property(
      arbitraryRecords(before),
      arbitraryRecords(after, 2),
      fc.array(
        fc.tuple(
          arbitraryFilter,
          fc.oneof({ arbitrary: fc.constant(undefined), weight: 2 }, arbitraryFilter),
          fc.option(fc.constantFrom('tier', 'size', 'backup'), { nil: undefined }),
          limits,
        ),
        { minLength: 10, maxLength: 10 },
      ),
      (old, fresh, questions) => {
        const index = new CatalogIndex('contoso')
        index.apply(() => old.forEach((record) => index.put(record)))
        index.apply(() => fresh.forEach((record) => index.put(record)))
        const now = new NaiveCatalog([
          ...new Map([...old, ...fresh].map((record) => [refKey(record), record])).values(),
        ])
        const was = new NaiveCatalog(old)
        for (const [filter, visible, by, limits] of questions)
          for (const [naive, at] of [[now], [was, between]] as const) {
            const view = { now: testNow, limits, ...(at && { at }), ...(visible && { visible }) }
            const found = paged(index, filter, view, by ? { by } : undefined)
            const expected = naive.find(filter, at ?? testNow, visible)
            const all = visible ? naive.find(visible, at ?? testNow).length : naive.entities.size
            if (all > 1) seen[expected.length === 0 ? 'nothing' : expected.length === all ? 'everything' : 'some']++
            expect(found.map(refKey).sort()).toEqual(expected.map(refKey).sort())
            const ordered = found.map(({ name }) => name.toLowerCase())
            if (!by) expect(ordered).toEqual([...ordered].sort())
          }
        index.close()
      },
    ),
    { numRuns: 40 },
  )
})

test('a filter that names its parts again and again is asked as one that does not', () => {
  const chain = Array.from({ length: 12 }, (_, n): CatalogRecord => {
    const relations = n ? [{ type: 'dependsOn' as const, to: { kind: 'Service', id: `s${n - 1}` } }] : []
    const claim = { name: `s${n}`, aliases: [], props: {}, relations, at: before }
    return { kind: 'Service', id: `s${n}`, claims: { github: claim }, since: before }
  })
  const index = new CatalogIndex('contoso')
  index.apply(() => chain.forEach((record) => index.put(record)))
  const naive = new NaiveCatalog(chain)
  const around = (of: Filter): Filter => ({
    any: [
      of,
      { step: { type: 'dependsOn', direction: 'out' }, of },
      { step: { type: 'partOf', direction: 'out' }, of },
    ],
  })
  for (let [depth, filter] = [0, { property: 'id', is: '=', value: 's0' } as Filter]; depth < 4; depth++) {
    filter = around(filter)
    for (const at of [undefined, after]) {
      const found = paged(index, filter, { now: testNow, kinds: testKinds, ...(at && { at }) })
      expect(found.map(refKey).sort()).toEqual(naive.find(filter, testNow).map(refKey).sort())
      expect(found).toHaveLength(depth + 2)
    }
  }
  index.close()
})

test('ordered by what some do not have, no page of what was leaves one out', () => {
  const index = new CatalogIndex('contoso')
  const of = (
    kind: string,
    id: string,
    name: string,
    props: Record<string, Json>,
    since: string,
    relations: CatalogRecord['claims'][string]['relations'] = [],
  ): CatalogRecord => ({
    ...{ kind, id, since },
    claims: { github: { name, aliases: [], props: { tier: 'low', ...props }, relations, at: since } },
  })
  const old = [
    ...['a', 'd'].map((id) => of('Service', id, 'Auth', { size: 0 }, before)),
    of('Resource', 'c', 'x', { size: 0 }, before),
    ...['e', 'f'].map((id) => of('Service', id, 'Auth', {}, before)),
    of('Service', 'g', 'Auth', {}, before, [{ type: 'dependsOn', to: { kind: 'Service', id: 'a' } }]),
  ]
  index.apply(() => old.forEach((record) => index.put(record)))
  // Two of them read differently by now: one that had a size, and one that had none.
  const fresh = [of('Resource', 'c', 'Auth', {}, after), of('Service', 'e', 'Auth', {}, after)]
  index.apply(() => fresh.forEach((record) => index.put(record)))
  const filter: Filter = {
    any: [
      { step: { type: 'dependsOn', direction: 'out' }, of: { property: 'tags.team', is: '!=', value: 'x' } },
      { any: [{ property: 'tier', is: '<=', value: 'low' }] },
    ],
  }
  const found = paged(index, filter, { now: testNow, kinds: testKinds, at: between }, { by: 'size' })
  expect(found.map(({ id }) => id)).toEqual(['a', 'd', 'c', 'e', 'f', 'g'])
})

test('a filter that is nested or long is asked up to its limits, and refused beyond them', () => {
  const index = new CatalogIndex('contoso')
  const find = (filter: Filter, at?: string) => index.find({ filter }, { now: testNow, ...(at && { at }) }).total
  const shapes: ((of: Filter) => Filter)[] = [
    (not) => ({ not }),
    (of) => ({ all: [of, { kinds: ['Service'] }] }),
    (of) => ({ any: [{ property: 'tier', is: '<', value: 3 }, of] }),
    (of) => ({ step: { type: 'dependsOn', direction: 'out' }, deep: true, of }),
  ]
  for (const around of shapes) {
    const nested = (depth: number): Filter => (depth > 1 ? around(nested(depth - 1)) : { words: 'x' })
    expect(() => find(nested(filterLimits.depth))).not.toThrow()
    expect(() => find(nested(filterLimits.depth), between)).not.toThrow()
    expect(() => find(nested(filterLimits.depth + 1))).toThrow('nested deeper than 20 levels')
  }
  const long = (length: number): Filter => ({
    any: Array.from({ length }, (_, value) => ({ property: 'size', is: '>=' as const, value })),
  })
  const several = (length: number): Filter => ({ property: 'size', in: Array.from({ length }, (_, value) => value) })
  expect(find(long(filterLimits.parts - 1))).toBe(0)
  expect(find(several(filterLimits.values))).toBe(0)
  expect(() => find(long(filterLimits.parts))).toThrow('more than 400 conditions')
  expect(() => find(several(filterLimits.values + 1))).toThrow('more than 5000 values')
})

test('what the reader may see may be nested as deep as it likes, in steps of any number too', () => {
  const index = new CatalogIndex('contoso')
  const out = (type: 'partOf' | 'ownedBy' | 'builtFrom' | 'runsIn', of: Filter, deep = false): Filter => ({
    ...{ step: { type, direction: 'out' }, of },
    ...(deep && { deep }),
  })
  const owner = out('ownedBy', everything)
  const shapes: ((of: Filter) => Filter)[] = [
    (not) => ({ not }),
    (of) => ({ any: [{ kinds: ['Service'] }, { all: [{ kinds: ['Resource'] }, of] }] }),
    (of) => out('partOf', of, true),
    (of) => ({ any: [out('ownedBy', of), out('runsIn', of)] }),
    (of) => ({ all: [{ not: out('builtFrom', of) }, { property: 'tier', is: '<', value: 3 }] }),
    (of) => ({ any: [{ kinds: ['Service'] }, out('partOf', { any: [of, owner] }, true)] }),
  ]
  const ways = [owner, out('builtFrom', owner), out('runsIn', owner)]
  const filter: Filter = { not: { any: ways.flatMap((way) => [way, out('partOf', way, true)]) } }
  for (const around of shapes)
    for (let [depth, visible] = [0, { property: 'size', is: '=', value: 1 } as Filter]; depth < 5; depth++) {
      visible = around(visible)
      for (const at of [undefined, between])
        expect(index.find({ filter }, { now: testNow, kinds: testKinds, visible, ...(at && { at }) }).total).toBe(0)
    }
  index.close()
})

afterAll(() => {
  const tried = seen.nothing + seen.everything + seen.some
  expect(seen.some / tried).toBeGreaterThan(1 / 3)
})
