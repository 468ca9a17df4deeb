import type { VendorRequest } from '../../frame/router.js'
import { notValid } from '../refusals.js'

/** Rows of a page unless `$top` asks for fewer. */
const pageSize = 100

/** A collection of API Management: a page of it, how many there are, and where the next is; an empty text where none is. */
export function pageOf(rows: readonly object[], { url, query }: VendorRequest): object {
  if (query['$filter'] !== undefined) throw notValid('filter', 'The filter is not supported here.')
  const [top, skip] = [numberIn(query, '$top') ?? pageSize, numberIn(query, '$skip') ?? 0]
  if (top < 1) throw notValid('top', 'Value should be greater than 0.')
  const upTo = skip + Math.min(top, pageSize)
  const next = new URL(url)
  next.searchParams.set('$skip', String(upTo))
  return { value: rows.slice(skip, upTo), count: rows.length, nextLink: upTo < rows.length ? next.href : '' }
}

function numberIn(query: Record<string, string>, name: string): number | undefined {
  const text = query[name]
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) throw notValid(name.slice(1), 'Value should be a number.')
  return Number(text)
}
