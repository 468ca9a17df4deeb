import { expect, test } from '@jest/globals'
import { entity as entityArg } from '../../skills/kit/arguments.js'
import type { Catalog } from '../../skills/kit/ports.js'
import { CatalogIndex } from '../store/read-model/catalog-index.js'
import { catalogPort } from '../store/read-model/catalog-port.js'
import { choicesOf, mostChoices, readForm } from './form.js'
import { entity, smallNow } from './testing/small-hub.js'

/** A catalog of many resources, two hundred of them called alike, that never gives a kind whole. */
const index = new CatalogIndex('contoso')
index.apply(() => {
  for (let n = 0; n < 2_000; n++) index.put(entity('Resource', `/subscriptions/1/shop-${n}`))
  for (let n = 0; n < 200; n++)
    index.put({
      ...{ kind: 'Resource', id: `/subscriptions/2/${n}` },
      claims: {
        azure: { name: `pump ${n}`, aliases: n === 150 ? ['Pump'] : [], props: {}, relations: [], at: smallNow },
      },
    })
  index.put(entity('Service', 'shop-7'))
})
const port = catalogPort(index, () => [], { now: () => smallNow })
const catalog: Pick<Catalog, 'find' | 'search'> = {
  async find(question) {
    expect(question.limit).toBeLessThan(100)
    return port.find(question)
  },
  search: port.search,
}
const form = { target: entityArg(['Resource', 'Service'], 'what') }
const read = (typed: string) => readForm(form, { target: typed }, catalog, { now: smallNow, zone: 'UTC' })

test.each([
  ['/subscriptions/1/SHOP-3', { kind: 'Resource', id: '/subscriptions/1/shop-3' }],
  ['Resource//subscriptions/1/shop-3', { kind: 'Resource', id: '/subscriptions/1/shop-3' }],
  ['service/shop-7', { kind: 'Service', id: 'shop-7' }],
  ['pump 12', { kind: 'Resource', id: '/subscriptions/2/12' }],
  // One of them is called so besides; the others only have the word.
  ['pump', { kind: 'Resource', id: '/subscriptions/2/150' }],
])('“%s” is found among many', async (typed, target) => {
  expect(await read(typed)).toEqual({ target })
})

test('what is only like it is not it', async () => {
  await expect(read('shop')).rejects.toThrow('There is no resource or service called “shop”.')
})

test('a list to pick from has all there is, or is none', async () => {
  expect(await choicesOf(['Service'], catalog)).toHaveLength(1)
  expect(await choicesOf(['Service', 'Resource'], catalog)).toBeUndefined()
  expect(mostChoices).toBeLessThan(100)
})
