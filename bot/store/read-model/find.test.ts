import { afterAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { meetsFilter } from '../../../skills/kit/catalog/meets-filter.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { Entity } from '../../../skills/kit/model.js'
import { CatalogIndex, type View } from './catalog-index.js'
import { keyOf, type CatalogRecord } from './catalog-record.js'
import { arbitraryFilter, arbitraryRecord, testKinds, testNow } from './testing/arbitrary-catalog.js'

const before = '2026-11-01T00:00:00.000Z'
const after = '2026-11-10T00:00:00.000Z'
const records = (at: string) => fc.uniqueArray(arbitraryRecord(at), { selector: keyOf, maxLength: 8 })
const seen = { nothing: 0, everything: 0, some: 0 }

/** What the naive filter says of what a plain index of these records has. */
function naively(all: readonly CatalogRecord[], filter: Filter, { now, at, visible }: View): string[] {
  const plain = new CatalogIndex('contoso')
  plain.kinds = testKinds
  all.forEach((record) => plain.put(record))
  const sees = (entity: Entity) => !visible || meetsFilter(entity, visible, whole)
  const whole = {
    now: at ?? now,
    neighbours: (ref: Entity, step: Parameters<CatalogIndex['related']>[1]) =>
      plain.related(ref, step).map(({ entity }) => entity),
    kindOf: (kind: string) => testKinds.find((one) => one.kind === kind),
  }
  const shown = { ...whole, neighbours: (ref: Entity, step: never) => whole.neighbours(ref, step).filter(sees) }
  const entities = [...plain.everything()].filter(sees)
  const found = entities.filter((entity) => meetsFilter(entity, filter, shown as never))
  seen[found.length === 0 ? 'nothing' : found.length === entities.length ? 'everything' : 'some']++
  return found.map(keyOf).sort()
}

/** Every page of an answer. */
function paged(index: CatalogIndex, filter: Filter, view: View, order?: { by: string; descending?: true }): Entity[] {
  const found: Entity[] = []
  for (let page; !page || page.next;) {
    page = index.find({ filter, limit: 3, ...(order && { order }), ...(page?.next && { after: page.next }) }, view)
    found.push(...page.entities)
    expect(page.total).toBe(index.find({ filter, limit: 1 }, view).total)
  }
  return found
}

test('SQL finds what the naive filter finds, page by page, now and as of before, trimmed to what may be seen', () => {
  fc.assert(
    fc.property(
      records(before),
      records(after),
      arbitraryFilter,
      fc.option(arbitraryFilter, { nil: undefined }),
      fc.option(fc.constantFrom('tier', 'size', 'backup'), { nil: undefined }),
      (old, fresh, filter, visible, by) => {
        const index = new CatalogIndex('contoso')
        index.kinds = testKinds
        index.apply(() => old.forEach((record) => index.put(record)))
        index.apply(() => fresh.forEach((record) => index.put(record)))
        const now = new Map([...old, ...fresh].map((record) => [keyOf(record), record]))
        for (const [all, at] of [
          [[...now.values()], undefined],
          [old, '2026-11-05T00:00:00.000Z'],
        ] as const) {
          const view: View = { now: testNow, ...(at && { at }), ...(visible && { visible }) }
          const found = paged(index, filter, view, by ? { by } : undefined)
          expect(found.map(keyOf).sort()).toEqual(naively(all, filter, view))
          if (!by)
            expect(found.map(({ name }) => name.toLowerCase())).toEqual(
              found.map(({ name }) => name.toLowerCase()).sort(),
            )
        }
      },
    ),
    { numRuns: 400 },
  )
})

afterAll(() => {
  const tried = seen.nothing + seen.everything + seen.some
  expect(seen.some / tried).toBeGreaterThan(1 / 3)
})
