import type { VendorRequest, VendorResponse } from '../frame/router.js'
import { isZone } from '../rotation/zoned-time.js'

/**
 * A refusal on its way out of an operation, in PagerDuty's classic form `{error: {code, message, errors}}`.
 * Source: developer.pagerduty.com, "Errors".
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly errors: string[] = [],
  ) {
    super(message)
  }
}

/** 400: something in the request is wrong; each sentence says what. */
export const invalid = (...errors: string[]): Refusal => new Refusal(400, 2001, 'Invalid Input Provided', errors)
/** 404: no such path, or nothing with that id. */
export const notFound = (): Refusal => new Refusal(404, 2100, 'Not Found')

/** The response of a refusal. */
export const refuse = ({ status, code, message, errors }: Refusal): VendorResponse => ({
  status,
  body: { error: { message, code, ...(errors.length > 0 && { errors }) } },
})

/** The values of a repeated parameter such as `statuses[]`; `[]` where it is absent. */
export const listOf = ({ url }: VendorRequest, name: string): string[] => url.searchParams.getAll(`${name}[]`)

/** A parameter that is a moment, in milliseconds since 1970. Refuses what is no ISO 8601 date. */
export function momentOf(request: VendorRequest, name: string): number | undefined {
  const text = request.query[name]
  if (text === undefined) return undefined
  const at = Date.parse(text)
  if (Number.isNaN(at)) throw invalid(`${name} must be a valid ISO 8601 date`)
  return at
}

/** The zone that times are written in: `time_zone`, or the given one. Refuses unknown zones. */
export function zoneOf({ query }: VendorRequest, otherwise: string): string {
  const zone = query.time_zone ?? otherwise
  if (!isZone(zone)) throw invalid('Time zone is invalid')
  return zone
}

const numberIn = (text: string | undefined, otherwise: number, least: number, name: string): number => {
  if (text === undefined) return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < least) throw invalid(`${name} must be an integer of at least ${least}`)
  return number
}

/**
 * One page of a list by PagerDuty's classic paging: `limit` (25, at most 100), `offset`, `more`, and `total` only where
 * asked for. Offset and limit together may not pass 10,000.
 */
export function page<T>({ query }: VendorRequest, key: string, items: T[], show: (item: T) => unknown): VendorResponse {
  const limit = Math.min(numberIn(query.limit, 25, 1, 'Limit'), 100)
  const offset = numberIn(query.offset, 0, 0, 'Offset')
  if (offset + limit > 10_000) throw invalid('Offset and limit must not add up to more than 10000')
  return {
    status: 200,
    body: {
      [key]: items.slice(offset, offset + limit).map(show),
      limit,
      offset,
      total: query.total === 'true' ? items.length : null,
      more: offset + limit < items.length,
    },
  }
}

/** A property of a JSON object, or undefined where the value is none. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

/** The object that a request body wraps under its resource's name, such as `{"incident": {…}}`. */
export function wrapped({ body }: VendorRequest, name: string): Record<string, unknown> {
  const value = field(body, name)
  if (typeof value !== 'object' || value === null) throw invalid(`${name} is required`)
  return value as Record<string, unknown>
}
