import { ok, type VendorRequest, type VendorResponse } from '../frame/router.js'
import type { DirectoryObject } from './directory.js'
import { readFilter } from './filter.js'
import { badRequest, GraphError, unsupportedQuery } from './refusals.js'

/** A kind of directory object: its name in Graph's types, what is shown of it unasked, a sample of its properties. */
export interface Kind {
  type: 'user' | 'group'
  standard: string[]
  known: DirectoryObject
  /** Related objects that `$expand` may show. */
  expand: Record<string, (object: DirectoryObject) => DirectoryObject | DirectoryObject[] | undefined>
}

/** Default and largest page of users and groups (learn.microsoft.com, "Paging Microsoft Graph data in your app"). */
const pageSize = { standard: 100, most: 999 }

/** Shows an object as `$select` and `$expand` ask. */
export function show(object: DirectoryObject, kind: Kind, query: VendorRequest['query']): Record<string, unknown> {
  const shown = pick(object, chosen(query.$select, kind))
  for (const { name, select } of expansions(query.$expand, kind)) {
    const found = kind.expand[name]!(object)
    const cut = (each: DirectoryObject) => ({ '@odata.type': typeOf(each), ...pick(each, select ?? Object.keys(each)) })
    shown[name] = Array.isArray(found) ? found.map(cut) : found && cut(found)
  }
  return shown
}

/** Graph's type of an object; users have a principal name, groups have none. */
export const typeOf = (object: DirectoryObject): string =>
  `#microsoft.graph.${'userPrincipalName' in object ? 'user' : 'group'}`

const pick = (object: DirectoryObject, names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.filter((name) => name in object).map((name) => [name, object[name]]))

function chosen(select: string | undefined, kind: Kind): string[] {
  if (!select) return kind.standard
  const known = Object.keys(kind.known)
  const names = select.split(',').map((name) => name.trim())
  if (names.includes('*')) return known
  return names.map((name) => {
    const found = known.find((each) => each.toLowerCase() === name.toLowerCase())
    if (found) return found
    throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${kind.type}'.`)
  })
}

function expansions(expand: string | undefined, kind: Kind): { name: string; select?: string[] }[] {
  return [...(expand ?? '').matchAll(/(\w+)(?:\(\$select=([\w,]+)\))?(?:,|$)/g)].map(([, name = '', select]) => {
    if (!(name in kind.expand))
      throw badRequest(`The property '${name}' of type 'microsoft.graph.${kind.type}' cannot be expanded.`)
    return { name, ...(select && { select: select.split(',') }) }
  })
}

/**
 * Answers a collection: `$filter`, `$search`, `$orderby`, `$select`, `$expand`, `$count`, `$top` and pages by `@odata.nextLink`.
 * @param mixed members of several kinds say their type.
 */
export function answerList(
  request: VendorRequest,
  objects: DirectoryObject[],
  kind: Kind,
  options: { context: string; mixed?: boolean },
): VendorResponse {
  const { query, headers } = request
  const eventual = headers.consistencylevel?.toLowerCase() === 'eventual'
  const found = ordered(searched(filtered(objects, kind, query, eventual), query, eventual), query.$orderby)
  const { page, next } = pageOf(found, request)
  return ok({
    '@odata.context': options.context,
    ...(query.$count === 'true' && eventual && { '@odata.count': found.length }),
    ...(next && { '@odata.nextLink': next }),
    value: page.map((each) => ({ ...(options.mixed && { '@odata.type': typeOf(each) }), ...show(each, kind, query) })),
  })
}

/** Answers `/$count`: a number as plain text, which needs `ConsistencyLevel: eventual`. */
export function answerCount({ query, headers }: VendorRequest, objects: DirectoryObject[], kind: Kind): VendorResponse {
  const eventual = headers.consistencylevel?.toLowerCase() === 'eventual'
  if (!eventual) throw badRequest('$count is not currently supported without the header ConsistencyLevel: eventual.')
  const count = filtered(objects, kind, { ...query, $count: 'true' }, eventual).length
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: String(count) }
}

function filtered(
  objects: DirectoryObject[],
  kind: Kind,
  query: VendorRequest['query'],
  eventual: boolean,
): DirectoryObject[] {
  if (!query.$filter) return objects
  const { passes, advanced } = readFilter(query.$filter, kind.known, kind.type)
  if (advanced && !(eventual && query.$count === 'true'))
    throw unsupportedQuery('This filter needs the header ConsistencyLevel: eventual and the parameter $count=true.')
  return objects.filter(passes)
}

/** `"displayName:dana"`: a word of the property begins so. */
function searched(objects: DirectoryObject[], query: VendorRequest['query'], eventual: boolean): DirectoryObject[] {
  if (!query.$search) return objects
  if (!eventual) throw unsupportedQuery('$search needs the header ConsistencyLevel: eventual.')
  const clauses = [...query.$search.matchAll(/"(\w+):([^"]*)"/g)]
  if (clauses.length === 0)
    throw badRequest(`Syntax error in $search: give "property:value" in double quotes, not ${query.$search}.`)
  const begins = (object: DirectoryObject, property: string, start: string) =>
    String(object[property] ?? '')
      .toLowerCase()
      .split(/[\s.@-]+/)
      .some((word) => word.startsWith(start.toLowerCase()))
  return objects.filter((object) => clauses.some(([, property, start]) => begins(object, property!, start!)))
}

function ordered(objects: DirectoryObject[], orderBy: string | undefined): DirectoryObject[] {
  if (!orderBy) return objects
  const [, property = '', direction] = /^(\w+)(?: (asc|desc))?$/i.exec(orderBy.trim()) ?? []
  if (!['displayName', 'userPrincipalName', 'createdDateTime'].includes(property))
    throw unsupportedQuery(`The directory does not sort by '${orderBy}'.`)
  const sorted = objects.toSorted((a, b) => String(a[property]).localeCompare(String(b[property])))
  return direction?.toLowerCase() === 'desc' ? sorted.reverse() : sorted
}

/** The page that a request asks for, and the link to the next one. */
export function pageOf<T>(objects: T[], { query, url }: VendorRequest): { page: T[]; next?: string } {
  const size = query.$top === undefined ? pageSize.standard : Number(query.$top)
  if (!Number.isInteger(size) || size < 1 || size > pageSize.most)
    throw badRequest(`Invalid page size specified: '${query.$top}'. Must be between 1 and ${pageSize.most} inclusive.`)
  const from = query.$skiptoken === undefined ? 0 : offsetOf(query.$skiptoken)
  const page = objects.slice(from, from + size)
  if (from + size >= objects.length) return { page }
  const next = new URL(url)
  next.searchParams.set('$skiptoken', Buffer.from(`page ${from + size}`).toString('base64url'))
  return { page, next: next.href.replaceAll('%24', '$') }
}

function offsetOf(token: string): number {
  const [, from] = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString()) ?? []
  if (from === undefined)
    throw new GraphError(
      400,
      'Directory_ExpiredPageToken',
      'The specified page token value has expired and can no longer be included in your request.',
    )
  return Number(from)
}
