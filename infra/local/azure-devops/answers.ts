import type { VendorRequest, VendorResponse } from '../frame/router.js'

/**
 * A refusal on its way out of an operation, in Team Foundation's form: `{$id, innerException, message, typeName, typeKey,
 * errorCode, eventId}`; the type key is what clients tell errors apart by.
 */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly typeKey: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message)
  }
}

/** The response of a refusal. */
export const refuse = ({ status, typeKey, message, headers }: Refusal): VendorResponse => ({
  status,
  headers,
  body: {
    $id: '1',
    innerException: null,
    message,
    typeName: `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation`,
    typeKey,
    errorCode: 0,
    eventId: 3000,
  },
})

/** 400 for an argument that is missing or wrong. */
export const badArgument = (name: string, why = 'Value cannot be null'): Refusal =>
  new Refusal(400, 'ArgumentException', `${why}.\r\nParameter name: ${name}`)

/** A whole collection: `{count, value}`. */
export const collection = (value: unknown[], headers: Record<string, string> = {}): VendorResponse => ({
  status: 200,
  headers,
  body: { count: value.length, value },
})

const wholeNumber = (text: string | undefined, otherwise: number, name: string): number => {
  if (text === undefined || text === '') return otherwise
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0) throw badArgument(name, `The value '${text}' is not valid for ${name}`)
  return number
}

/**
 * One page of a collection: `$top`, `$skip`, and `continuationToken`, which is in the header `x-ms-continuationtoken`
 * while there is more.
 * @param most what a page holds where `$top` is absent or larger.
 */
export function page<T>({ query }: VendorRequest, items: T[], show: (item: T) => unknown, most = 100): VendorResponse {
  const size = Math.min(wholeNumber(query.$top ?? query.top, most, '$top'), most)
  const from = wholeNumber(query.continuationtoken ?? query.$skip, 0, 'continuationToken')
  const more = size > 0 && from + size < items.length
  const headers: Record<string, string> = more ? { 'x-ms-continuationtoken': String(from + size) } : {}
  return collection(items.slice(from, from + size).map(show), headers)
}

/** The request's JSON, whatever its content type says: Azure DevOps sends patches as `application/json-patch+json`. */
export function jsonOf({ body, raw }: VendorRequest): unknown {
  if (body !== undefined && typeof body === 'object') return body
  try {
    return JSON.parse(raw.toString('utf8')) as unknown
  } catch {
    throw badArgument('body', 'The request body is not valid JSON')
  }
}

/** The request's JSON object. */
export function objectOf(request: VendorRequest): Record<string, unknown> {
  const value = jsonOf(request)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badArgument('body')
  return value as Record<string, unknown>
}

/** A property of a JSON object, or undefined where the value is none. */
export const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined

/** The name of an enumeration's value, which clients send as its name in any case or as its number. */
export function enumOf<T extends string>(names: Record<T, number>, value: unknown): T | undefined {
  const key = String(value).toLowerCase()
  return (Object.keys(names) as T[]).find((name) => name.toLowerCase() === key || String(names[name]) === key)
}

/** Azure DevOps writes times as ISO 8601 with fractions. */
export const iso = (instant: number): string => new Date(instant).toISOString()
