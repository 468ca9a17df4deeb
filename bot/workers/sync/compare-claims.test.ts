import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Claim } from '../../../skills/kit/model.js'
import { keyOf, type CatalogRecord } from '../../store/read-model/catalog-record.js'
import { compareClaims } from './compare-claims.js'

const claim = (id: string, version: number): Claim => ({ kind: 'Service', id, name: id, props: { version } })
const apply = (stored: CatalogRecord[], source: string, claims: Claim[], now: string) => {
  const difference = compareClaims(source, stored, claims, now)
  const after = new Map(stored.map((record) => [keyOf(record), record]))
  for (const record of difference.put) after.set(keyOf(record), record)
  for (const record of difference.drop) after.delete(keyOf(record))
  return { after: [...after.values()], writes: difference.put.length + difference.drop.length }
}
const claims = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.integer({ min: 0, max: 2 })), {
    selector: ([id]) => id,
  })
  .map((pairs) => pairs.map(([id, version]) => claim(id, version)))

test('the same claims again write nothing, whatever was there before', () => {
  fc.assert(
    fc.property(claims, claims, claims, (before, other, now) => {
      const first = apply([], 'github', before, '2026-01-01T00:00:00.000Z').after
      const second = apply(first, 'azure', other, '2026-01-02T00:00:00.000Z').after
      const third = apply(second, 'github', now, '2026-01-03T00:00:00.000Z').after
      expect(apply(third, 'github', now, '2026-01-04T00:00:00.000Z').writes).toBe(0)
      // What is stored of the source is exactly what it said, and the other source's claims are untouched.
      const said = (source: string) =>
        Object.fromEntries(
          third.flatMap(({ id, claims }) => (claims[source] ? [[id, claims[source].props.version]] : [])),
        )
      expect(said('github')).toEqual(Object.fromEntries(now.map(({ id, props }) => [id, props.version])))
      expect(said('azure')).toEqual(Object.fromEntries(other.map(({ id, props }) => [id, props.version])))
    }),
  )
})

test("an entity claimed twice is the provider's error and is named", () => {
  expect(() => compareClaims('github', [], [claim('a', 1), claim('a', 2)], '2026-01-01T00:00:00.000Z')).toThrow(
    'github claims Service/a twice',
  )
})
