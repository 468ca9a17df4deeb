import { randomUUID } from 'node:crypto'
import { authenticate } from '../azure/authentication.js'
import { ArmRefusal, methodNotAllowed, noSuchUri } from '../azure/refusals.js'
import { requireVersion, versionOf } from '../azure/request-context.js'
import { azureStore } from '../azure/store.js'
import type { AzureStore } from '../azure/store.js'
import type { Vendor, VendorRequest, VendorResponse } from '../frame/router.js'
import type { Services } from '../frame/services.js'
import { AnswerCache } from './answer-cache.js'
import { compileQuery } from './kusto/query.js'
import { QueryRefused } from './kusto/refusal.js'
import type { RefusalDetail } from './kusto/refusal.js'
import { asJson } from './kusto/types.js'
import type { Column, KustoType, Row } from './kusto/types.js'
import { parseRequest, skipToken } from './query-request.js'
import type { QueryRequest } from './query-request.js'
import { QueryQuota, quotaHeaders } from './quota.js'
import { tableCatalog } from './tables/catalog.js'
import type { TableRow } from './tables/row.js'

const versions = ['2024-04-01', '2022-10-01', '2021-03-01']

/** Type names of the `table` format. */
const typeNames: Record<KustoType, string> = {
  string: 'string',
  long: 'integer',
  real: 'number',
  bool: 'boolean',
  datetime: 'datetime',
  timespan: 'string',
  dynamic: 'object',
}

const objectRow = (columns: Column[], row: Row): Record<string, unknown> =>
  Object.fromEntries(columns.map(({ name }, index) => [name, asJson(row[index] ?? null)]))

const tableOf = (columns: Column[], rows: Row[]) => ({
  columns: columns.map(({ name, type }) => ({ name, type: typeNames[type] })),
  rows: rows.map((row) => columns.map((_, index) => asJson(row[index] ?? null))),
})

/** Which rows a request sees: those of the subscriptions it names, all where it names none or the root group. */
function visibility(store: AzureStore, { subscriptions, managementGroups }: QueryRequest): (row: TableRow) => boolean {
  const { org } = store.services
  const groups = managementGroups?.map((name) => name.toLowerCase())
  const root = org.tenant.toLowerCase()
  if (groups && !groups.includes(root))
    throw new ArmRefusal(
      403,
      'AccessDenied',
      `Access to management group '${groups.join(', ')}' was denied, or it does not exist.`,
    )
  const known = new Set(org.subscriptions.map(({ id }) => id).filter((id) => !store.closed(id)))
  if (!subscriptions) return ({ subscriptionId }) => subscriptionId === '' || known.has(subscriptionId)
  const wanted = new Set(subscriptions.map((id) => id.toLowerCase()))
  // A subscription that the caller cannot see is left out, as the service does; none at all is a refusal.
  if (wanted.size && ![...wanted].some((id) => known.has(id)))
    throw new QueryRefused([
      {
        code: 'NoValidSubscriptionsInQueryRequest',
        message: 'There must be at least one subscription that is eligible to contain resources.',
      },
    ])
  return ({ subscriptionId }) =>
    subscriptionId === '' || (known.has(subscriptionId) && (!wanted.size || wanted.has(subscriptionId)))
}

/** Most bytes of an answer ("Working with large Azure resource data sets"). */
const greatestAnswer = 16_777_216

function requireAnswerable(data: unknown): void {
  const size = Buffer.byteLength(JSON.stringify(data))
  if (size > greatestAnswer)
    throw new QueryRefused([
      {
        code: 'ResponsePayloadTooLarge',
        message: `Response payload size is ${size}, and has exceeded the limit of ${greatestAnswer}. Please consider querying less data at a time and make paginated call if needed.`,
      },
    ])
}

/** Runs a query and gives one page of its answer. */
export function runQuery(store: AzureStore, raw: unknown, cache = new AnswerCache()): VendorResponse {
  const request = parseRequest(raw)
  const { query, subscriptions, managementGroups, skip, top } = request
  const key = JSON.stringify([query, subscriptions, managementGroups])
  const { columns, rows: all } = cache.get(key, store.version, skip === 0, () => {
    const catalog = tableCatalog(store, visibility(store, request))
    const { columns, rows } = compileQuery(query, catalog, store.now())
    return { columns, rows: rows() }
  })
  const page = all.slice(skip, skip + top)
  const end = skip + page.length
  // Only rows with an id can be continued: their order is stable from page to page.
  const more = end < all.length && columns.some(({ name }) => name === 'id')
  const data = request.format === 'table' ? tableOf(columns, page) : page.map((row) => objectRow(columns, row))
  requireAnswerable(data)
  if (!more) cache.drop(key)
  return {
    status: 200,
    body: {
      totalRecords: all.length,
      count: page.length,
      resultTruncated: end < all.length && !more ? 'true' : 'false',
      ...(more ? { $skipToken: skipToken(query, end) } : {}),
      facets: [],
      data,
    },
  }
}

function badRequest(store: AzureStore, details: RefusalDetail[], correlation: string): VendorResponse {
  const message = `Please provide below info when asking for support: timestamp = ${store.now().toISOString()}, correlationId = ${correlation}.`
  return { status: 400, body: { error: { code: 'BadRequest', message, details } } }
}

const limited = {
  code: 'RateLimiting',
  message:
    'Please provide below info when asking for support: client application was throttled; wait for the time in Retry-After.',
  details: [
    {
      code: 'RateLimiting',
      message:
        'Client application has been throttled and should not attempt to repeat the request until an amount of time has elapsed. Please see https://aka.ms/resourcegraph-throttling for help.',
    },
  ],
}

/**
 * Azure Resource Graph below `/arm/providers/Microsoft.ResourceGraph`, over the same resources as Resource Manager.
 * @param quota the query quota; its own clock is real time, which a test may replace.
 */
export function resourceGraph(services: Services, quota = new QueryQuota()): Vendor {
  const store = azureStore(services)
  const cache = new AnswerCache()

  async function answer(request: VendorRequest, headers: Record<string, string>): Promise<VendorResponse> {
    const caller = await authenticate(services, request)
    if (request.path.toLowerCase() !== '/resources') throw noSuchUri(request.url.pathname)
    if (request.method !== 'POST') throw methodNotAllowed(request.method)
    requireVersion(versionOf(request), versions)
    const left = quota.take(caller.objectId)
    Object.assign(headers, quotaHeaders(left))
    if (!left.allowed)
      return { status: 429, headers: { 'retry-after': String(left.resetsAfter) }, body: { error: limited } }
    return runQuery(store, request.body, cache)
  }

  async function handle(request: VendorRequest): Promise<VendorResponse> {
    const correlation = request.headers['x-ms-correlation-request-id'] ?? randomUUID()
    const headers: Record<string, string> = {
      'x-ms-request-id': randomUUID(),
      'x-ms-correlation-request-id': correlation,
      'x-ms-resource-graph-version': '1',
    }
    try {
      const response = await answer(request, headers)
      return { ...response, headers: { ...headers, ...response.headers } }
    } catch (error) {
      const response =
        error instanceof ArmRefusal
          ? error.response()
          : error instanceof QueryRefused
            ? badRequest(store, error.details, correlation)
            : undefined
      if (!response) throw error
      return { ...response, headers: { ...headers, ...response.headers } }
    }
  }
  return { name: 'resource-graph', prefixes: ['/arm/providers/Microsoft.ResourceGraph'], handle }
}
