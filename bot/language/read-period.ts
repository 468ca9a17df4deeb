import { addDays, type Day } from '../../skills/kit/zoned-time.js'
import { monthOf } from './read-calendar-day.js'
import { addMonths, dayOfWeek, readDay, weekdayCalled } from './read-day.js'

/** Whole days: from one day to the one behind the last. */
export interface Period {
  from: Day
  to: Day
}

/** Months of the units that begin with a month's first day. */
const monthsOf: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 }

/**
 * Reads whole days that are looked back on, in lower case: "yesterday", "on Tuesday", "the weekend", "last week", "this month", "Q3", "November",
 * "2025", "3 November". Weeks begin with Monday; what has no year is the last that has begun.
 * @returns undefined where the words are no days
 */
export function readPeriod(words: string, today: Day): Period | undefined {
  const said = words
    .replace(/^(?:all day|(?:over|during|in|on|at|for|within|all))(?: |$)/, (before) =>
      before === 'all day' ? 'today' : '',
    )
    .replace(/^(?:the |days? of |week of the )/, '')
    .replace(/^fiscal /, '')
    .replace(/\b(this|last|next|current|previous) fiscal\b/, '$1')
    .replace(/^(first|second|third|fourth|1st|2nd|3rd|4th) quarter\b/, (_, which: string) => `q${quarterCalled(which)}`)
    .replace(/^fy ?(?:20)?(\d\d)$/, '20$1')
  return (
    readWeekend(said, today) ??
    readUnit(said, today) ??
    readWeekOf(said, today) ??
    readHalf(said, today) ??
    readPart(said, today) ??
    readSingle(said, today)
  )
}

const quarterCalled = (which: string): number =>
  /^\d/.test(which) ? Number(which[0]) : ['first', 'second', 'third', 'fourth'].indexOf(which) + 1

function readWeekend(said: string, today: Day): Period | undefined {
  const [whole, which] = /^(?:(this|last|next|past|coming) )?weekend$/.exec(said) ?? []
  if (whole === undefined) return undefined
  const saturday = dayOfWeek(today, 'sat')
  // Looked back on, the weekend is the one that has begun; "this" one may be to come.
  const begun = saturday > today ? addDays(saturday, -7) : saturday
  const from =
    which === undefined || which === 'past'
      ? begun
      : which === 'last'
        ? addDays(saturday, -7)
        : addDays(saturday, which === 'next' && saturday <= today ? 7 : 0)
  return { from, to: addDays(from, 2) }
}

/** "week of 9 november", "the week before last", "calendar week 46", "kw46": weeks of ISO 8601. */
function readWeekOf(said: string, today: Day): Period | undefined {
  const monday = dayOfWeek(today, 'mon')
  if (/^week before last(?: week)?$/.test(said)) return weekFrom(addDays(monday, -14))
  const of = /^week (?:of|from|starting) (?:the )?(.+)$/.exec(said)?.[1]
  const day = of === undefined ? undefined : readDay(of, today)
  if (day !== undefined) return weekFrom(dayOfWeek(day, 'mon'))
  const number = Number(/^(?:calendar week|week|cw|kw) ?(\d{1,2})$/.exec(said)?.[1])
  if (!(number >= 1 && number <= 53)) return undefined
  // Week 1 is the one with 4 January; of weeks to come it is last year's.
  const found = [0, -1]
    .map((years) => addDays(dayOfWeek(`${Number(today.slice(0, 4)) + years}-01-04`, 'mon'), (number - 1) * 7))
    .find((from) => from <= today)
  return found === undefined ? undefined : weekFrom(found)
}

const weekFrom = (from: Day): Period => ({ from, to: addDays(from, 7) })

/** "h1", "second half of the year", "first half of 2026". */
function readHalf(said: string, today: Day): Period | undefined {
  const [, number, ofYear] =
    /^h([12])(?: (?:of )?(\d{4}))?$/.exec(said) ??
    /^(first|second) half of (?:the |this )?(?:year|(\d{4}))$/.exec(said) ??
    []
  if (number === undefined) return undefined
  return monthsFrom(begun(number === '1' || number === 'first' ? 1 : 7, ofYear, today), 6)
}

function readUnit(said: string, today: Day): Period | undefined {
  const [, which, unit] = /^(this|current|last|previous|next) (week|month|quarter|year)$/.exec(said) ?? []
  if (unit === undefined) return undefined
  const steps = which === 'next' ? 1 : which === 'last' || which === 'previous' ? -1 : 0
  if (unit === 'week') {
    const from = addDays(dayOfWeek(today, 'mon'), steps * 7)
    return { from, to: addDays(from, 7) }
  }
  const length = monthsOf[unit]!
  const from = addMonths(`${today.slice(0, 8)}01`, steps * length - ((Number(today.slice(5, 7)) - 1) % length))
  return { from, to: addMonths(from, length) }
}

/** "q3", "q3 2025", "november", "last november", "november 2025", "2025". */
function readPart(said: string, today: Day): Period | undefined {
  const year = /^(?:19|20)\d\d$/.exec(said)?.[0]
  if (year !== undefined) return monthsFrom(`${year}-01-01`, 12)
  const [, quarter, ofYear] = /^q([1-4])(?: (?:of )?(\d{4}))?$/.exec(said) ?? []
  if (quarter !== undefined) return monthsFrom(begun((Number(quarter) - 1) * 3 + 1, ofYear, today), 3)
  const [, last, name = '', inYear] = /^(last )?([a-z]{3,9})(?: (\d{4}))?$/.exec(said) ?? []
  const month = monthOf(name)
  if (!month || (last && inYear)) return undefined
  const first = begun(month, inYear, today)
  return monthsFrom(last && first.slice(0, 7) === today.slice(0, 7) ? addMonths(first, -12) : first, 1)
}

/** The first day of a month: of a year, or the last time that it has come. */
function begun(month: number, year: string | undefined, today: Day): Day {
  const first = `${year ?? today.slice(0, 4)}-${String(month).padStart(2, '0')}-01`
  return year === undefined && first > today ? addMonths(first, -12) : first
}

const monthsFrom = (from: Day, months: number): Period => ({ from, to: addMonths(from, months) })

/** A day that is looked back on: a weekday is the last one, today's own among them. */
function readSingle(said: string, today: Day): Period | undefined {
  const isWeekday = weekdayCalled(said) !== undefined
  const day = isWeekday ? readDay(`last ${said}`, addDays(today, 1)) : lastOfMonth(readDay(said, today), said, today)
  return day === undefined ? undefined : { from: day, to: addDays(day, 1) }
}

/** "The 15th" said on the 3rd was last month's. */
const lastOfMonth = (day: Day | undefined, said: string, today: Day): Day | undefined =>
  day !== undefined && day > today && /^(?:\d{1,2}(?:st|nd|rd|th)|first)$/.test(said) ? addMonths(day, -1) : day
