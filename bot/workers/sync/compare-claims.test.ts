import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import { type CatalogRecord } from '../../store/read-model/catalog-record.js'
import { compareClaims, type Said } from './compare-claims.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const ids = ['a', 'b', 'c', 'd', '__proto__']
const claim = (id: string, version: number): Claim => ({ kind: 'Service', id, name: id, props: { version } })
const apply = (stored: ReadonlyMap<string, CatalogRecord>, source: string, said: Said, now: string) => {
  const difference = compareClaims(source, stored, said, now)
  const after = new Map(stored)
  for (const record of difference.put) after.set(refKey(record), record)
  for (const record of difference.drop) after.delete(refKey(record))
  return { after, writes: difference.put.length + difference.drop.length }
}
/** What a source says of everything: how some are, and that the others are gone. */
const everything = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 0, max: 2 })), { selector: ([id]) => id })
  .map((pairs) => ({
    claims: pairs.map(([id, version]) => claim(id, version)),
    gone: ids.map((id): Ref => ({ kind: 'Service', id })),
  }))

test('the same claims again write nothing, whatever was there before', () => {
  fc.assert(
    fc.property(everything, everything, everything, (before, other, now) => {
      const first = apply(new Map(), 'github', before, '2026-01-01T00:00:00.000Z').after
      const second = apply(first, 'azure', other, '2026-01-02T00:00:00.000Z').after
      const third = apply(second, 'github', now, '2026-01-03T00:00:00.000Z').after
      expect(apply(third, 'github', now, '2026-01-04T00:00:00.000Z').writes).toBe(0)
      // What is stored of the source is exactly what it said, and the other source's claims are untouched.
      const said = (source: string) =>
        [...third.values()]
          .flatMap(({ id, claims }) => (claims[source] ? [[id, claims[source].props.version]] : []))
          .sort()
      expect(said('github')).toEqual(now.claims.map(({ id, props }) => [id, props.version]).sort())
      expect(said('azure')).toEqual(other.claims.map(({ id, props }) => [id, props.version]).sort())
    }),
  )
})

test('of entities that nothing is said of nothing is written', () => {
  const stored = apply(new Map(), 'github', { claims: [claim('a', 1)] }, '2026-01-01T00:00:00.000Z').after
  expect(
    apply(stored, 'github', { claims: [], gone: [{ kind: 'Service', id: 'b' }] }, '2026-01-02T00:00:00.000Z').writes,
  ).toBe(0)
  expect(
    apply(stored, 'azure', { claims: [], gone: [{ kind: 'Service', id: 'a' }] }, '2026-01-02T00:00:00.000Z').writes,
  ).toBe(0)
})
