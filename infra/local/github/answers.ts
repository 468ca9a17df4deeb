import type { VendorRequest, VendorResponse } from '../frame/router.js'

const DOCS = 'https://docs.github.com/rest'

/** What is wrong with a field of a request, in a 422. `code` is one of GitHub's: missing_field, invalid, already_exists, custom. */
export interface FieldError {
  resource: string
  field?: string
  code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom'
  message?: string
}

/** A refusal on its way out of an operation. Source of the forms: docs.github.com/rest, "Troubleshooting the REST API". */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly more: { errors?: FieldError[] | string[]; headers?: Record<string, string>; page?: string } = {},
  ) {
    super(message)
  }
}

/** 404, also for what one may not see. */
export const notFound = (page?: string): Refusal => new Refusal(404, 'Not Found', page === undefined ? {} : { page })
/** 422 with the fields that are wrong. */
export const invalid = (...errors: FieldError[]): Refusal => new Refusal(422, 'Validation Failed', { errors })
/** 422 with a sentence in place of fields. */
export const unprocessable = (message: string): Refusal => new Refusal(422, message)

/** The response of a refusal. */
export const refuse = ({ status, message, more }: Refusal): VendorResponse => ({
  status,
  ...(more.headers && { headers: more.headers }),
  body: {
    message,
    ...(more.errors && { errors: more.errors }),
    documentation_url: `${DOCS}${more.page ?? ''}`,
    status: String(status),
  },
})

/** The value, or 404 where there is none. */
export function or404<T>(value: T | undefined): T {
  if (value === undefined) throw notFound()
  return value
}

const wholeNumber = (text: string | undefined, otherwise: number): number => {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 ? number : otherwise
}

/**
 * One page of a list: `per_page` (30, at most 100), `page` from 1, and the Link header with prev, next, first and last.
 * @param wrap puts the page's items into an object where GitHub does, such as `{total_count, workflow_runs}`.
 */
export function page<T>(
  { query, url }: VendorRequest,
  items: T[],
  show: (item: T) => unknown,
  wrap: (shown: unknown[], total: number) => unknown = (shown) => shown,
): VendorResponse {
  const size = Math.min(wholeNumber(query.per_page, 30), 100)
  const current = wholeNumber(query.page, 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const address = (number: number) => {
    const target = new URL(url)
    target.searchParams.set('per_page', String(size))
    target.searchParams.set('page', String(number))
    return target.href
  }
  const link = (rel: string, number: number) => `<${address(number)}>; rel="${rel}"`
  const links = [
    ...(current > 1 ? [link('prev', Math.min(current - 1, last))] : []),
    ...(current < last ? [link('next', current + 1), link('last', last)] : []),
    ...(current > 1 ? [link('first', 1)] : []),
  ]
  const shown = items.slice((current - 1) * size, current * size).map(show)
  return {
    status: 200,
    body: wrap(shown, items.length),
    ...(links.length > 0 && { headers: { link: links.join(', ') } }),
  }
}

/** The request's JSON object; 400 where the body is something else. */
export function bodyOf({ body, raw }: VendorRequest): Record<string, unknown> {
  if (raw.length === 0) return {}
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Refusal(400, 'Problems parsing JSON')
  return body as Record<string, unknown>
}

/** A property that must be a text with something in it; 422 where it is missing or something else. */
export function textOf(body: Record<string, unknown>, field: string, resource: string): string {
  const value = body[field]
  if (value === undefined || value === null || value === '') throw invalid({ resource, field, code: 'missing_field' })
  if (typeof value !== 'string') throw invalid({ resource, field, code: 'invalid' })
  return value
}

/** GitHub writes times without fractions of a second. */
export const iso = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`
