import type { Instant } from '../../skills/kit/model.js'
import { addDays, clockIn, dayIn, isZone, momentOf, type Day } from '../../skills/kit/zoned-time.js'
import { readCalendarDay } from './read-calendar-day.js'
import { addMonths, dayOfWeek, readDay } from './read-day.js'
import { readDuration } from './read-duration.js'
import { readOnce } from './read-once.js'
import { splitPartOfDay, timeOfPart } from './read-part-of-day.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { plainTime } from './time-words.js'
import { readZone } from './read-zone.js'

/** When and where something is said, for words such as "tomorrow". */
export interface Spoken {
  now: Instant
  /** IANA zone of the speaker. */
  zone: string
}

/** A day and a time of it, as far as words say them, by the clocks of a zone. */
export interface DayAndTime {
  day?: Day
  time?: string
  zone: string
}

/** Farthest that a moment lies from now, in minutes: a hundred years. */
const farthest = 100 * 525_600

/** Words beyond this many characters are no moment. */
const longest = 100

/**
 * Reads a moment in the speaker's zone: "tomorrow", "tomorrow at 9", "at 9 on Friday", "last Tuesday at 3", "tomorrow morning", "this time
 * yesterday", "in 2 hours", "3 days ago", "end of the week", "noon", "24 November 8:30", "9 am Berlin time", "2026-11-24 17:00Z", an ISO moment. A
 * day without a time is that day at the present time of day, an ISO date its midnight; a weekday is the next one to come, a date without a year
 * the nearest. An hour from 1 to 6 with nothing else is of the afternoon, save at night. The end of a day is 17:00, where that is past midnight.
 * @returns undefined where the words are no moment
 */
export const readMoment = readOnce((words, spoken): Instant | undefined => {
  const { said, isPast } = directed(plain(words))
  const found = readDirected(said, words, spoken)
  if (!isPast || found === undefined || found <= spoken.now) return found
  return (
    readDirected(`last ${said}`, words, spoken) ??
    momentOf(spoken.zone, addDays(dayIn(spoken.zone, found), -1), clockIn(spoken.zone, found))
  )
})

/** Words before a moment that say of which side of now it is, or nothing. */
function directed(said: string): { said: string; isPast: boolean } {
  const [before] = /^(?:as of|as at|back on|by|until|till|not before|starting|from) /.exec(said) ?? []
  return before === undefined
    ? { said, isPast: false }
    : { said: said.slice(before.length), isPast: /^(?:as|back)/.test(before) }
}

function readDirected(said: string, words: string, spoken: Spoken): Instant | undefined {
  if (said === '' || said.length > longest) return undefined
  if (said === 'now') return spoken.now
  const ahead = /^in (.+)$/.exec(said)?.[1] ?? /^(.+) from now$/.exec(said)?.[1]
  const ago = /^(.+) ago$/.exec(said)?.[1]
  // Days and more are days of the calendar, however long their clocks make them.
  const minutes = /\b(?:days?|weeks?|fortnights?|months?|years?)\b/.test(said)
    ? undefined
    : readDuration(ahead ?? ago ?? '')
  if (minutes !== undefined)
    return minutes >= 0 && minutes <= farthest ? moved(spoken.now, (ahead ? minutes : -minutes) * 60_000) : undefined
  if (isoDay.test(said)) {
    const day = readCalendarDay(said, dayIn(spoken.zone, spoken.now))
    return day && momentOf(spoken.zone, day, '00:00')
  }
  const exact = readIso(words) ?? readEdge(said, spoken)
  if (exact) return exact
  const read = readDayAndTime(said, spoken)
  return (
    read && momentOf(read.zone, read.day ?? dayIn(read.zone, spoken.now), read.time ?? clockIn(read.zone, spoken.now))
  )
}

/** Words as the readers of times compare them. */
export const plain = (words: string): string =>
  plainTime(words)
    // A date and a time without a zone are the speaker's.
    .replace(/^(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?$/, '$1 $2')

const isoDay = /^\d{4}-\d\d-\d\d$/

/** An ISO date or moment as machines write it, with a blank for its T as people do; a date is its midnight in UTC. */
export function readIso(words: string): Instant | undefined {
  const said = words.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  const iso = /^\d{4}-\d\d-\d\d(t\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d))?$/i.test(said)
  const isThere = iso && readCalendarDay(said.slice(0, 10), '2000-01-01') !== undefined
  return isThere && !Number.isNaN(Date.parse(said)) ? new Date(said.toUpperCase()).toISOString() : undefined
}

const moved = (now: Instant, by: number): Instant => new Date(Date.parse(now) + by).toISOString()

/** When people stop working. */
const endOfWork = '17:00'

