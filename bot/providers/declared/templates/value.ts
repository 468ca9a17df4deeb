/** What only Azure can work out, or this reader cannot; whatever is made of it is unknown too. */
export class Unknown {
  /** @param why a sentence's end: "hangs on uniqueString(), which Azure works out" */
  constructor(readonly why: string) {}
}

/** What an expression of a template is worth. */
export type Value = null | boolean | number | string | Unknown | Value[] | { [key: string]: Value }

/** Longest text and list that an expression may make; a template that makes more is made to fill memory. */
export const longestText = 10_000
export const longestList = 1_000

export const isMap = (value: unknown): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Unknown)

/** What a map has under a key, whatever its case: ARM's properties have none. */
export function memberOf(value: Value | undefined, key: string): Value | undefined {
  if (value instanceof Unknown) return value
  if (!isMap(value)) return undefined
  if (Object.hasOwn(value, key)) return value[key]
  const found = Object.keys(value).find((name) => name.toLowerCase() === key.toLowerCase())
  return found === undefined ? undefined : value[found]
}

/** What stands at a way below a value; undefined where nothing does. */
export const valueAt = (value: Value | undefined, ...way: string[]): Value | undefined =>
  way.reduce<Value | undefined>((one, key) => memberOf(one, key), value)

/** A map that takes any name, `__proto__` too. */
export function mapOf(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const map = Object.create(null) as Record<string, Value>
  for (const [key, value] of entries) map[key] = value
  return map
}
