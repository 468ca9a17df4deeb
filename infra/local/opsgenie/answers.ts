import type { VendorRequest, VendorResponse } from '../frame/router.js'
import { requestIdOf } from './ids.js'

/**
 * A refusal on its way out of an operation, in Opsgenie's form `{message, took, requestId}`, with the wrong fields where it names some.
 * Source: docs.opsgenie.com, "Response" of the API overview.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors: Record<string, string> = {},
  ) {
    super(message)
  }
}

/** 422: fields of the body are wrong, each with what is. */
export const unprocessable = (errors: Record<string, string>): Refusal =>
  new Refusal(422, 'Request body is not processable. Please check the errors.', errors)
/** 400: a parameter is wrong. */
export const invalid = (message: string): Refusal => new Refusal(400, message)
export const notFound = (what: string): Refusal => new Refusal(404, `${what} does not exist`)

/** How long an answer took, in seconds; the stand-in does not measure. */
const took = 0.01

const envelope = ({ method, url }: VendorRequest): { took: number; requestId: string } => ({
  took,
  requestId: requestIdOf(`${method} ${url.href}`),
})

const headers = (request: VendorRequest): Record<string, string> => ({
  'x-request-id': envelope(request).requestId,
  'x-response-time': String(took),
  'x-ratelimit-state': 'OK',
})

/** The response of a refusal. */
export const refuse = (request: VendorRequest, { status, message, errors }: Refusal): VendorResponse => ({
  status,
  headers: headers(request),
  body: { message, ...(Object.keys(errors).length > 0 && { errors }), ...envelope(request) },
})

/** An answer in Opsgenie's envelope. */
export const answer = (request: VendorRequest, body: Record<string, unknown>, status = 200): VendorResponse => ({
  status,
  headers: headers(request),
  body: { ...body, ...envelope(request) },
})

/** A page of a list: `limit` (100, at most 100), `offset`, the addresses of the pages beside it, and how many there are in all. */
export function page<T>(request: VendorRequest, items: readonly T[], show: (item: T) => unknown): VendorResponse {
  const limit = numberIn(request.query.limit, 100, 'limit', 1, 100)
  const offset = numberIn(request.query.offset, 0, 'offset', 0, 20_000)
  const at = (start: number): string => {
    const url = new URL(request.url)
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('offset', String(start))
    return url.href
  }
  const last = Math.max(0, Math.floor((items.length - 1) / limit) * limit)
  const paging = {
    first: at(0),
    last: at(last),
    ...(offset + limit < items.length && { next: at(offset + limit) }),
    ...(offset > 0 && { prev: at(Math.max(0, offset - limit)) }),
  }
  return answer(request, { totalCount: items.length, data: items.slice(offset, offset + limit).map(show), paging })
}

/** A whole number of the query within bounds. Refuses anything else. */
export function numberIn(
  text: string | undefined,
  otherwise: number,
  name: string,
  least: number,
  most: number,
): number {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < least || number > most)
    throw invalid(`${name} should be a number between ${least} and ${most}`)
  return number
}

/** A moment of a body or query, in milliseconds; Opsgenie takes ISO 8601 with a zone only. */
export function momentIn(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}

/** A moment as Opsgenie writes it: to the second, in UTC. */
export const written = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z')
