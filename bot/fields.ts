import type { Instant } from '../skills/kit/model.js'

/** What a vendor sent, read field by field: each reader answers undefined, or nothing, where the field is not there or is something else. */
export interface Fields {
  /** A text without control characters around or within, at most `most` characters; a number or a truth value as it is written. */
  text(name: string, most?: number): string | undefined
  /** A moment in any of the forms that vendors write. */
  instant(name: string): Instant | undefined
  /** An object's fields; none where it is no object. */
  object(name: string): Fields
  /** The objects of a list. */
  objects(name: string): Fields[]
  /** The texts of a list, or the one text where a vendor sends one without a list. */
  texts(name: string): string[]
  has(name: string): boolean
  /** The names of its fields, as they are. */
  names(): string[]
  /** Every field that is a text, a number or a truth value. */
  entries(): [name: string, value: string][]
}

/** Characters of a text unless told. */
const usualLength = 300
/** Characters of one text of a list: an ARM id has up to about 400. */
const idLength = 600
/** Entries of an object or a list that are looked at. */
const mostEntries = 1_000

/** The fields of any value. */
export function fieldsOf(value: unknown): Fields {
  const own = isObject(value) ? value : {}
  const get = (name: string): unknown => (Object.hasOwn(own, name) ? own[name] : undefined)
  return {
    text: (name, most = usualLength) => textOf(get(name), most),
    instant: (name) => instantOf(get(name)),
    object: (name) => fieldsOf(get(name)),
    objects: (name) => listOf(get(name)).filter(isObject).map(fieldsOf),
    texts: (name) =>
      (Array.isArray(get(name)) ? listOf(get(name)) : [get(name)]).flatMap((one) => textOf(one, idLength) ?? []),
    has: (name) => get(name) !== undefined && get(name) !== null,
    names: () => Object.keys(own).slice(0, mostEntries),
    entries: () =>
      Object.entries(own)
        .slice(0, mostEntries)
        .flatMap(([name, one]): [string, string][] => {
          const [key, text] = [textOf(name, 100), textOf(one)]
          return key === undefined || text === undefined ? [] : [[key, text]]
        }),
  }
}

/** The fields of a JSON text; undefined where it is no JSON or no object. */
export function parseFields(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? fieldsOf(value) : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, mostEntries) : [])

function textOf(value: unknown, most = usualLength): string | undefined {
  if (typeof value !== 'string')
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
  const plain = value
    .slice(0, most * 4)
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim()
  const cut = plain.length > most ? `${plain.slice(0, most - 1)}…` : plain
  return cut.replace(/\p{Surrogate}/gu, '\ufffd') || undefined
}

const iso = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,12})?)?\s*(Z|[+-]\d\d:?\d\d)?$/i
/** As .NET writes a moment in American English; Azure's log alerts (version 1) have it so, in UTC. */
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d\d):(\d\d)(?: ([AP]M))?$/i

function instantOf(value: unknown): Instant | undefined {
  const ms = typeof value === 'number' ? epochMs(value) : typeof value === 'string' ? textMs(value.trim()) : NaN
  // Year 1 is how Go writes "never"; beyond 9999 an instant does not sort as text.
  return ms >= 0 && ms < 253_402_300_800_000 ? new Date(ms).toISOString() : undefined
}

function textMs(text: string): number {
  const parts = iso.exec(text)
  if (parts) return Date.parse(parts[3] ? text : `${text}Z`)
  const [, month, day, year, hour, minute, second, half] = american.exec(text) ?? []
  if (year === undefined) return /^\d{9,20}$/.test(text) ? epochMs(Number(text)) : NaN
  const hours = half ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : Number(hour)
  return Date.UTC(Number(year), Number(month) - 1, Number(day), hours, Number(minute), Number(second))
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size; nanoseconds have lost their last digits. */
function epochMs(value: number): number {
  const perMs = value > 1e17 ? 1e6 : value > 1e14 ? 1e3 : value > 1e11 ? 1 : 1e-3
  return Math.trunc(value / perMs)
}
