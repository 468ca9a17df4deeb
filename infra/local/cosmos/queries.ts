import { createHash } from 'node:crypto'
import type { VendorRequest, VendorResponse } from '../frame/router.js'
import {
  liveItems,
  partitionOf,
  physicalPartitions,
  type Account,
  type Container,
  type IndexingPolicy,
  type Item,
} from './account.js'
import { effectiveKey, rangeOfPrefix } from './effective-key.js'
import { meets, parseQuery, valueAt, type Path, type Query, type QuerySpec } from './query-language.js'
import { badRequest, Refusal } from './refusal.js'

const mostBytes = 4 * 1024 * 1024

/** Where a page ended: the value it is ordered by, and the resource id. */
type Position = [value: string | number, rid: string]

/**
 * Answers one page of a query over a whole partition key, a physical partition, or all of the container.
 * @throws Refusal 400 for what it does not understand, and for what only a client can put together from physical partitions
 */
export function runQuery(
  account: Account,
  container: Container,
  key: string[] | undefined,
  request: VendorRequest,
): VendorResponse {
  const { headers } = request
  const spec = request.body as QuerySpec
  const query = parseQuery(spec)
  checkOrder(query, container.definition.indexingPolicy)
  const physical = headers['x-ms-documentdb-partitionkeyrangeid']
  if (physical !== undefined && !physicalPartitions.some(({ id }) => id === physical))
    throw new Refusal(410, 'Gone', 'The requested partition key range is gone.', { substatus: 1002 })
  if (!key && physical === undefined) refuseCrossing(query, headers)
  const wanted = key && effectiveKey(key)
  const isThere = ({ place }: Item) =>
    wanted === undefined ? physical === undefined || partitionOf(place) === physical : place === wanted
  const found = liveItems(
    account,
    container,
    (item) => isThere(item) && query.where.every((condition) => meets(item.document, condition)),
  )
  const charge = (2.3 + found.length * 0.1).toFixed(2)
  if (query.selection.form === 'count') return answer(container, [found.length], charge)
  const scope = [spec.query, spec.parameters ?? [], key ?? null, physical ?? null]
  const rest = ordered(found, query).filter(after(query, positionIn(scope, headers['x-ms-continuation'])))
  const page = rest.slice(0, pageLength(rest, headers['x-ms-max-item-count']))
  const last = page.at(-1)
  const more = last && page.length < rest.length
  return answer(
    container,
    page.map((item) => selected(query, item)),
    charge,
    more ? { 'x-ms-continuation': sealed(scope, positionOf(query, last)) } : {},
  )
}

function answer(
  { rid }: Container,
  Documents: unknown[],
  charge: string,
  headers: Record<string, string> = {},
): VendorResponse {
  return {
    status: 200,
    headers: { 'x-ms-request-charge': charge, 'x-ms-item-count': String(Documents.length), ...headers },
    body: { _rid: rid, Documents, _count: Documents.length },
  }
}

/** Without a partition key the service filters, page by page; to order and to count over partitions is the client's work, with a plan. */
function refuseCrossing({ order, selection }: Query, headers: Record<string, string>): void {
  if (headers['x-ms-documentdb-query-enablecrosspartition']?.toLowerCase() !== 'true')
    throw badRequest(
      'Cross partition query is required but disabled. Please set x-ms-documentdb-query-enablecrosspartition to true, specify x-ms-documentdb-partitionkey, or revise your query to avoid this exception.',
    )
  if (!order && selection.form !== 'count') return
  const message = 'The provided cross partition query can not be directly served by the gateway.'
  throw new Refusal(400, 'BadRequest', message, {
    substatus: 1004,
    additionalErrorInfo: JSON.stringify(planOf([], { selection, where: [], ...(order && { order }) }, '')),
  })
}

function checkOrder({ order }: Query, policy: IndexingPolicy): void {
  if (order && !isIndexed(order.path, policy))
    throw badRequest('The index path corresponding to the specified order-by item is excluded.')
}

/** Whether the longest of the paths that cover a property includes it. */
function isIndexed(path: Path, { includedPaths, excludedPaths }: IndexingPolicy): boolean {
  const name = `/${path.map((part) => (/^\w+$/.test(part) ? part : `"${part}"`)).join('/')}/`
  const length = (patterns: { path: string }[]) =>
    Math.max(
      -1,
      ...patterns
        .map((pattern) => pattern.path.replace(/[?*]$/, ''))
        .filter((beginning) => name.startsWith(beginning))
        .map((beginning) => beginning.length),
    )
  return length(includedPaths) > length(excludedPaths)
}

function ordered(items: Item[], query: Query): Item[] {
  const { order } = query
  const there = order
    ? items.filter(({ document }) => ['string', 'number'].includes(typeof valueAt(document, order.path)))
    : items
  return there.sort((a, b) => compare(positionOf(query, a), positionOf(query, b), order?.descending))
}

