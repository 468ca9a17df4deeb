import { randomUUID } from 'node:crypto'
import type { VendorResponse } from '../../frame/router.js'
import { ArmRefusal, methodNotAllowed } from '../refusals.js'
import { bodyOf, requireScope, requireVersion } from '../request-context.js'
import type { ArmRequest } from '../request-context.js'
import type { AzureStore } from '../store.js'
import { dailyCosts } from './daily-costs.js'
import type { DailyCost } from './daily-costs.js'
import { dimensionOf } from './dimensions.js'
import { periodOf, QueryRequest } from './query-request.js'
import type { Filter, Measure } from './query-request.js'
import type { QueryUnits } from './query-units.js'

const versions = ['2025-03-01', '2024-08-01', '2023-11-01', '2023-08-01', '2023-03-01', '2022-10-01', '2021-10-01']
const pageSize = 1000
/** Rate that everything is turned into US dollars with; one for all currencies and days. */
const dollars = 1.08

type Cell = string | number
interface Column {
  name: string
  type: 'Number' | 'String' | 'Datetime'
}

const scopePattern =
  /^(\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?|\/providers\/Microsoft\.Management\/managementGroups\/([^/]+))\/providers\/Microsoft\.CostManagement\/query$/i

/** Answers `{scope}/providers/Microsoft.CostManagement/query` for a management group, subscription or group. */
export function costRequest(arm: ArmRequest, units: QueryUnits): VendorResponse | undefined {
  const { request, store, caller, version } = arm
  const [, scope = '', subscription, group, management] = scopePattern.exec(request.path) ?? []
  if (!scope) return undefined
  if (request.method !== 'POST') throw methodNotAllowed(request.method)
  requireVersion(version, versions)
  requireScope(store, { ...(subscription && { subscription }), ...(group && { group }) })
  const { org } = store.services
  if (management && management.toLowerCase() !== org.tenant.toLowerCase())
    throw new ArmRefusal(404, 'NotFound', `The management group '${management}' was not found.`)
  const query = requestIn(bodyOf(arm))
  const { from, until } = periodOf(query, store.now())
  const months = Math.max(1, Math.ceil((until.getTime() - from.getTime()) / (31 * 86_400_000)))
  const headers = units.take(caller.objectId, months)
  const within = management ? '/' : `${scope.toLowerCase()}/`
  const costs = dailyCosts(org, from, until).filter(({ resource }) => resource.id.toLowerCase().startsWith(within))
  const { columns, rows } = summed(store, query, costs)
  const skip = Number(request.query['$skiptoken'] ?? 0) || 0
  const next = new URL(request.url)
  next.searchParams.set('$skiptoken', String(skip + pageSize))
  const name = randomUUID()
  const body = {
    id: `${scope.slice(1)}/providers/Microsoft.CostManagement/query/${name}`,
    name,
    type: 'Microsoft.CostManagement/query',
    location: null,
    sku: null,
    eTag: null,
    properties: {
      nextLink: rows.length > skip + pageSize ? next.href : null,
      columns,
      rows: rows.slice(skip, skip + pageSize),
    },
  }
  return { status: 200, headers, body }
}

function requestIn(body: unknown): QueryRequest {
  const parsed = QueryRequest.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new ArmRefusal(400, 'BadRequest', `Invalid query definition: ${issue?.path.join('.')}: ${issue?.message}`)
}

type Test = (cost: DailyCost) => boolean

/** A filter as a test of rows; refuses one that names a dimension that is not there. */
function testOf(store: AzureStore, { and, or, dimensions, tags }: Filter): Test {
  const [all, some] = [and, or].map((filters) => filters?.map((each) => testOf(store, each)))
  const among = (value: string, values: string[]) => values.some((each) => each.toLowerCase() === value.toLowerCase())
  const dimension = dimensions && dimensionOf(store.services.org, dimensions.name)
  return (cost) =>
    (!all || all.every((test) => test(cost))) &&
    (!some || some.some((test) => test(cost))) &&
    (!dimension || among(dimension(cost), dimensions.values)) &&
    (!tags || among(tagOf(store, cost, tags.name), tags.values))
}

/** A tag's value on the resource as it is now, empty where it has none; keys in any case. */
function tagOf(store: AzureStore, { resource }: DailyCost, key: string): string {
  const tags = store.find(resource.id)?.resource.tags ?? resource.tags
  return Object.entries(tags).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? ''
}

/** The part of a column list that says when, by granularity. */
const times: Record<QueryRequest['dataset']['granularity'], { column: Column; of(day: string): Cell }[]> = {
  None: [],
  Daily: [{ column: { name: 'UsageDate', type: 'Number' }, of: (day) => Number(day.replaceAll('-', '')) }],
  Monthly: [{ column: { name: 'BillingMonth', type: 'Datetime' }, of: (day) => `${day.slice(0, 7)}-01T00:00:00` }],
}

/** Sums costs as the query's granularity, grouping and filter ask. */
function summed(
  store: AzureStore,
  { dataset }: QueryRequest,
  costs: DailyCost[],
): { columns: Column[]; rows: Cell[][] } {
  const { granularity, aggregation, grouping, filter, sorting } = dataset
  const sums = [...new Set(Object.values(aggregation).map(({ name }) => name))]
  const time = times[granularity]
  const groups = grouping.map(({ type, name }) => {
    if (type === 'TagKey')
      return { names: ['TagKey', 'TagValue'], of: (cost: DailyCost) => [name.toLowerCase(), tagOf(store, cost, name)] }
    const read = dimensionOf(store.services.org, name)
    return { names: [name], of: (cost: DailyCost) => [read(cost)] }
  })
  const wanted = filter && testOf(store, filter)
  const totals = new Map<string, { keys: Cell[]; amount: number }>()
  for (const cost of costs) {
    if (wanted && !wanted(cost)) continue
    const keys = [...time.map(({ of }) => of(cost.day)), ...groups.flatMap(({ of }) => of(cost)), cost.currency]
    const total = totals.get(JSON.stringify(keys)) ?? { keys, amount: 0 }
    total.amount += cost.amount
    totals.set(JSON.stringify(keys), total)
  }
  const columns: Column[] = [
    ...sums.map((name): Column => ({ name, type: 'Number' })),
    ...time.map(({ column }) => column),
    ...[...groups.flatMap(({ names }) => names), 'Currency'].map((name): Column => ({ name, type: 'String' })),
  ]
  const rows = [...totals.values()].map(({ keys, amount }) => [...sums.map((name) => measured(name, amount)), ...keys])
  return { columns, rows: sorted(rows, columns, sorting.length ? sorting : time.map(({ column }) => column)) }
}

const measured = (measure: Measure, amount: number): number =>
  Math.round(amount * (measure === 'CostUSD' ? dollars : 1) * 1e6) / 1e6

function sorted(rows: Cell[][], columns: Column[], by: { name: string; direction?: string }[]): Cell[][] {
  const keys = by.map(({ name, direction }) => {
    const index = columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase())
    if (index < 0) throw new ArmRefusal(400, 'BadRequest', `Invalid query definition: cannot sort by '${name}'.`)
    return { index, sign: direction === 'Descending' ? -1 : 1 }
  })
  const compare = (a: Cell, b: Cell) => (a < b ? -1 : a > b ? 1 : 0)
  return rows.sort((a, b) =>
    keys.reduce((result, { index, sign }) => result || sign * compare(a[index]!, b[index]!), 0),
  )
}
