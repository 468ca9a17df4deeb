import { expect, test } from '@jest/globals'
import type { Entity, Ref } from '../../../skills/kit/model.js'
import { createFindSubjects } from './find-subjects.js'

const arm = '/subscriptions/5b1c/resourcegroups/rg-shop/providers/microsoft.web/sites/checkout'
const entity = (ref: Ref, name: string): Entity => ({
  ...ref,
  tenant: 't',
  name,
  aliases: [],
  props: {},
  sources: [],
  from: '2026-01-01T00:00:00.000Z',
})
const checkout = entity({ kind: 'Service', id: 'checkout' }, 'checkout')
const orders = entity({ kind: 'Service', id: 'order-api' }, 'Order API')
const site = entity({ kind: 'Resource', id: arm }, 'checkout-web')
const twins = ['a', 'b'].map((id) => entity({ kind: 'Resource', id }, 'twin'))
const known = [checkout, orders, site, ...twins]

let asked = 0
const finder = () => {
  asked = 0
  return createFindSubjects({
    catalog: {
      get: async ({ kind, id }) => known.find((one) => one.kind === kind && one.id === id),
      all: async (kind) => (asked++, known.filter((one) => one.kind === kind)),
      related: async (ref, { type }) =>
        type === 'partOf' && ref.id === arm
          ? [{ entity: checkout, relation: { from: site, type: 'partOf', to: checkout, source: 'azure' } }]
          : [],
    },
    clock: { now: () => '2026-11-21T08:00:00.000Z' },
  })
}
const both = [
  { kind: 'Resource', id: arm },
  { kind: 'Service', id: 'checkout' },
]

test.each([
  ['in another case', '/subscriptions/5B1C/resourceGroups/RG-Shop/providers/Microsoft.Web/sites/Checkout'],
  ['with a slash at its end', `${arm}/`],
  ['of a slot of it', `${arm}/slots/staging`],
  ['of its health', `${arm}/providers/Microsoft.ResourceHealth/availabilityStatuses/current`],
])('a resource by its id %s, and the service it is part of', async (_how, id) => {
  expect(await finder()([{ resources: [id] }])).toEqual(both)
})

test('names are of services, or of a resource that alone has it', async () => {
  const find = finder()
  expect(await find([{ names: ['Order API'] }])).toEqual([{ kind: 'Service', id: 'order-api' }])
  expect(await find([{ names: ['CHECKOUT-WEB'] }])).toEqual(both)
  expect(await find([{ names: ['twin', 'nobody', '', '../..'] }])).toEqual([])
  expect(asked).toBe(1)
})

test('what is less likely is asked for only where nothing likelier is known', async () => {
  const find = finder()
  expect(await find([{ names: ['order-api'] }, { resources: [arm] }])).toEqual([{ kind: 'Service', id: 'order-api' }])
  expect(await find([{ names: ['nobody'] }, { resources: ['/subscriptions/other'] }, { resources: [arm] }])).toEqual(
    both,
  )
  expect(await find([{ refs: [{ kind: 'Repository', id: 'github/a/b' }] }, { refs: [checkout] }])).toEqual([
    { kind: 'Service', id: 'checkout' },
  ])
  expect(await find([])).toEqual([])
})
