import { daysBetween, type Day } from '../../skills/kit/zoned-time.js'
import { readFeastDay } from './read-feast-day.js'

const months = 'january february march april may june july august september october november december'.split(' ')

/** 1 to 12 for a month's name or its first three letters or more; 0 for what is none. */
export const monthOf = (name: string): number =>
  months.findIndex((month) => name.length >= 3 && month.startsWith(name)) + 1

/**
 * Reads a day of the calendar, in lower case: "24 november", "24th of november 2026", "november 24", "24.11.2026", "2026-11-24". One without a
 * year is the nearest to today.
 * @returns undefined where the words are no day, or one that does not exist, such as 31 February
 */
export function readCalendarDay(words: string, today: Day): Day | undefined {
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(words) ?? []
  if (isoYear) return written(Number(isoYear), Number(isoMonth), Number(isoDay))
  const [, dotDay, dotMonth, dotYear] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})?$/.exec(words) ?? []
  if (dotDay) return inYear(dotYear, Number(dotMonth), Number(dotDay), today)
  const feast = readFeast(words, today)
  if (feast !== undefined) return feast
  const day = '(\\d{1,2})(?:st|nd|rd|th)?'
  const [, first, second, year] =
    new RegExp(`^${day} (?:of )?([a-z]+)(?: (\\d{4}))?$`).exec(words) ??
    new RegExp(`^([a-z]+) (?:the )?${day}(?: (\\d{4}))?$`).exec(words) ??
    []
  if (first === undefined || second === undefined) return undefined
  const [number, name] = /^\d/.test(first) ? [first, second] : [second, first]
  return inYear(year, monthOf(name), Number(number), today)
}

/** "christmas eve", "new year's day 2027": of no year the nearest. */
function readFeast(words: string, today: Day): Day | undefined {
  const [, name = '', year] = /^([a-z ]{4,20}?)(?: (?:of )?(\d{4}))?$/.exec(words) ?? []
  if (year !== undefined) return readFeastDay(name, Number(year))
  const present = Number(today.slice(0, 4))
  return nearest(
    [present - 1, present, present + 1].flatMap((one) => readFeastDay(name, one) ?? []),
    today,
  )
}

const nearest = (days: readonly Day[], today: Day): Day | undefined =>
  days.toSorted((a, b) => Math.abs(daysBetween(a, today)) - Math.abs(daysBetween(b, today)))[0]

function inYear(year: string | undefined, month: number, day: number, today: Day): Day | undefined {
  if (year !== undefined) return written(Number(year), month, day)
  const present = Number(today.slice(0, 4))
  return nearest(
    [present - 1, present, present + 1].flatMap((one) => written(one, month, day) ?? []),
    today,
  )
}

function written(year: number, month: number, day: number): Day | undefined {
  const last = month >= 1 && month <= 12 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : 0
  const two = (part: number) => String(part).padStart(2, '0')
  return day >= 1 && day <= last ? `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` : undefined
}
