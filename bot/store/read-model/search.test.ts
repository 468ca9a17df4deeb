import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { searchWords } from '../../../skills/kit/catalog/meets-filter.js'
import type { Json } from '../../../skills/kit/model.js'
import { CatalogIndex } from './catalog-index.js'
import { type CatalogRecord } from './catalog-record.js'
import { testNow } from './testing/arbitrary-catalog.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const at = '2026-11-01T00:00:00.000Z'
const named = (
  kind: string,
  name: string,
  props: Record<string, Json> = {},
  aliases: string[] = [],
): CatalogRecord => ({
  kind,
  id: name.toLowerCase(),
  claims: { github: { name, aliases, props, relations: [], at } },
})
const holding = (records: readonly CatalogRecord[]): CatalogIndex => {
  const index = new CatalogIndex('contoso')
  index.apply(() => records.forEach((record) => index.put(record)))
  return index
}
const search = (index: CatalogIndex, text: string, way = {}) => index.search(text, way, { now: testNow })
const names = (index: CatalogIndex, text: string, way = {}) => search(index, text, way).map(({ entity }) => entity.name)

const contoso = holding([
  named('Service', 'payments', { description: 'Takes cards, and settles with the bank every night.' }),
  named('Service', 'payments-api'),
  named('Service', 'checkout', { runbook: 'When payments is slow, look at the queue first. Then call the bank.' }),
  named('Service', 'auth-api', {}, ['sign-in']),
  named('Resource', 'stpayments001'),
  named('WorkItem', 'Straße und Zoë'),
  named('Incident', 'INC-77'),
])

test('the exact name comes first, then names, then what has the words in its texts, with the words around them', () => {
  expect(names(contoso, 'payments')).toEqual(['payments', 'payments-api', 'checkout'])
  expect(names(contoso, 'PAYMENTS Api')).toEqual(['payments-api'])
  expect(names(contoso, 'sign in')).toEqual(['auth-api'])
  // Called exactly so by another of its names comes before what only has the word in its name.
  const alike = holding([named('Service', 'shop-api'), named('Service', 'basket', {}, ['Shop']), named('Team', 'shop')])
  expect(names(alike, 'shop')).toEqual(['shop', 'basket', 'shop-api'])
  expect(names(contoso, 'zoe')).toEqual(['Straße und Zoë'])
  const [found] = search(contoso, 'bank queue')
  expect(found?.entity.name).toBe('checkout')
  expect(found?.excerpt).toContain('look at the queue first')
  expect(search(contoso, 'payments')[0]).not.toHaveProperty('excerpt')
  expect(names(contoso, 'payments', { kinds: ['Resource'] })).toEqual([])
  expect(names(contoso, 'payments', { limit: 1 })).toEqual(['payments'])
})

test('where nothing has all of the words, what has some of them comes, and says so', () => {
  const found = search(contoso, 'bank elephant')
  expect(found.map(({ entity, partial }) => [entity.name, partial])).toEqual([
    ['checkout', true],
    ['payments', true],
  ])
  expect(search(contoso, 'bank queue')[0]).not.toHaveProperty('partial')
})

test('a typo is forgiven in letters and never in figures, and signs that search knows as its own mean nothing', () => {
  // As without the typo: what is called so comes before what only tells of it.
  expect(names(contoso, 'paymetns')).toEqual(['payments', 'payments-api', 'checkout'])
  expect(names(contoso, 'authapi')).toEqual(['auth-api'])
  expect(names(contoso, 'sigin-in')).toEqual(['auth-api'])
  expect(names(contoso, 'INC-78')).toEqual([])
  for (const text of ['', '   ', '"', 'name:payments*"', 'NEAR(', '*', '" OR "', '-'.repeat(10_000)])
    expect(() => search(contoso, text)).not.toThrow()
  expect(names(contoso, 'AND OR NOT')).toEqual([])
})

const letter = fc.constantFrom(...'abcdefghiklmnoprstuwé')
const word = fc.string({ unit: letter, minLength: 4, maxLength: 9 })
const name = fc
  .tuple(word, fc.option(word), fc.option(fc.nat({ max: 99 })))
  .map((parts) => parts.filter((part) => part !== null).join('-'))

test('every entity is found by its name, and by its name with one typo', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(name, { minLength: 1, maxLength: 30 }),
      fc.nat(),
      fc.nat(),
      fc.constantFrom('drop', 'add', 'change', 'swap'),
      letter,
      (all, which, where, how, sign) => {
        const index = holding(all.map((one) => named('Service', one)))
        const wanted = all[which % all.length]!
        expect(names(index, wanted)[0]).toBe(wanted)
        // The typo is in the letters of the first word.
        const length = searchWords(wanted)[0]!.length
        const place = where % (length - 1)
        const [before, after] = [wanted.slice(0, place), wanted.slice(place)]
        const typed = {
          drop: before + after.slice(1),
          add: before + sign + after,
          change: before + sign + after.slice(1),
          swap: before + after[1]! + after[0]! + after.slice(2),
        }[how]
        // What other names begin with is no typo.
        const words = searchWords(typed)
        const known = all.flatMap(searchWords)
        fc.pre(!words.every((word) => known.some((one) => one.startsWith(word) && !wanted.includes(one))))
        expect(search(index, typed, { limit: 100 }).map(({ entity }) => refKey(entity))).toContain(`Service/${wanted}`)
        index.close()
      },
    ),
    { numRuns: 150 },
  )
})
