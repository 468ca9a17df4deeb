import { ownZone } from '../../skills/kit/arguments.js'
import { isZone, type Weekday } from '../../skills/kit/zoned-time.js'
import { readNumber } from './number-words.js'
import { weekdayCalled } from './read-day.js'
import { readDuration } from './read-duration.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { readWeekdays } from './read-weekdays.js'
import { readZone } from './read-zone.js'
import { plainTime } from './time-words.js'

/** On which days something comes again, or how long after the last time. */
export type Pattern =
  /** Days of every week, or of every second, third … one. */
  | { every: 'week'; weeks: number; days: readonly Weekday[] }
  /** A day of every month by its number; -1 is the last one. */
  | { every: 'month'; day: number }
  /** A weekday of every month: the first to the fourth, or -1 for the last. */
  | { every: 'month'; nth: number; weekday: Weekday }
  | { every: 'minutes'; minutes: number }

/** Something that comes again and again, as far as words say it. */
export interface SpokenRecurrence {
  pattern: Pattern
  /** `08:30`; absent where no time was said, and of what comes every so many minutes. */
  time?: string
  /** IANA name of the zone whose clocks count. */
  zone: string
}

/** Words beyond this many characters are no recurrence. */
const longest = 160
/** Least and most minutes between two times. */
const between = { least: 5, most: 7 * 1_440 }

/**
 * Reads what comes again and again: "weekdays at 8:30 Berlin", "every other Monday at 9", "first of the month", "last Friday of every month at noon",
 * "every evening at 7", "every 2 hours".
 * @param zone of the speaker, where the words name no other
 * @returns undefined where the words are no recurrence, or say something else as well
 */
export function readRecurrence(words: string, zone: string): SpokenRecurrence | undefined {
  if (words.length > longest) return undefined
  const said = plainTime(words).replace(/^(?:on|at) /, '')
  const parts = said.split(' ')
  for (let width = 0; width <= Math.min(4, parts.length - 1); width++) {
    const place = width ? readZone(parts.slice(-width).join(' ')) : zone
    if (place === undefined || !(place === ownZone || isZone(place))) continue
    const read = readHere(parts.slice(0, parts.length - width))
    // A zone tells nothing without a time.
    if (read && (width === 0 || read.time !== undefined)) return { ...read, zone: place === ownZone ? zone : place }
  }
  return undefined
}

/** A pattern and a time of day, in either order. */
function readHere(parts: readonly string[]): Omit<SpokenRecurrence, 'zone'> | undefined {
  for (let cut = 0; cut <= parts.length; cut++) {
    const [first, second] = [parts.slice(0, cut), parts.slice(cut)].map((some) => some.join(' ')) as [string, string]
    for (const [days, time] of [
      [first, second],
      [second, first],
    ] as const) {
      const part = / ?\b(morning|afternoon|evening|night)s?$/.exec(days)
      const pattern = readPattern(
        part && /^(?:every|each)$/.test(days.slice(0, part.index)) ? 'every day' : days.slice(0, part?.index),
      )
      if (!pattern) continue
      if (time === '' && !part) return { pattern }
      const clock = time.replace(/^at /, '')
      const at = part ? timeIn(clock, part[1]!) : readTimeOfDay(clock)
      if (at !== undefined && pattern.every !== 'minutes') return { pattern, time: at }
    }
  }
  return undefined
}

const halves: Readonly<Record<string, { behind: string; usual: string }>> = {
  morning: { behind: 'in the morning', usual: '09:00' },
  afternoon: { behind: 'in the afternoon', usual: '15:00' },
  evening: { behind: 'in the evening', usual: '19:00' },
  night: { behind: 'at night', usual: '22:00' },
}

/** "7" of the evening is 19:00; without a time it is the hour that the part of the day is meant by. */
function timeIn(time: string, part: string): string | undefined {
  const { behind, usual } = halves[part]!
  return time === '' ? usual : (readTimeOfDay(`${time} ${behind}`) ?? readTimeOfDay(time))
}

function readPattern(words: string): Pattern | undefined {
  const said = words.replace(/^on (?=.)/, '')
  return readWeeks(said) ?? readMonth(said) ?? readInterval(said)
}

/** "weekdays", "every other monday", "every 3 weeks on friday", "weekly on mondays and thursdays". */
function readWeeks(said: string): Pattern | undefined {
  const [led, other, count, rest] =
    /^(?:every |each )?(?:(other week|second week|other|second|2nd|alternate|fortnightly|biweekly)|(third|3rd|fourth|4th|[a-z0-9]+ weeks?|weekly|week|once a week))(?: on)? (?=\S)(.+)$/.exec(
      said,
    ) ?? []
  const weeks = led === undefined ? 1 : other !== undefined ? 2 : weeksIn(count!)
  const days = weeks === undefined ? undefined : daysIn(led === undefined ? said : rest!)
  return days && weeks ? { every: 'week', weeks, days } : undefined
}

/** Commas are blanks in words of time: "mondays tuesdays and fridays" are three. */
const daysIn = (said: string): readonly Weekday[] | undefined =>
  readWeekdays(said) ?? readWeekdays(said.replaceAll(' and ', ' '))

function weeksIn(count: string): number | undefined {
  if (/^(?:weekly|week|once a week)$/.test(count)) return 1
  const ordinal = ordinals.get(count)
  const number = ordinal ?? readNumber(count.replace(/ weeks?$/, ''))
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 52 ? number : undefined
}

const ordinals: ReadonlyMap<string, number> = new Map([
  ...['first', 'second', 'third', 'fourth'].map((word, at) => [word, at + 1] as const),
  ...['1st', '2nd', '3rd', '4th'].map((word, at) => [word, at + 1] as const),
  ['last', -1],
])

/** "first of the month", "every 15th", "monthly on the 3rd", "last day of every month", "second tuesday of the month". */
function readMonth(said: string): Pattern | undefined {
  const ofMonth = /^(?:the |every )?(.+?) of (?:the|each|every|a) month$/.exec(said)?.[1]
  const monthly = /^(?:monthly|every month|each month|once a month)(?: on)?(?: the)? (.+)$/.exec(said)?.[1]
  const named = /^every (\S+ [a-z]+day|\d{1,2}(?:st|nd|rd|th))$/.exec(said)?.[1]
  const which = (ofMonth ?? monthly ?? named)?.replace(/ day$/, '')
  if (which === undefined) return undefined
  const [first = '', weekday, ...more] = which.split(' ')
  const number = ordinals.get(first) ?? Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(first)?.[1])
  if (weekday === undefined)
    return number === -1 || (number >= 1 && number <= 31) ? { every: 'month', day: number } : undefined
  const called = more.length ? undefined : weekdayCalled(weekday)
  return called && number >= -1 && number <= 4 ? { every: 'month', nth: number, weekday: called } : undefined
}

/** "hourly", "every 2 hours", "every half hour". */
function readInterval(said: string): Pattern | undefined {
  const length = said === 'hourly' ? '1 hour' : /^every (.+)$/.exec(said)?.[1]
  const minutes = length === undefined || /\bday|week|month/.test(length) ? undefined : readDuration(length)
  return minutes !== undefined && minutes >= between.least && minutes <= between.most
    ? { every: 'minutes', minutes }
    : undefined
}
