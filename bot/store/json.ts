import type { Json } from '../../skills/kit/model.js'
import { StoreBadInput } from './errors.js'

/** What a store keeps: any JSON value. */
export type { Json }

/** Cosmos DB refuses items nested deeper than 128 levels; the engine's own envelope takes some of them. */
const deepest = 100

/**
 * A value as JSON text, exactly as it will be read again. A property that is `undefined` is left out, as in JSON.stringify.
 * @param what names the value in the error, such as `record incident/INC-12`.
 * @throws StoreBadInput where JSON would lose something: NaN, a function, a Date, a cycle, a value nested too deeply.
 */
export function jsonText(value: Json, what: string): string {
  refuseLoss(value, what, '$', 0)
  return JSON.stringify(value)
}

function refuseLoss(value: unknown, what: string, path: string, depth: number): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (depth > deepest)
    throw new StoreBadInput(
      `${what} is nested deeper than ${deepest} levels, or contains itself, at ${path.slice(0, 80)}`,
    )
  if (Array.isArray(value)) return value.forEach((item, i) => refuseLoss(item, what, `${path}[${i}]`, depth + 1))
  if (isPlain(value)) {
    for (const [name, item] of Object.entries(value))
      if (item !== undefined) refuseLoss(item, what, `${path}.${name}`, depth + 1)
    return
  }
  const found = typeof value === 'number' ? String(value) : Object.prototype.toString.call(value).slice(8, -1)
  throw new StoreBadInput(
    `${what} has at ${path} a value that JSON cannot carry (${found}): write it as text or number`,
  )
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