const positionOf = ({ order }: Query, { document }: Item): Position => [
  order ? (valueAt(document, order.path) as string | number) : 0,
  String(document._rid),
]

function compare(a: Position, b: Position, descending = false): number {
  const rank = (value: string | number) => (typeof value === 'number' ? 0 : 1)
  const [one, other] = [a[0], b[0]]
  const byValue = rank(one) - rank(other) || (one < other ? -1 : one > other ? 1 : 0)
  return (byValue || (a[1] < b[1] ? -1 : 1)) * (descending ? -1 : 1)
}

const after =
  (query: Query, position: Position | undefined) =>
  (item: Item): boolean =>
    position === undefined ||
    (String(item.document._rid) !== position[1] &&
      compare(positionOf(query, item), position, query.order?.descending) > 0)

function pageLength(items: Item[], asked: string | undefined): number {
  const most = Number(asked ?? 100)
  if (!Number.isInteger(most) || most === 0 || most < -1)
    throw badRequest('x-ms-max-item-count is -1 or a positive number.')
  let bytes = 0
  const end = items.findIndex(
    ({ document }, n) =>
      (most > 0 && n === most) || ((bytes += Buffer.byteLength(JSON.stringify(document))) > mostBytes && n > 0),
  )
  return end < 0 ? items.length : end
}

function selected({ selection, order }: Query, { document }: Item): unknown {
  if (selection.form === 'ordered')
    return { _rid: document._rid, orderByItems: [{ item: valueAt(document, order!.path) }], payload: document }
  if (selection.form !== 'properties') return document
  return Object.fromEntries(
    selection.paths.map((path) => [path.at(-1)!, valueAt(document, path)]).filter(([, value]) => value !== undefined),
  )
}

const digest = (scope: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 16)

/** A place in the answer of one query, for nobody to read. */
const sealed = (scope: unknown[], position: Position): string =>
  Buffer.from(JSON.stringify([digest(scope), ...position])).toString('base64')

function positionIn(scope: unknown[], continuation: string | undefined): Position | undefined {
  if (continuation === undefined) return undefined
  try {
    const [mark, value, rid] = JSON.parse(Buffer.from(continuation, 'base64').toString()) as [string, string, string]
    if (mark === digest(scope)) return [value, rid]
  } catch {
    // Not one of ours: refused below.
  }
  throw badRequest('Invalid continuation token: it is malformed, or of another query or partition.')
}

/** Answers how a client is to ask the physical partitions, and which of them. @throws Refusal as `runQuery` */
export function planQuery(container: Container, request: VendorRequest): VendorResponse {
  const spec = request.body as QuerySpec
  const query = parseQuery(spec)
  checkOrder(query, container.definition.indexingPolicy)
  return {
    status: 200,
    headers: { 'x-ms-request-charge': '0' },
    body: planOf(prefixIn(query, container.definition.partitionKey.paths), query, spec.query),
  }
}

/** The first levels of the partition key that the conditions fix. */
function prefixIn({ where }: Query, paths: string[]): string[] {
  const prefix: string[] = []
  for (const path of paths) {
    const fixed = where.find((condition) => condition.op === '=' && `/${condition.path.join('/')}` === path)
    if (fixed?.op !== '=' || typeof fixed.value !== 'string') break
    prefix.push(fixed.value)
  }
  return prefix
}

function planOf(prefix: string[], { order, selection }: Query, text: string) {
  const range = rangeOfPrefix(prefix)
  const path = order && `c${order.path.map((name) => `[${JSON.stringify(name)}]`).join('')}`
  const where = /\bWHERE\s(.*?)(?=\sORDER BY\s|$)/is.exec(text)?.[1] ?? 'true'
  return {
    partitionedQueryExecutionInfoVersion: 2,
    queryInfo: {
      ...{ distinctType: 'None', top: null, offset: null, limit: null, groupByExpressions: [], groupByAliases: [] },
      orderBy: order ? [order.descending ? 'Descending' : 'Ascending'] : [],
      orderByExpressions: path ? [path] : [],
      aggregates: selection.form === 'count' ? ['Count'] : [],
      groupByAliasToAggregateType: {},
      hasSelectValue: selection.form === 'count',
      dCountInfo: null,
      hasNonStreamingOrderBy: false,
      rewrittenQuery: order
        ? `SELECT c._rid, [{"item": ${path}}] AS orderByItems, c AS payload FROM c WHERE (${where}) AND ({documentdb-formattableorderbyquery-filter}) ORDER BY ${path}${order.descending ? ' DESC' : ''}`
        : '',
    },
    queryRanges: [{ ...range, isMinInclusive: true, isMaxInclusive: false }],
    hybridSearchQueryInfo: null,
  }
}
