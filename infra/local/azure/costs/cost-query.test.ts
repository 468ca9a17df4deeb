import { expect, test } from '@jest/globals'
import { azureTenant, development, organisation, production } from '../../testing/azure-tenant.js'
import type { AzureTenant } from '../../testing/azure-tenant.js'
import { QueryUnits } from './query-units.js'

// It is Friday 20 November 2026, 10:00 UTC.
interface Answer {
  status: number
  headers: Record<string, string>
  body: {
    error?: { code: string; message: string }
    properties: { nextLink: string | null; columns: { name: string }[]; rows: (string | number)[][] }
  }
}

function shop(): AzureTenant {
  const tenant = azureTenant()
  const changes = [{ from: '2026-11-10T12:00:00.000Z', factor: 2, why: 'Twice the instances for the sale' }]
  tenant.services.org.costs.push(
    { service: 'shop', environment: 'production', monthly: 3000, currency: 'EUR', changes },
    { service: 'shop', environment: 'development', monthly: 100, currency: 'EUR', changes: [] },
  )
  return tenant
}
const everything = `/providers/Microsoft.Management/managementGroups/${organisation.tenant}`
const ask = async (tenant: AzureTenant, body: object, scope = everything): Promise<Answer> =>
  (await tenant.call(
    'POST',
    `${scope}/providers/Microsoft.CostManagement/query?api-version=2025-03-01`,
    body,
  )) as Answer
const query = (dataset: object = {}, rest: object = {}) => ({
  type: 'ActualCost',
  timeframe: 'Custom',
  timePeriod: { from: '2026-10-01T00:00:00Z', to: '2026-10-31T23:59:59Z' },
  dataset: { granularity: 'None', aggregation: { totalCost: { name: 'Cost', function: 'Sum' } }, ...dataset },
  ...rest,
})
const cost = ({ body }: Answer) => body.properties.rows.reduce((sum, [amount]) => sum + Number(amount), 0)

test('a month costs what the organisation says, in the columns of the vendor', async () => {
  const tenant = shop()
  const october = await ask(tenant, query())
  expect(october.body).toMatchObject({
    type: 'Microsoft.CostManagement/query',
    properties: {
      nextLink: null,
      columns: [
        { name: 'Cost', type: 'Number' },
        { name: 'Currency', type: 'String' },
      ],
    },
  })
  expect(october.body.properties.rows).toEqual([[expect.any(Number), 'EUR']])
  expect(cost(october) / 3100).toBeCloseTo(31 / 30.44, 1)
  expect(cost(await ask(tenant, query()))).toBe(cost(october))

  const days = await ask(tenant, query({ granularity: 'Daily' }))
  expect(days.body.properties.columns.map(({ name }) => name)).toEqual(['Cost', 'UsageDate', 'Currency'])
  expect(days.body.properties.rows.map(([, day]) => day)).toEqual(Array.from({ length: 31 }, (_, at) => 20261001 + at))
  expect(cost(days)).toBeCloseTo(cost(october), 3)
})

test('a step in the level is seen from its day on, and today has cost what has passed of it', async () => {
  const tenant = shop()
  const period = { timeframe: 'MonthToDate', timePeriod: undefined }
  const month = await ask(tenant, query({ granularity: 'daily' }, period), `/subscriptions/${production}`)
  const days = new Map(month.body.properties.rows.map(([amount, day]) => [day, Number(amount)]))
  expect([...days.keys()].at(-1)).toBe(20261120)
  expect(days.get(20261113)! / days.get(20261106)!).toBeCloseTo(2, 0)
  expect(days.get(20261110)! / days.get(20261103)!).toBeGreaterThan(1.3)
  expect(days.get(20261120)! / days.get(20261113)!).toBeLessThan(0.5)
})

test('costs are grouped and filtered by dimensions and tags, and a scope sees its own', async () => {
  const tenant = shop()
  const by = (type: string, name: string) => query({ grouping: [{ type, name }] })
  const subscriptions = await ask(tenant, by('Dimension', 'SubscriptionName'))
  expect(subscriptions.body.properties.rows.map(([, name]) => name).sort()).toEqual([
    'Tailspin development',
    'Tailspin production',
  ])
  const mine = await ask(tenant, query(), `/subscriptions/${development}/resourceGroups/RG-DEV`)
  expect(cost(mine) / cost(await ask(tenant, query()))).toBeCloseTo(100 / 3100, 2)
  const types = await ask(tenant, by('Dimension', 'ResourceType'))
  const of = (type: string) => Number(types.body.properties.rows.find(([, name]) => name === type)?.[0])
  expect(of('microsoft.web/serverfarms')).toBeGreaterThan(of('microsoft.web/sites'))

  const vm = `/subscriptions/${production}/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachines/vm-batch`
  const tags = { operation: 'Merge', properties: { tags: { Team: 'core' } } }
  await tenant.call('PATCH', `${vm}/providers/Microsoft.Resources/tags/default?api-version=2025-04-01`, tags)
  const teams = await ask(tenant, by('TagKey', 'Team'))
  expect(teams.body.properties.columns.map(({ name }) => name)).toEqual(['Cost', 'TagKey', 'TagValue', 'Currency'])
  const filter = {
    and: [
      { dimensions: { name: 'ResourceId', operator: 'In', values: [vm.toUpperCase()] } },
      {
        or: [
          { tags: { name: 'service', operator: 'In', values: ['Shop'] } },
          { tags: { name: 'x', operator: 'In', values: ['y'] } },
        ],
      },
    ],
  }
  const one = await ask(tenant, query({ filter, sorting: [{ name: 'Cost', direction: 'Descending' }] }))
  expect(one.body.properties.rows).toHaveLength(1)
  const dollars = { a: { name: 'CostUSD', function: 'Sum' }, b: { name: 'PreTaxCost', function: 'Sum' } }
  const both = await ask(tenant, query({ filter, aggregation: dollars }))
  expect(both.body.properties.columns.map(({ name }) => name)).toEqual(['CostUSD', 'PreTaxCost', 'Currency'])
  expect(both.body.properties.rows[0]![1]).toBe(one.body.properties.rows[0]![0])
})

