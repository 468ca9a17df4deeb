import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Catalog } from '../../../skills/kit/catalog/catalog.js'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import type { Instant, Ref } from '../../../skills/kit/model.js'
import { CatalogIndex } from './catalog-index.js'
import { catalogPort } from './catalog-port.js'
import { type CatalogRecord } from './catalog-record.js'
import { arbitraryFilter, arbitraryRecords, testKinds, testNow } from './testing/arbitrary-catalog.js'
import { NaiveCatalog } from './testing/naive-catalog.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const [before, after, between] = ['2026-11-01T00:00:00.000Z', '2026-11-10T00:00:00.000Z', '2026-11-05T00:00:00.000Z']

/** A port over records that came one layer after the other. */
function portOf(
  layers: readonly (readonly CatalogRecord[])[],
  now: Instant,
  visible?: Filter,
): [Catalog, CatalogIndex] {
  const index = new CatalogIndex('contoso')
  for (const records of layers) index.apply(() => records.forEach((record) => index.put(record)))
  return [
    catalogPort(
      index,
      () => [],
      { now: () => now },
      () => testKinds,
      visible,
    ),
    index,
  ]
}

const relations = ['dependsOn', 'ownedBy'] as const
const words = ['auth', 'auth api', 'paymnts', 'logs', 'strasse', 'x', 'B']

/** Records of different names: those of one name come as they arrived, and what is hidden arrived too. */
const apart = (records: readonly CatalogRecord[]): CatalogRecord[] =>
  records.map((record) => ({
    ...record,
    claims: Object.fromEntries(
      Object.entries(record.claims).map(([source, claim]) => [
        source,
        { ...claim, name: `${claim.name} ${record.id} of ${record.kind}` },
      ]),
    ),
  }))

/** Everything that can be asked of a catalog about some records, and some that are not there. */
async function answersOf(
  catalog: Catalog,
  { records, filters, isPast }: { records: readonly CatalogRecord[]; filters: readonly Filter[]; isPast: boolean },
  at?: Instant,
) {
  const then = at === undefined ? {} : { at }
  const refs = records.map(({ kind, id }) => ({ kind, id }))
  const answers: unknown[] = []
  for (const ref of refs) {
    answers.push(await catalog.get(ref, at))
    for (const direction of ['out', 'in'] as const)
      for (const type of relations) answers.push(await catalog.related(ref, { type, direction, ...then }))
    for (const direction of ['up', 'down'] as const) answers.push(await catalog.reach(ref, { direction, ...then }))
    for (const to of refs) answers.push((await catalog.path(ref, to, at))?.length)
  }
  for (const filter of filters) {
    for (let page; !page || page.next; answers.push(page))
      page = await catalog.find({ filter, limit: 3, ...then, ...(page?.next && { after: page.next }) })
    for (const by of ['tier', 'tags.team', 'kind'])
      answers.push((await catalog.tally({ filter, ...then }, by)).map(spelt))
    if (!isPast)
      for (const text of words) answers.push(await catalog.search(text), await catalog.search(text, { limit: 1 }))
  }
  if (!isPast) for (const kind of ['Service', 'Resource']) answers.push(await catalog.all(kind))
  return JSON.parse(JSON.stringify(answers, withoutPosition)) as unknown[]
}

/** A value is spelt as what came first has it, and what is hidden came too. */
const spelt = ({ value, count }: Awaited<ReturnType<Catalog['tally']>>[number]) => ({
  value: typeof value === 'string' ? value.toLowerCase() : value,
  count,
})

/** Where a page ends is told by numbers of rows, which mean nothing to anybody; until when something was is not known of what is. */
const withoutPosition = (key: string, value: unknown): unknown =>
  key === 'next' ? true : key === 'to' && typeof value === 'string' ? undefined : value

test('a trimmed catalog answers everything as one in which what is hidden never was', async () => {
  const trimmed = { some: 0, most: 0 }
  await fc.assert(
    fc.asyncProperty(
      arbitraryRecords(before).map(apart),
      arbitraryRecords(after, 2).map(apart),
      arbitraryFilter,
      fc.array(arbitraryFilter, { minLength: 2, maxLength: 3 }),
      async (old, fresh, visible, filters) => {
        const now = [...new Map([...old, ...fresh].map((record) => [refKey(record), record])).values()]
        for (const [records, at] of [[now], [old, between]] as const) {
          const seen = new Set(new NaiveCatalog(records).find(visible, at ?? testNow).map(refKey))
          const kept = records.filter((record) => seen.has(refKey(record)))
          if (kept.length && kept.length < records.length) trimmed.some++
          const [trim, whole] = portOf([old, fresh], testNow, visible)
          // The reference keeps the order of arrival, in which answers of equal worth come.
          const [rest, only] = portOf([kept], at ?? testNow, everything)
          const asked = { records: now, filters, isPast: at !== undefined }
          expect(await answersOf(trim, asked, at)).toEqual(await answersOf(rest, asked))
          whole.close()
          only.close()
        }
        trimmed.most++
      },
    ),
    { numRuns: 20, endOnFailure: true },
  )
  expect(trimmed.some).toBeGreaterThan(trimmed.most / 3)
})

test('what changed is told as far as it could be seen just before and just after', async () => {
  const told = { some: 0, none: 0 }
  const justBefore = new Date(Date.parse(after) - 1).toISOString()
  await fc.assert(
    fc.asyncProperty(
      arbitraryRecords(before),
      arbitraryRecords(after, 4),
      arbitraryFilter,
      arbitraryFilter,
      async (old, fresh, visible, filter) => {
        const now = [...new Map([...old, ...fresh].map((record) => [refKey(record), record])).values()]
        const [was, is] = [new NaiveCatalog(old), new NaiveCatalog(now)]
        const [trim, index] = portOf([old, fresh], testNow, visible)
        const [all, wholeIndex] = portOf([old, fresh], testNow)
        const stretch = { from: between, to: testNow, limit: 1000 }
        const asked = new Set([...was.find(filter, between, visible), ...is.find(filter, testNow, visible)].map(refKey))
        const seen = [was.find(visible, justBefore), is.find(visible, after)].map((some) => new Set(some.map(refKey)))
        const known = [was, is].map(({ entities }) => entities)
        const isSeen = (key: string) => seen.every((some, side) => some.has(key) || !known[side]!.has(key))
        const expected = (await all.changed({ filter: everything, ...stretch })).filter(
          ({ ref, what }) =>
            asked.has(refKey(ref)) &&
            isSeen(refKey(ref)) &&
            (!('relation' in what) || isDescribed(what.to, isSeen, known)),
        )
        const shown = (await trim.changed({ filter, ...stretch })).filter(
          ({ what }) => !('relation' in what) || isDescribed(what.to, isSeen, known),
        )
        expect(shown).toEqual(expected)
        told[expected.length ? 'some' : 'none']++
        for (const one of [index, wholeIndex]) one.close()
      },
    ),
    { numRuns: 60, endOnFailure: true },
  )
  expect(told.some).toBeGreaterThan(10)
})

/** Whether something is seen that somebody described before and after; what nobody describes is judged by kind and id, elsewhere. */
const isDescribed = (
  to: Ref,
  isSeen: (key: string) => boolean,
  known: readonly ReadonlyMap<string, unknown>[],
): boolean => known.every((some) => some.has(refKey(to))) && isSeen(refKey(to))
