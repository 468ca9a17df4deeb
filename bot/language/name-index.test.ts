import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { createNameIndex, Names } from './name-index.js'
import { keysOf } from './name-keys.js'
import { createNames } from './names.js'
import { NearKeys } from './near-keys.js'
import type { NamedEntity } from './understanding.js'

const letter = fc.constantFrom(...'aabcdeiorst-1 2é')
const word = fc.string({ unit: letter, minLength: 1, maxLength: 14 })
const entity: fc.Arbitrary<NamedEntity> = fc.record({
  kind: fc.constantFrom('Service', 'Team', 'Person'),
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  name: word,
  aliases: fc.array(word, { maxLength: 2 }),
})
const kinds = ['Service', 'Team', 'Person']

test('names that were learnt and forgotten one by one are found like those learnt at once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(entity, fc.boolean()), { maxLength: 30 }),
      fc.array(word, { maxLength: 5 }),
      (steps, asked) => {
        const names = new Names()
        const there = new Map<string, NamedEntity>()
        for (const [one, gone] of steps) {
          if (gone) names.forget(one)
          else names.learn(one)
          there.delete(`${one.kind}/${one.id}`)
          if (!gone) there.set(`${one.kind}/${one.id}`, one)
        }
        const anew = createNameIndex(there.values())
        for (const words of [...asked, ...[...there.values()].flatMap((one) => [...keysOf(one).keys()])])
          for (const some of [kinds, ['Team']]) expect(names.find(words, some)).toEqual(anew.find(words, some))
      },
    ),
    { numRuns: 150 },
  )
})

test('near are all keys that a few slips and no figure tell apart, and no others', () => {
  const slips = (length: number): number => [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2][length] ?? 3
  const figures = (key: string): string => (key.match(/\d+/g) ?? []).join(' ')
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 40 }), word, fc.nat(), (keys, other, which) => {
      const near = new NearKeys()
      keys.forEach((key) => near.add(key))
      near.delete(keys[which % (keys.length || 1)] ?? '')
      const left = keys.filter((_, place) => place !== which % keys.length)
      for (const key of [...keys, other]) {
        const wanted = left.filter((one) => {
          const longer = Math.max(one.length, key.length)
          return key.length > 2 && figures(one) === figures(key) && editDistance(key, one, 9) <= slips(longer)
        })
        const found = near.near(key)
        expect(found.map((one) => one.key).sort()).toEqual(wanted.sort())
      }
    }),
    { numRuns: 150 },
  )
})

test('a team and a service are called so with their noun on either side', () => {
  const index = createNameIndex([
    { kind: 'Team', id: 'atlas', name: 'Atlas', aliases: [] },
    { kind: 'Service', id: 'checkout-web', name: 'checkout-web', aliases: [] },
  ])
  for (const words of ['atlas', 'team atlas', 'Atlas team', 'team atals'])
    expect(index.find(words, kinds)[0]).toMatchObject({ name: 'Atlas', wordForWord: true })
  for (const words of ['checkout', 'service checkout-web', 'checkout web', 'check'])
    expect(index.find(words, kinds)[0]?.name).toBe('checkout-web')
})

test('names follow their source: what moved is learnt, what is gone is forgotten, and all is learnt where that is not known', () => {
  const named = (id: string, name = id): NamedEntity => ({ kind: 'Service', id, name, aliases: [] })
  const source = {
    version: 1,
    everything: () => [named('web')],
    movedSince: (_version: number): { ref: NamedEntity; entity?: NamedEntity }[] | undefined => undefined,
  }
  const names = createNames(source)
  const found = (words: string) => names().find(words, kinds)[0]?.ref.id
  expect(found('web')).toBe('web')
  Object.assign(source, {
    version: 2,
    movedSince: (version: number) =>
      version === 1 ? [{ ref: named('shop'), entity: named('shop', 'Store') }] : undefined,
  })
  expect([found('store'), found('web')]).toEqual(['shop', 'web'])
  Object.assign(source, { version: 3, movedSince: () => [{ ref: named('web') }] })
  expect([found('store'), found('web')]).toEqual(['shop', undefined])
  Object.assign(source, { version: 4, movedSince: () => undefined })
  expect([found('store'), found('web')]).toEqual([undefined, 'web'])
})