test('many rows come in pages that the same query follows', async () => {
  const tenant = shop()
  const body = query(
    { granularity: 'Daily', grouping: [{ type: 'Dimension', name: 'ResourceId' }] },
    { timePeriod: { from: '2026-08-01T00:00:00Z', to: '2026-11-01T00:00:00Z' } },
  )
  const first = await ask(tenant, body)
  expect(first.body.properties.rows).toHaveLength(1000)
  const next = new URL(first.body.properties.nextLink!)
  const second = (await tenant.call('POST', next.pathname.slice('/arm'.length) + next.search, body)) as Answer
  expect(second.body.properties.nextLink).toBeNull()
  expect(
    new Set([...first.body.properties.rows, ...second.body.properties.rows].map(([, ...keys]) => keys.join())).size,
  ).toBe(first.body.properties.rows.length + second.body.properties.rows.length)
})

test.each<[string, object, string]>([
  ['no dataset', { type: 'ActualCost', timeframe: 'MonthToDate' }, 'dataset'],
  ['an unknown type', query({}, { type: 'Wishes' }), 'type'],
  ['a period that is none', query({}, { timePeriod: undefined }), 'timePeriod'],
  [
    'a period backwards',
    query({}, { timePeriod: { from: '2026-10-02T00:00:00Z', to: '2026-10-01T00:00:00Z' } }),
    'ends',
  ],
  ['two years', query({}, { timePeriod: { from: '2024-10-02T00:00:00Z', to: '2026-10-01T00:00:00Z' } }), 'one year'],
  ['an unknown dimension', query({ grouping: [{ type: 'Dimension', name: 'Mood' }] }), "dimension 'Mood'"],
  [
    'a filter by an unknown dimension',
    query({ filter: { dimensions: { name: 'Mood', operator: 'In', values: ['x'] } } }),
    "dimension 'Mood'",
  ],
  ['an unknown sum', query({ aggregation: { a: { name: 'Profit', function: 'Sum' } } }), 'aggregation'],
  ['a third grouping', query({ grouping: Array(3).fill({ type: 'Dimension', name: 'ResourceId' }) }), 'grouping'],
  ['sorting by nothing', query({ sorting: [{ name: 'Mood', direction: 'Ascending' }] }), "sort by 'Mood'"],
])('%s is refused', async (_, body, said) => {
  const { status, body: answer } = await ask(shop(), body)
  expect([status, answer.error?.code]).toEqual([400, 'BadRequest'])
  expect(answer.error?.message).toContain(said)
})

test('strangers, other methods and other versions are refused', async () => {
  const tenant = shop()
  const path = `/subscriptions/${production}/providers/Microsoft.CostManagement/query?api-version=`
  expect((await tenant.call('GET', `${path}2025-03-01`)).status).toBe(405)
  expect((await tenant.call('POST', `${path}2011-01-01`, query())).status).toBe(400)
  expect((await ask(tenant, query(), `/subscriptions/${organisation.tenant}`)).status).toBe(404)
  expect((await ask(tenant, query(), '/providers/Microsoft.Management/managementGroups/other')).status).toBe(404)
})

test('a caller has twelve units in ten seconds, and a month of data takes one', async () => {
  const tenant = shop()
  const quarter = query({}, { timePeriod: { from: '2026-08-01T00:00:00Z', to: '2026-10-31T00:00:00Z' } })
  const answers = []
  for (let count = 0; count < 5; count++) answers.push(await ask(tenant, quarter))
  expect(answers[0]!.headers).toMatchObject({
    'x-ms-ratelimit-microsoft.costmanagement-qpu-consumed': '3',
    'x-ms-ratelimit-microsoft.costmanagement-qpu-remaining': 'QueriesPerHour:597,QueriesPerMin:57,QueriesPer10Sec:9',
  })
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429])
  expect(answers[4]!.headers['x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after']).toBe('10')

  let seconds = 0
  const units = new QueryUnits(() => seconds)
  units.take('a', 12)
  expect(() => units.take('a', 1)).toThrow('Too many requests')
  units.take('b', 12)
  seconds = 10
  units.take('a', 12)
})
