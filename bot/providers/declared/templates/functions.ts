import { isMap, longestList, longestText, mapOf, memberOf, Unknown, type Value } from './value.js'

type Fn = (...args: Value[]) => Value | undefined

const text = (value: Value | undefined): string | undefined => (typeof value === 'string' ? value : undefined)
const number = (value: Value | undefined): number | undefined => (typeof value === 'number' ? value : undefined)
const ofText =
  (change: (text: string) => Value): Fn =>
  (value) =>
    typeof value === 'string' ? change(value) : undefined

/**
 * The functions of templates whose answer hangs on nothing but their arguments (learn.microsoft.com, "ARM template functions" and "Bicep
 * functions"), by name in lower case. One that answers undefined was given what it does not take.
 */
const functions: Record<string, Fn> = {
  tolower: ofText((one) => one.toLowerCase()),
  toupper: ofText((one) => one.toUpperCase()),
  trim: ofText((one) => one.trim()),
  base64: ofText((one) => Buffer.from(one, 'utf8').toString('base64')),
  int: (value) => (typeof value === 'string' && /^[+-]?\d+$/.test(value) ? Number(value) : number(value)),
  string: (value) => (typeof value === 'object' || value === undefined ? undefined : String(value)),
  bool: (value) =>
    typeof value === 'string' ? value.toLowerCase() === 'true' : typeof value === 'boolean' ? value : undefined,
  json: (value) => plainJson(text(value)),
  concat: (...parts) => (parts.every(Array.isArray) ? joinLists(parts as Value[][]) : parts.map(String).join('')),
  format: (pattern, ...parts) =>
    text(pattern)?.replace(/\{(\d+)(?::[^}]*)?\}/g, (whole, at: string) => {
      const part = parts[Number(at)]
      return part === undefined ? whole : String(part)
    }),
  replace: (one, from, to) => {
    if (typeof one !== 'string' || typeof from !== 'string' || !from || typeof to !== 'string') return undefined
    const pieces = one.split(from)
    return pieces.length * to.length > longestText ? undefined : pieces.join(to)
  },
  substring: (one, from, length) =>
    typeof one === 'string' && typeof from === 'number'
      ? one.slice(from, number(length) === undefined ? undefined : from + number(length)!)
      : undefined,
  take: (one, count) =>
    (typeof one === 'string' || Array.isArray(one)) && typeof count === 'number'
      ? one.slice(0, Math.max(0, count))
      : undefined,
  skip: (one, count) =>
    (typeof one === 'string' || Array.isArray(one)) && typeof count === 'number'
      ? one.slice(Math.max(0, count))
      : undefined,
  length: (one) =>
    typeof one === 'string' || Array.isArray(one) ? one.length : isMap(one) ? Object.keys(one).length : undefined,
  empty: (one) =>
    one === null ||
    (typeof one === 'string' || Array.isArray(one)
      ? one.length === 0
      : isMap(one)
        ? !Object.keys(one).length
        : undefined),
  first: (one) => (typeof one === 'string' || Array.isArray(one) ? (one[0] ?? null) : undefined),
  last: (one) => (typeof one === 'string' || Array.isArray(one) ? (one.at(-1) ?? null) : undefined),
  split: (one, by) =>
    typeof one === 'string' && typeof by === 'string' && by ? one.split(by).slice(0, longestList) : undefined,
  join: (list, by) => (Array.isArray(list) && typeof by === 'string' ? list.map(String).join(by) : undefined),
  startswith: (one, start) => folded(one, start, (a, b) => a.startsWith(b)),
  endswith: (one, end) => folded(one, end, (a, b) => a.endsWith(b)),
  contains: (one, part) =>
    typeof one === 'string'
      ? one.includes(String(part))
      : Array.isArray(one)
        ? one.includes(part ?? null)
        : isMap(one)
          ? memberOf(one, String(part)) !== undefined
          : undefined,
  padleft: (one, width, fill) =>
    typeof width === 'number' && width <= longestText ? String(one).padStart(width, text(fill) ?? ' ') : undefined,
  coalesce: (...parts) => parts.find((part) => part !== null) ?? null,
  createarray: (...parts) => parts,
  createobject: (...parts) =>
    mapOf(parts.flatMap((key, at): [string, Value][] => (at % 2 === 0 ? [[String(key), parts[at + 1] ?? null]] : []))),
  array: (one) => (Array.isArray(one) ? one : one === undefined ? undefined : [one]),
  union: (...parts) =>
    parts.every(isMap)
      ? mapOf(parts.flatMap((part) => Object.entries(part as Record<string, Value>)))
      : parts.every(Array.isArray)
        ? [...new Set(joinLists(parts as Value[][]))]
        : undefined,
  range: (from, count) =>
    typeof from === 'number' && typeof count === 'number' && count >= 0 && count <= longestList
      ? Array.from({ length: count }, (_, at) => from + at)
      : undefined,
  if: (test, yes, no) => (test === true ? yes : no),
  equals: (a, b) => a === b,
  not: (a) => a !== true,
  and: (...parts) => parts.every((part) => part === true),
  or: (...parts) => parts.some((part) => part === true),
  greater: (a, b) => ordered(a, b, (one) => one > 0),
  greaterorequals: (a, b) => ordered(a, b, (one) => one >= 0),
  less: (a, b) => ordered(a, b, (one) => one < 0),
  lessorequals: (a, b) => ordered(a, b, (one) => one <= 0),
  add: (a, b) => sum(a, b, (one, other) => one + other),
  sub: (a, b) => sum(a, b, (one, other) => one - other),
  mul: (a, b) => sum(a, b, (one, other) => one * other),
  div: (a, b) => (b === 0 ? undefined : sum(a, b, (one, other) => Math.trunc(one / other))),
  mod: (a, b) => (b === 0 ? undefined : sum(a, b, (one, other) => one % other)),
  min: (...parts) => numbers(parts, (all) => Math.min(...all)),
  max: (...parts) => numbers(parts, (all) => Math.max(...all)),
  true: () => true,
  false: () => false,
  null: () => null,
}

