/** Kusto's scalar types that Resource Graph's tables and functions give. */
export type KustoType = 'string' | 'long' | 'real' | 'bool' | 'datetime' | 'timespan' | 'dynamic'

/** A length of time in milliseconds, as `1d` or `datetime - datetime` give it. */
export class Timespan {
  constructor(readonly milliseconds: number) {}
  valueOf(): number {
    return this.milliseconds
  }
}

/** A value in a row: a datetime is a `Date`, a dynamic any JSON, null the absent value of every type but string. */
export type Value = string | number | boolean | null | Date | Timespan | object

export interface Column {
  name: string
  type: KustoType
}

/** A row: its values in the order of its relation's columns. */
export type Row = Value[]

/** Columns and rows between two pipes. `rows` is called once, when the query runs. */
export interface Relation {
  columns: Column[]
  rows(): Row[]
}

/** A compiled scalar expression. */
export interface Scalar {
  type: KustoType
  evaluate(row: Row): Value
  /** The value where it is the same for every row (a literal, `now()`), so that patterns and lists are prepared once. */
  constant?: Value
  /** The column name Kusto gives the expression where the query gives none. */
  name?: string
}

const isRecord = (value: Value): value is Record<string, Value> =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Timespan)

/** A member of a dynamic value; null where there is none. A negative index counts from the end. */
export function memberOf(value: Value, key: string | number): Value {
  if (!isRecord(value)) return null
  if (Array.isArray(value)) {
    if (typeof key !== 'number') return null
    return (value.at(key) as Value | undefined) ?? null
  }
  return Object.hasOwn(value, key) ? (value[key] ?? null) : null
}

/** `tostring()`: null is the empty string, a dynamic its JSON, a datetime has seven fraction digits. */
export function asString(value: Value): string {
  if (typeof value === 'string') return value
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  if (value instanceof Date) return value.toISOString().replace('Z', '0000Z')
  if (value instanceof Timespan) return timespanText(value)
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** A timespan as Kusto writes it: `[-][d.]hh:mm:ss[.fffffff]`. */
function timespanText({ milliseconds }: Timespan): string {
  const absolute = Math.abs(milliseconds)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const days = Math.floor(absolute / 86_400_000)
  const fraction = absolute % 1000 ? `.${String(Math.round(absolute % 1000)).padStart(3, '0')}0000` : ''
  const time = `${two((absolute / 3_600_000) % 24)}:${two((absolute / 60_000) % 60)}:${two((absolute / 1000) % 60)}`
  return `${milliseconds < 0 ? '-' : ''}${days ? `${days}.` : ''}${time}${fraction}`
}

/** `todouble()`; null where the text is no number. */
export function asNumber(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** `tobool()`: `true`, `false` and numbers; null for anything else. */
export function asBoolean(value: Value): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return value !== 0
  if (typeof value !== 'string') return null
  const text = value.toLowerCase()
  if (text === 'true') return true
  return text === 'false' ? false : null
}

/** `todatetime()`: ISO 8601, without a zone UTC; null for anything else. */
export function asDate(value: Value): Date | null {
  if (value instanceof Date) return value
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value)) return null
  const zoned = /([zZ]|[+-]\d\d:?\d\d)$/.test(value) ? value : value.includes(':') ? `${value}Z` : value
  const date = new Date(zoned.replace(/^(\S+) (\S+)$/, '$1T$2').replace(/(\.\d{3})\d+/, '$1'))
  return Number.isNaN(date.getTime()) ? null : date
}

const units: Record<string, number> = {
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  h: 3_600_000,
  hr: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  ms: 1,
  milli: 1,
  millis: 1,
}

/** `1d`, `90m`, `1.5h`, `time(1.02:03:04)`; undefined for anything else. */
export function parseTimespan(text: string): Timespan | undefined {
  const inner = /^(?:time|timespan)\s*\((.*)\)$/i.exec(text)?.[1]?.trim() ?? text
  const short = /^(-?\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(inner)
  const unit = units[short?.[2]?.toLowerCase() ?? '']
  if (short && unit) return new Timespan(Number(short[1]) * unit)
  const long = /^(-?)(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?$/.exec(inner)
  if (!long) return undefined
  const [, sign, days = '0', hours, minutes, seconds = '0'] = long
  const total = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1000
  return new Timespan(sign ? -total : total)
}

/** The value cast to a type, as comparing a dynamic with that type does. */
export function cast(value: Value, type: KustoType): Value {
  if (value === null) return type === 'string' ? '' : null
  if (type === 'string') return asString(value)
  if (type === 'long' || type === 'real') return asNumber(value)
  if (type === 'bool') return asBoolean(value)
  return type === 'datetime' ? asDate(value) : value
}

/** A value as it stands in a JSON answer: a datetime is ISO text without trailing zeros, as the service writes it. */
export function asJson(value: Value): unknown {
  if (value instanceof Date) return value.toISOString().replace(/\.?0+Z$/, 'Z')
  return value instanceof Timespan ? timespanText(value) : value
}

/** One text a value, alike for values that are equal: keys of groups, joins and sets. */
export const keyOf = (value: Value): string =>
  typeof value === 'string' ? `s${value}` : value === null ? 'n' : `${typeof value}${asString(value)}`
