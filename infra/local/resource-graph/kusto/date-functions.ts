import { notUnderstood } from './refusal.js'
import type { ScalarFunction } from './scalar-function.js'
import { asNumber, asString, Timespan } from './types.js'
import type { Value } from './types.js'

const day = 86_400_000

const date = (value: Value | undefined): Date | null => (value instanceof Date ? value : null)
const moment = (value: (at: Date, offset: number) => Date): ScalarFunction => ({
  least: 1,
  most: 2,
  type: 'datetime',
  value: ([at, offset]) => (at instanceof Date ? value(at, Number(offset ?? 0)) : null),
})
const utc = (year: number, month: number, dayOfMonth = 1): Date => new Date(Date.UTC(year, month, dayOfMonth))

/** `bin()`: rounded down to a multiple; datetimes count from the year 1, where weeks begin on a Monday. */
function bin(value: Value, size: Value): Value {
  const step = size instanceof Timespan ? size.milliseconds : asNumber(size)
  if (!step || value === null) return null
  if (value instanceof Date) {
    const origin = Date.UTC(2001, 0, 1) // a whole number of weeks and of 400-year cycles after 0001-01-01
    return new Date(origin + Math.floor((value.getTime() - origin) / step) * step)
  }
  if (value instanceof Timespan) return new Timespan(Math.floor(value.milliseconds / step) * step)
  const number = asNumber(value)
  return number === null ? null : Math.floor(number / step) * step
}

const lengths: Record<string, number> = {
  week: 7 * day,
  day,
  hour: day / 24,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
}

/** How many boundaries of a unit lie between two datetimes, the second taken from the first. */
function dateDifference(unit: string, first: Date, second: Date): number {
  const months = (at: Date) => at.getUTCFullYear() * 12 + at.getUTCMonth()
  if (unit === 'year') return first.getUTCFullYear() - second.getUTCFullYear()
  if (unit === 'quarter') return Math.floor(months(first) / 3) - Math.floor(months(second) / 3)
  if (unit === 'month') return months(first) - months(second)
  const length = lengths[unit]
  if (!length) throw notUnderstood(`datetime_diff(): '${unit}' is not a period.`)
  return Math.floor(first.getTime() / length) - Math.floor(second.getTime() / length)
}

function dateAdd(unit: string, amount: number, at: Date): Date {
  const months = { year: 12, quarter: 3, month: 1 }[unit]
  if (months) {
    const moved = new Date(at)
    moved.setUTCMonth(at.getUTCMonth() + months * amount)
    return moved
  }
  const length = lengths[unit]
  if (!length) throw notUnderstood(`datetime_add(): '${unit}' is not a period.`)
  return new Date(at.getTime() + length * amount)
}

/** `format_datetime()` with Kusto's letters (`yyyy-MM-dd HH:mm:ss.fff`). */
function format(at: Date, pattern: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const hours = at.getUTCHours()
  const parts: Record<string, string> = {
    yyyy: String(at.getUTCFullYear()),
    yy: two(at.getUTCFullYear() % 100),
    MM: two(at.getUTCMonth() + 1),
    M: String(at.getUTCMonth() + 1),
    dd: two(at.getUTCDate()),
    d: String(at.getUTCDate()),
    HH: two(hours),
    H: String(hours),
    hh: two(hours % 12 || 12),
    h: String(hours % 12 || 12),
    mm: two(at.getUTCMinutes()),
    m: String(at.getUTCMinutes()),
    ss: two(at.getUTCSeconds()),
    s: String(at.getUTCSeconds()),
    tt: hours < 12 ? 'AM' : 'PM',
  }
  return pattern.replace(/yyyy|yy|MM?|dd?|HH?|hh?|mm?|ss?|tt|f+/g, (letters) =>
    letters.startsWith('f')
      ? String(at.getUTCMilliseconds()).padStart(3, '0').padEnd(7, '0').slice(0, letters.length)
      : (parts[letters] ?? letters),
  )
}

/** The functions on datetimes and timespans. */
export const dateFunctions: Record<string, ScalarFunction> = {
  now: {
    least: 0,
    most: 1,
    type: 'datetime',
    value: ([offset], now) => new Date(now.getTime() + Number(offset ?? 0)),
  },
  ago: { least: 1, type: 'datetime', value: ([length], now) => new Date(now.getTime() - Number(length)) },
  startofday: moment((at, days) => new Date(Math.floor(at.getTime() / day) * day + days * day)),
  endofday: moment((at, days) => new Date(Math.floor(at.getTime() / day) * day + (days + 1) * day - 1)),
  startofweek: moment((at, weeks) => {
    const start = Math.floor(at.getTime() / day) * day - at.getUTCDay() * day // Kusto's weeks begin on Sunday
    return new Date(start + weeks * 7 * day)
  }),
  startofmonth: moment((at, months) => utc(at.getUTCFullYear(), at.getUTCMonth() + months)),
  startofyear: moment((at, years) => utc(at.getUTCFullYear() + years, 0)),
  dayofweek: {
    least: 1,
    type: 'timespan',
    value: ([at]) => (at instanceof Date ? new Timespan(at.getUTCDay() * day) : null),
  },
  hourofday: { least: 1, type: 'long', value: ([at]) => date(at)?.getUTCHours() ?? null },
  getyear: { least: 1, type: 'long', value: ([at]) => date(at)?.getUTCFullYear() ?? null },
  datetime_diff: {
    least: 3,
    type: 'long',
    value: ([unit = '', first, second]) =>
      first instanceof Date && second instanceof Date
        ? dateDifference(asString(unit).toLowerCase(), first, second)
        : null,
  },
  datetime_add: {
    least: 3,
    type: 'datetime',
    value: ([unit = '', amount, at]) =>
      at instanceof Date ? dateAdd(asString(unit).toLowerCase(), Number(amount), at) : null,
  },
  format_datetime: {
    least: 2,
    type: 'string',
    value: ([at, pattern = '']) => (at instanceof Date ? format(at, asString(pattern)) : ''),
  },
  bin: {
    least: 2,
    type: ([argument]) => argument!.type,
    keepsName: true,
    value: ([value = null, size = null]) => bin(value, size),
  },
}