/** "end of day", "end of the week", "start of the month": the last day of a week is its Friday. */
function readEdge(said: string, { now, zone }: Spoken): Instant | undefined {
  const short = said
    .replace(/^(?:by|until|till) /, '')
    .replace(/^(?:close of business|end of business)\b/, 'end of day')
  const [, edge, of] = /^(?:the )?(end|start|beginning) of (?:the |this |my )?([a-z ]{3,20})$/.exec(short) ?? []
  if (edge === undefined || of === undefined) return undefined
  const today = dayIn(zone, now)
  const day = of === 'day' ? today : (edgeDay(of, edge === 'end', today) ?? readDay(of, today))
  if (day === undefined) return undefined
  if (edge !== 'end') return momentOf(zone, day, '00:00')
  const end = momentOf(zone, day, endOfWork)
  return end !== undefined && end > now ? end : momentOf(zone, addDays(day, 1), '00:00')
}

function edgeDay(of: string, isEnd: boolean, today: Day): Day | undefined {
  const [, which, unit] = /^(?:(next|last) )?(week|month|quarter|year)$/.exec(of) ?? []
  const steps = which === 'next' ? 1 : which === 'last' ? -1 : 0
  if (unit === undefined) return undefined
  if (unit === 'week') return addDays(dayOfWeek(today, isEnd ? 'fri' : 'mon'), steps * 7)
  const length = unit === 'month' ? 1 : unit === 'quarter' ? 3 : 12
  const begun = (Number(today.slice(5, 7)) - 1) % length
  const first = addMonths(`${today.slice(0, 8)}01`, steps * length - begun)
  return isEnd ? addDays(addMonths(first, length), -1) : first
}

/**
 * Reads a day, a time of it or both, with a zone behind them: "tomorrow at 9", "tomorrow 9:30", "9 on Friday", "11 this morning", "9:00 UTC".
 * @param said plain words
 */
export const readDayAndTime = readOnce((said, spoken): Readonly<DayAndTime> | undefined => {
  const here = readHere(said, spoken)
  if (here) return here
  const [, before, place] = /^(.*\S) ([a-z/_ ]{3,30})$/.exec(said.replace(/(\d)z$/, '$1 utc')) ?? []
  const words = place === undefined ? [] : `${before!} ${place}`.split(' ')
  for (const width of [4, 3, 2, 1]) {
    if (words.length <= width) continue
    const zone = readZone(words.slice(-width).join(' '))
    if (zone === undefined || !isZone(zone)) continue
    const there = readHere(words.slice(0, -width).join(' '), { ...spoken, zone })
    if (there?.time !== undefined) return there
  }
  return undefined
})

function readHere(said: string, { now, zone }: Spoken): DayAndTime | undefined {
  const today = dayIn(zone, now)
  const sameTime =
    /^(?:at )?(?:this|the same|same) time (.+)$/.exec(said)?.[1] ?? /^(.+) at (?:this|the same) time$/.exec(said)?.[1]
  if (sameTime !== undefined) {
    const day = readDay(sameTime === 'last week' ? '7 days ago' : sameTime, today)
    return day === undefined ? undefined : { day, time: clockIn(zone, now), zone }
  }
  const { rest, part } = splitPartOfDay(said)
  const parts = rest
    .replace(/\b(?:at|on)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(' ')
    .filter(Boolean)
  // The words are cut once into a day and a time, in either order.
  for (let cut = 0; cut <= parts.length; cut++) {
    const [first, second] = [parts.slice(0, cut).join(' '), parts.slice(cut).join(' ')]
    for (const [dayWords, timeWords] of [
      [first, second],
      [second, first],
    ] as const) {
      if (dayWords === '' && timeWords === '' && !part) continue
      const day = dayWords === '' ? undefined : readDay(dayWords, today)
      if (dayWords !== '' && day === undefined) continue
      // A number alone is too little to be a time.
      if (dayWords === '' && !part && /^\d{1,2}$/.test(timeWords) && !/\bat /.test(said)) continue
      const isNight = clockIn(zone, now) < '06:00' && (day === undefined || day === today)
      const time = part ? timeOfPart(timeWords, part) : timeWords === '' ? undefined : readTime(timeWords, isNight)
      if (timeWords !== '' && time === undefined) continue
      // What is said of a night and comes behind midnight is of the next day.
      const isBehind = part?.behind === 'at night' && day !== undefined && time !== undefined && time < '06:00'
      return {
        ...(day !== undefined && { day: isBehind ? addDays(day, 1) : day }),
        ...(time !== undefined && { time }),
        zone,
      }
    }
  }
  return undefined
}

/** A time of day; one before 7 that is said as hands of a clock show it, "3", "half past three", is of the afternoon, unless it is night. */
function readTime(words: string, isNight: boolean): string | undefined {
  const time = readTimeOfDay(words)
  const isOfHands =
    /^[1-6](?: ?o['’]?clock)?$/.test(words) || (/^[a-z' -]+$/.test(words) && !/midnight|morning/.test(words))
  return time !== undefined && isOfHands && time < '07:00' && !isNight
    ? `${Number(time.slice(0, 2)) + 12}${time.slice(2)}`
    : time
}
