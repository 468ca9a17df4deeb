import { createHmac } from 'node:crypto'
import { z } from 'zod/v4'
import { QueryRefused } from './kusto/refusal.js'
import type { RefusalDetail } from './kusto/refusal.js'

const body = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).optional(),
  options: z
    .object({
      $top: z.int().optional(),
      $skip: z.int().optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.enum(['objectArray', 'table']).optional(),
      allowPartialScopes: z.boolean().optional(),
      authorizationScopeFilter: z
        .enum(['AtScopeAndBelow', 'AtScopeAndAbove', 'AtScopeExact', 'AtScopeAboveAndBelow'])
        .optional(),
    })
    .optional(),
  facets: z.array(z.unknown()).optional(),
})

/** A query as asked, its defaults filled in. */
export interface QueryRequest {
  query: string
  /** Undefined: every subscription of the tenant. */
  subscriptions: string[] | undefined
  managementGroups: string[] | undefined
  top: number
  skip: number
  format: 'objectArray' | 'table'
}

const greatestPage = 1000

const invalid = (code: string, message: string): QueryRefused =>
  new QueryRefused([{ code, message } satisfies RefusalDetail])

/** Ties a page's position to the query it belongs to, so that a token made up or taken from elsewhere is refused. */
const seal = (query: string, position: number): string =>
  createHmac('sha256', 'resource-graph').update(`${position}\n${query}`).digest('base64url').slice(0, 22)

/** The opaque token of the page that begins at a row. */
export const skipToken = (query: string, position: number): string =>
  Buffer.from(JSON.stringify({ v: 1, at: position, seal: seal(query, position) })).toString('base64url')

function positionOf(token: string, query: string): number {
  try {
    const read = JSON.parse(Buffer.from(token, 'base64url').toString()) as { at?: unknown; seal?: unknown }
    if (typeof read.at === 'number' && read.seal === seal(query, read.at)) return read.at
  } catch {
    // not even JSON: refused below like any other forged token
  }
  throw invalid('InvalidSkipToken', 'The $skipToken is invalid: it was not issued for this query.')
}

/** Checks a request's body; throws the details of a 400 for anything it cannot be. */
export function parseRequest(raw: unknown): QueryRequest {
  const parsed = body.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw invalid(
      'InvalidRequestBody',
      `The request body is invalid: '${issue?.path.join('.') ?? ''}' ${issue?.message ?? ''}`,
    )
  }
  const { query, subscriptions, managementGroups, options = {} } = parsed.data
  if (!query.trim()) throw invalid('EmptyQuery', 'The query is empty.')
  if (subscriptions && managementGroups)
    throw invalid('InvalidScopes', 'Only one of subscriptions and managementGroups can be given.')
  if (subscriptions && subscriptions.length > 1000)
    throw invalid('TooManySubscriptions', 'At most 1000 subscriptions can be queried at once.')
  const { $top: top = greatestPage, $skip: skip = 0, $skipToken: token, resultFormat: format = 'objectArray' } = options
  if (top < 1 || top > greatestPage)
    throw invalid('InvalidTop', `$top must be between 1 and ${greatestPage}, not ${top}.`)
  if (skip < 0) throw invalid('InvalidSkip', `$skip must not be negative, as ${skip} is.`)
  return { query, subscriptions, managementGroups, top, skip: token ? positionOf(token, query) : skip, format }
}