/** Functions that choose: an argument that is unknown does not matter where it is not chosen. */
const lazy = new Set(['if', 'coalesce', 'createarray', 'createobject', 'union', 'array', 'first', 'last', 'and', 'or'])

/** Calls a function by name in any case. What is none of those that are constant, or was given what it does not take, is unknown. */
export function callFunction(name: string, args: Value[]): Value {
  const key = name.toLowerCase().replace(/^(az|sys)\./, '')
  const fn = Object.hasOwn(functions, key) ? functions[key]! : undefined
  if (!fn) return new Unknown(`hangs on ${name}(), which Azure works out`)
  const unknown = args.find((arg) => arg instanceof Unknown)
  if (unknown !== undefined && (!lazy.has(key) || args[0] instanceof Unknown)) return unknown
  const value = fn(...args)
  if (value === undefined) return new Unknown(`calls ${name}() with what it does not take`)
  return typeof value === 'string' && value.length > longestText ? new Unknown('is longer than any name') : value
}

const joinLists = (lists: readonly Value[][]): Value[] => lists.flat().slice(0, longestList)

const folded = (one: Value | undefined, other: Value | undefined, test: (a: string, b: string) => boolean) =>
  typeof one === 'string' && typeof other === 'string' ? test(one.toLowerCase(), other.toLowerCase()) : undefined

const sum = (a: Value | undefined, b: Value | undefined, work: (a: number, b: number) => number) =>
  typeof a === 'number' && typeof b === 'number' ? work(a, b) : undefined

const ordered = (a: Value | undefined, b: Value | undefined, test: (difference: number) => boolean) =>
  typeof a === 'number' && typeof b === 'number'
    ? test(a - b)
    : typeof a === 'string' && typeof b === 'string'
      ? test(a < b ? -1 : a > b ? 1 : 0)
      : undefined

function numbers(parts: readonly Value[], work: (all: number[]) => number): Value | undefined {
  const all = parts.flat()
  return all.length && all.every((one) => typeof one === 'number') ? work(all as number[]) : undefined
}

function plainJson(given: string | undefined): Value | undefined {
  if (given === undefined) return undefined
  try {
    return JSON.parse(given) as Value
  } catch {
    return undefined
  }
}
