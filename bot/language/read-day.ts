import { addDays, weekdays, weekdayOf, weekdayTitles, type Day, type Weekday } from '../../skills/kit/zoned-time.js'
import { readNumber } from './number-words.js'
import { readCalendarDay } from './read-calendar-day.js'

const named: Readonly<Record<string, number>> = {
  today: 0,
  tomorrow: 1,
  yesterday: -1,
  'day after tomorrow': 2,
  'day before yesterday': -2,
  'next week': 7,
  'week from today': 7,
}

/** Farthest that a day lies from today, in days: a hundred years. */
const farthest = 36_500

/**
 * Reads a day, in lower case: "today", "next Friday", "Tuesday last week", "3 days ago", "in 2 weeks", "24 November", "the 3rd". A weekday is the
 * next one to come unless it is the last one, a day of the calendar the nearest to today.
 * @returns undefined where the words are no day
 */
export function readDay(words: string, today: Day): Day | undefined {
  const plain = words.replace(/^(?:the|this|on) /, '')
  if (Object.hasOwn(named, plain)) return addDays(today, named[plain]!)
  if (plain === 'weekend' || plain === 'next weekend') {
    const saturday = dayOfWeek(today, 'sat')
    return saturday <= today ? (plain === 'weekend' ? today : addDays(saturday, 7)) : saturday
  }
  return (
    readWeekday(plain, today) ??
    readDistance(plain, today) ??
    readDayOfMonth(plain, today) ??
    readCalendarDay(plain, today)
  )
}

/** The weekday that a word names: "friday", "fri", "tues". */
export const weekdayCalled = (name: string): Weekday | undefined =>
  weekdays.find(
    (day) =>
      name.length >= 3 && (day === name || (weekdayTitles[day].toLowerCase().startsWith(name) && name !== 'satu')),
  )

/** The weekday of a day's week, which begins with Monday. */
export const dayOfWeek = (day: Day, wanted: Weekday): Day =>
  addDays(day, weekdays.indexOf(wanted) - weekdays.indexOf(weekdayOf(day)))

function readWeekday(plain: string, today: Day): Day | undefined {
  const [, which, name, week] =
    /^(?:(next|last|past|coming) )?([a-z]{3,9})(?: (last|next|this) week)?$/.exec(plain) ?? []
  const wanted = name === undefined ? undefined : weekdayCalled(name)
  if (!wanted || (which && week)) return undefined
  if (week) return addDays(dayOfWeek(today, wanted), week === 'last' ? -7 : week === 'next' ? 7 : 0)
  const back = which === 'last' || which === 'past'
  const steps = Array.from({ length: 7 }, (_, index) => (back ? -(index + 1) : index + 1))
  return steps.map((step) => addDays(today, step)).find((day) => weekdayOf(day) === wanted)
}

/** "3 days ago", "in a week", "two months ago": the same day of another month, or its last one. */
function readDistance(plain: string, today: Day): Day | undefined {
  const [, ahead, number = '', unit] =
    /^(in )?(.{1,30}?) (days?|weeks?|fortnights?|months?|years?)(?: (?:ago|from now|from today))?$/.exec(plain) ?? []
  const isAgo = plain.endsWith(' ago')
  if (unit === undefined || isAgo === (ahead !== undefined) || !(isAgo || ahead || plain.includes(' from ')))
    return undefined
  const count = /^an?$/.test(number) ? 1 : readNumber(number)
  if (count === undefined || !Number.isInteger(count) || count < 0) return undefined
  const steps = isAgo ? -count : count
  const daysOfUnit = unit.startsWith('d') ? 1 : unit.startsWith('w') ? 7 : unit.startsWith('f') ? 14 : undefined
  if (daysOfUnit !== undefined) return count * daysOfUnit > farthest ? undefined : addDays(today, steps * daysOfUnit)
  const months = steps * (unit.startsWith('y') ? 12 : 1)
  return Math.abs(months) > farthest / 30 ? undefined : addMonths(today, months)
}

/** The same day some months on; where that month is shorter its last day. */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0))
  last.setUTCDate(Math.min(date, last.getUTCDate()))
  return last.toISOString().slice(0, 10)
}

/** "the 3rd", "3rd": the nearest day of that number. */
function readDayOfMonth(plain: string, today: Day): Day | undefined {
  const date = plain === 'first' ? 1 : Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(plain)?.[1])
  if (!(date >= 1 && date <= 31)) return undefined
  const first = `${today.slice(0, 8)}01`
  const days = [-1, 0, 1].map((months) => `${addMonths(first, months).slice(0, 8)}${String(date).padStart(2, '0')}`)
  const distance = (day: Day) => Math.abs(Date.parse(day) - Date.parse(today))
  return days.filter((day) => addMonths(day, 0) === day).sort((a, b) => distance(a) - distance(b))[0]
}
