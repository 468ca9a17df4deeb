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
  refuseLoss(value, what)
  return JSON.stringify(value)
}

/** As `jsonText`, in canonical form. @throws StoreBadInput as `jsonText` */
export function canonicalJsonText(value: Json, what: string): string {
  refuseLoss(value, what)
  return canonicalText(value)
}

/** A JSON value in the canonical form of RFC 8785: no white space, the properties of an object by the UTF-16 code units of their names. */
export function canonicalText(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.entries(value as Record<string, Json | undefined>).filter(
    (member): member is [string, Json] => member[1] !== undefined,
  )
  members.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonicalText(item)}`).join(',')}}`
}

/** What JSON would lose: where it is, and what it is; without the latter it is nested too deeply. */
interface Loss {
  path: string
  found?: string
}

function refuseLoss(value: unknown, what: string): void {
  const loss = lossOf(value, 0)
  if (!loss) return
  const path = `$${loss.path}`.slice(0, 80)
  throw new StoreBadInput(
    loss.found === undefined
      ? `${what} is nested deeper than ${deepest} levels, or contains itself, at ${path}`
      : `${what} has at ${path} a value that JSON cannot carry (${loss.found}): write it as text or number`,
  )
}

/** The path is put together on the way back, so that a value without a loss costs no text. */
function lossOf(value: unknown, depth: number): Loss | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined
  if (typeof value === 'number' && Number.isFinite(value)) return undefined
  if (depth > deepest) return { path: '' }
  if (Array.isArray(value)) return lossInList(value, depth + 1)
  if (isPlain(value)) return lossInObject(value, depth + 1)
  const found = typeof value === 'number' ? String(value) : Object.prototype.toString.call(value).slice(8, -1)
  return { path: '', found }
}

function lossInList(list: readonly unknown[], depth: number): Loss | undefined {
  for (let i = 0; i < list.length; i += 1) {
    const loss = lossOf(list[i], depth)
    if (loss) return { ...loss, path: `[${i}]${loss.path}` }
  }
  return undefined
}

function lossInObject(value: Record<string, unknown>, depth: number): Loss | undefined {
  for (const name of Object.keys(value)) {
    const item = value[name]
    const loss = item === undefined ? undefined : lossOf(item, depth)
    if (loss) return { ...loss, path: `.${name}${loss.path}` }
  }
  return undefined
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
