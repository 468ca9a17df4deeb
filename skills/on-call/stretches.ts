import type { Range } from '../kit/arguments.js'
import type { Instant } from '../kit/model.js'
import type { Shift } from '../kit/ports.js'
import { cut, without } from '../kit/shifts-of.js'
import { addDays, clockIn, dayIn, momentOf, zoneTitle, type Day } from '../kit/zoned-time.js'

/** A shift that begins on a day and is at most this long is that day's, whole: a day of a rota that hands over in the morning. */
const longestOfDay = 25 * 3_600_000

const lengthOf = ({ from, to }: Range): number => Date.parse(to) - Date.parse(from)

/** A day of a zone's calendar, from its first moment to the next day's. */
export function dayRange(day: Day, zone: string): Range {
  const begin = (one: Day): Instant => momentOf(zone, one, '00:00') ?? begin(addDays(one, 1))
  return { from: begin(day), to: begin(addDays(day, 1)) }
}

/**
 * What of somebody's shifts is meant by a day: a short shift that begins on it, whole, else the hours of the calendar's day.
 * @returns the first of several, undefined where they carry no pager that day
 */
export function dutyOfDay(shifts: readonly Shift[], person: string, day: Day, zone: string): Range | undefined {
  const range = dayRange(day, zone)
  const own = shifts.filter((shift) => shift.person.id === person && cut(shift, range.from, range.to))
  const short = own.find((shift) => shift.from >= range.from && lengthOf(shift) <= longestOfDay)
  const found = short ?? own.map((shift) => cut(shift, range.from, range.to)!)[0]
  return found && { from: found.from, to: found.to }
}

/** What of a stretch is not covered by a person's shifts, in order of time. */
export function notOf(range: Range, shifts: readonly Shift[], person: string): Range[] {
  const own = shifts.filter((shift) => shift.person.id === person)
  return own.reduce<Range[]>((left, shift) => left.flatMap((one) => without(one, shift)), [range])
}

/**
 * The first stretch of the same hours, some days after another, in which somebody carries the pager all the time.
 * @param zone whose calendar and clocks the days and hours are of
 * @param most days ahead
 */
export function sameHoursLater(
  range: Range,
  shifts: readonly Shift[],
  person: string,
  { zone, most }: { zone: string; most: number },
): Range | undefined {
  const moved = (at: Instant, days: number) => momentOf(zone, addDays(dayIn(zone, at), days), clockIn(zone, at))
  for (let days = 1; days <= most; days++) {
    const [from, to] = [moved(range.from, days), moved(range.to, days)]
    if (from && to && from < to && notOf({ from, to }, shifts, person).length === 0) return { from, to }
  }
  return undefined
}

const date = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' })
const dayName = (day: Day): string => date.format(Date.parse(day)).replace(',', '')

/** A moment as it is written where no reader's zone is known: "Fri 27 Nov 08:00". */
export const sayMoment = (at: Instant, zone: string): string => `${dayName(dayIn(zone, at))} ${clockIn(zone, at)}`

/** A stretch by the clocks of one zone: "Fri 27 Nov 09:00 to 17:00, Berlin time". */
export function sayStretch({ from, to }: Range, zone: string): string {
  const end = dayIn(zone, from) === dayIn(zone, to) ? clockIn(zone, to) : sayMoment(to, zone)
  return `${sayMoment(from, zone)} to ${end}, ${zoneTitle(zone)}`
}
