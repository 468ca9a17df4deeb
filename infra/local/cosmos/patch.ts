import type { Document } from './account.js'
import { badRequest } from './refusal.js'

/**
 * A document with the operations of a patch done: `incr` and `set` of its own properties.
 * @throws Refusal for whatever else the service can do
 */
export function patched(document: Document, body: unknown): Document {
  const { operations, condition } = (body ?? {}) as { operations?: unknown; condition?: unknown }
  if (condition !== undefined) throw badRequest('The stand-in takes no conditional patch.')
  if (!Array.isArray(operations) || operations.length < 1 || operations.length > 10)
    throw badRequest('A patch has 1 to 10 operations.')
  const changed: Document = { ...document }
  for (const { op, path, value } of operations as { op?: unknown; path?: unknown; value?: unknown }[]) {
    const [, name] = /^\/([A-Za-z]\w*)$/.exec(String(path)) ?? []
    if (!name || name === 'id') throw badRequest(`The stand-in patches no path '${String(path)}'.`)
    if (op === 'set') changed[name] = value
    else if (op === 'incr' && typeof value === 'number' && typeof (changed[name] ?? 0) === 'number')
      changed[name] = Number(changed[name] ?? 0) + value
    else throw badRequest(`The stand-in knows no patch operation ${JSON.stringify({ op, value })}.`)
  }
  return changed
}
