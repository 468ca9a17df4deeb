import { expect, test } from '@jest/globals'
import { entity, to } from '../../hub/testing/small-hub.js'
import { CatalogIndex } from '../../store/read-model/catalog-index.js'
import { catalogPort } from '../../store/read-model/catalog-port.js'
import { createFindSubjects } from './find-subjects.js'

const arm = '/subscriptions/5b1c/resourcegroups/rg-shop/providers/microsoft.web/sites/checkout'
const named = (kind: string, id: string, name: string, relations = [] as ReturnType<typeof to>[]) => {
  const record = entity(kind, id, {}, relations)
  record.claims['pagerduty']!.name = name
  return record
}
const checkout = { kind: 'Service', id: 'checkout' }
const index = new CatalogIndex('t')
for (const record of [
  named('Service', 'checkout', 'checkout'),
  named('Service', 'order-api', 'Order API'),
  named('Resource', arm, 'checkout-web', [to('partOf', 'Service', 'checkout')]),
  ...['a', 'b'].map((id) => named('Resource', id, 'twin')),
])
  index.put(record)
const finder = () => createFindSubjects(catalogPort(index, () => [], { now: () => '2026-11-21T08:00:00.000Z' }))
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
