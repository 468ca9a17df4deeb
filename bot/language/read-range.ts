import type { Instant } from '../../skills/kit/model.js'
import { readNumber } from './number-words.js'
import { notAfter, ofDays, readDays, stretch, type Stretch } from './read-days.js'
import { addMonths } from './read-day.js'
import { addDays, clockIn, dayIn, momentOf, type Day } from '../../skills/kit/zoned-time.js'
import { readDuration } from './read-duration.js'
import { plain, readDayAndTime, readIso, readMoment, type DayAndTime, type Spoken } from './read-moment.js'
import { endsOfPart, splitPartOfDay } from './read-part-of-day.js'
import { readPeriod } from './read-period.js'

/** Words beyond this many characters are no stretch of time. */
const longest = 160

/**
 * Reads a stretch of time that is looked back on: "yesterday to now", "Monday 9:00..Friday 17:00", "between 10 and 11 this morning", "9 to 5
 * yesterday", "since Monday", "since lunch", "in the last 24 hours", "last hour", "today", "last week", "the weekend", "Q3". What is not over
 * ends now; a time that has not come today was yesterday's. "The last week" is 7 days, "last week" the week before this one.
 * @param spoken when and where it is said; without it both ends are read in ISO form only
 * @returns undefined where the words are no stretch of time
 */
export function readRange(words: string, spoken: Spoken | undefined): Stretch | undefined {
  if (words.length > longest) return undefined
  const [begin = '', end, ...more] = words.split('..')
  if (!spoken || end !== undefined)
    return end === undefined
      ? betweenIso(words)
      : more.length
        ? undefined
        : stretch(momentIn(begin, spoken), momentIn(end, spoken))
  const said = plain(words)
    // Looked back on, this night was the last one.
    .replace(/\bthis night\b/, 'last night')
    .replace(/\b(?:a )?(?:few|several) (?=(?:minute|hour|day|week|month)s\b)/, '3 ')
  return (
    readDays(said, spoken) ??
    readBetween(said, spoken) ??
    readToNow(said, spoken) ??
    readWhole(said, spoken) ??
    readAround(said, words, spoken)
  )
}

/** What is meant to the half hour: "around noon yesterday". */
const nearly = 30 * 60_000

function readAround(said: string, words: string, spoken: Spoken): Stretch | undefined {
  const until = /^(?:before|until|till|up to) (.+)$/.exec(said)?.[1]
  if (until !== undefined) {
    const to = readMoment(until, spoken)
    return to === undefined ? undefined : stretch(momentOf(spoken.zone, dayIn(spoken.zone, to), '00:00'), to)
  }
  if (!/\b(?:around|about|roughly)\b|~/i.test(words)) return undefined
  const at = readMoment(said, spoken)
  const from = at !== undefined && at > spoken.now ? dayMoved(at, -1, spoken) : at
  return from === undefined ? undefined : stretch(shifted(from, -nearly), notAfter(shifted(from, nearly), spoken))
}

const shifted = (at: Instant, by: number): Instant => new Date(Date.parse(at) + by).toISOString()

function betweenIso(words: string): Stretch | undefined {
  const [begin = '', end = '', ...more] = words.replace(/^(?:from|between)\s+/i, '').split(/\s+(?:to|until|and)\s+/)
  return more.length ? undefined : stretch(readIso(begin), readIso(end))
}

const momentIn = (words: string, spoken: Spoken | undefined) => (spoken ? readMoment(words, spoken) : readIso(words))

/** "a to b", "between a and b", "yesterday from a to b": what only one of them says of the day holds for both. */
function readBetween(said: string, spoken: Spoken): Stretch | undefined {
  const [, before = '', opening, rest = ''] = /^(?:(.*\S) )?\b(from|between) (.+)$/.exec(said) ?? []
  const inner = opening === undefined ? said : rest
  for (const { index, 0: joint } of inner.matchAll(
    / (?:to|until|till|and|through) |(?<=\d(?: ?[ap]m)?) ?[-–] ?(?=\d)/g,
  )) {
    const [first, second] = [inner.slice(0, index), inner.slice(index + joint.length)]
    const isOfPart = /\b(?:night|overnight|morning|afternoon|evening)\b/.test(before)
    const begin = isOfPart ? `${first} ${before}` : first
    const found = joined(begin, before === '' ? second : `${second} ${before}`, opening !== undefined, spoken)
    if (found) return found
  }
  return undefined
}

function joined(first: string, second: string, isOpened: boolean, spoken: Spoken): Stretch | undefined {
  const isBare = [first, second].every((words) => /^\d{1,2}$/.test(words))
  if (isBare && !isOpened) return undefined
  const ofOneHalf = halfAsWell(first, second)
  if (ofOneHalf !== undefined) {
    const found = joined(ofOneHalf, second, isOpened, spoken)
    if (found) return found
  }
  const [begin, end] = [readPart(first, spoken), readPart(second, spoken)]
  // Two moments that stand by themselves: "yesterday to now", "2026-11-18 to 2026-11-19".
  if (!begin || !end || isIsoDay(first)) return stretch(readMoment(first, spoken), readMoment(second, spoken))
  if (begin.time === undefined && end.time === undefined) return ofDays(begin.day, end.day, spoken)
  const day = begin.day ?? end.day
  const today = dayIn(spoken.zone, spoken.now)
  const [opens, closes] = halfOfBoth(first, begin.time ?? '00:00', end.time)
  const from = momentOf(begin.zone, day ?? today, opens)
  const last = end.day ?? day ?? today
  const to = closes === undefined ? momentOf(end.zone, addDays(last, 1), '00:00') : momentOf(end.zone, last, closes)
  if (!from || !to) return undefined
  const found = stretch(from, to <= from && end.day === undefined ? dayMoved(to, 1, spoken) : to)
  return found && (found.from < spoken.now || isAhead(`${first} ${second}`) ? found : lookedBack(found, day, spoken))
}

/** A time that says no half of the day with that of the other one behind it: "between 3 and 4 in the morning". */
function halfAsWell(first: string, second: string): string | undefined {
  const half =
    /\b(?:in the (?:early )?(?:morning|afternoon|evening)|at night|last night|(?:this|yesterday) (?:morning|afternoon|evening|night))\b/.exec(
      second,
    )?.[0]
  return half !== undefined && /^(?:half past |quarter (?:to|past) )?(?:\d{1,2}(?::\d\d)?|[a-z]+)$/.test(first)
    ? `${first} ${half}`
    : undefined
}

const isIsoDay = (words: string) => /^\d{4}-\d\d-\d\d$/.test(words)

/** Words that are of what is to come, and of today. */
const isAhead = (words: string) => /\b(?:next|tomorrow|coming|in|today|this|tonight)\b|\d{4}/.test(words)

/** What would be to come, a day or a week earlier: "22:00 to 23:00" said at noon, "Monday 9:00 to Tuesday 17:00". */
function lookedBack({ from, to }: Stretch, day: Day | undefined, spoken: Spoken): Stretch | undefined {
  const days = day === undefined ? -1 : -7
  return stretch(dayMoved(from, days, spoken), dayMoved(to, days, spoken))
}

/** A part of "from … to …" that has a day or a time; a number alone is a time there. */
const readPart = (words: string, spoken: Spoken): DayAndTime | undefined =>
  readDayAndTime(/^\d{1,2}\b(?!\.|:| [a-z]+ ?\d|[/-])/.test(words) ? `at ${words}` : words, spoken)

/** An hour before 7 that says no half of the day is of the end's afternoon, where it comes before it: "2 to 4 pm". */
function halfOfBoth(first: string, from: string, to: string | undefined): [from: string, to: string | undefined] {
  const later = `${Number(from.slice(0, 2)) + 12}${from.slice(2)}`
  const isOfHands = /^\d{1,2}(?::\d\d)?$/.test(first) && from > '00:59' && from < '07:00'
  return [isOfHands && to !== undefined && to >= '13:00' && later < to ? later : from, to]
}

const dayMoved = (at: Instant, days: number, { zone }: Spoken): Instant | undefined =>
  momentOf(zone, addDays(dayIn(zone, at), days), clockIn(zone, at))

/** What ends now. */
function readToNow(said: string, spoken: Spoken): Stretch | undefined {
  const { now } = spoken
  const since =
    /^(?:ever )?(?:since|after) (.+)$/.exec(said)?.[1] ??
    /^from (.+) (?:on|onwards)$/.exec(said)?.[1] ??
    /^from (midnight|noon|(?:.* )?\d{1,2}(?::\d\d| ?[ap]m)\b.*)$/.exec(said)?.[1]
  if (since !== undefined) return stretch(readSince(since, spoken), now) ?? sinceLength(since, spoken)
  const untilNow = /^between (.+) and now$/.exec(said)?.[1] ?? /^(?:.+ )?(?:minutes?|hours?) ago$/.exec(said)?.[0]
  if (untilNow !== undefined) return stretch(readSince(untilNow, spoken), now)
  const length = /^(?:(?:in|within|over|during|for) )?(?:the |this |these )?(?:last|past|previous) (.+)$/.exec(
    said,
  )?.[1]
  const isCalendar = /^(?:(?:in|within|over|during|for) )?(?:last|previous) (?:week|month|year|quarter)$/.test(said)
  if (isCalendar) return undefined
  const months = monthsIn(length)
  if (months)
    return stretch(momentOf(spoken.zone, addMonths(dayIn(spoken.zone, now), -months), clockIn(spoken.zone, now)), now)
  const minutes = length === undefined ? undefined : readDuration(length)
  return minutes && minutes > 0 ? stretch(before(now, minutes), now) : undefined
}

/** "Since one hour", "since the last 3 hours": as long as that until now, as other languages say it. */
function sinceLength(said: string, { now }: Spoken): Stretch | undefined {
  const minutes = readDuration(said.replace(/^(?:the )?(?:last|past) /, ''))
  return minutes && minutes > 0 ? stretch(before(now, minutes), now) : undefined
}

/** Months and years are those of the calendar. */
function monthsIn(length: string | undefined): number | undefined {
  const [, many, unit] = /^(?:(.+) )?(month|quarter|year)s?$/.exec(length ?? '') ?? []
  const count = many === undefined || /^an?$/.test(many) ? 1 : readNumber(many)
  if (unit === undefined || count === undefined || !Number.isInteger(count) || count < 1 || count > 1_200)
    return undefined
  return count * { month: 1, quarter: 3, year: 12 }[unit as 'month' | 'quarter' | 'year']
}

function before(now: Instant, minutes: number): Instant | undefined {
  const at = new Date(Date.parse(now) - minutes * 60_000)
  return at.getTime() > 0 ? at.toISOString() : undefined
}

/** Whole days and parts of one: "today", "last week", "this morning", "Friday night". */
function readWhole(said: string, spoken: Spoken): Stretch | undefined {
  const { now, zone } = spoken
  const today = dayIn(zone, now)
  const until = (found: Stretch | undefined) =>
    found && found.from < now && found.to > now ? { from: found.from, to: now } : found
  const { rest, part } = splitPartOfDay(said)
  const days = readPeriod(rest, today)
  if (!part) return days && until(stretch(momentOf(zone, days.from, '00:00'), momentOf(zone, days.to, '00:00')))
  if (!days || addDays(days.from, 1) !== days.to) return undefined
  const [begin, end] = endsOfPart(part).map(({ days: on, time }) => momentOf(zone, addDays(days.from, on), time))
  return until(stretch(begin, end))
}

/** A moment that is past: of days their beginning, of a time that has not come today yesterday's. */
function readSince(said: string, spoken: Spoken): Instant | undefined {
  const { now, zone } = spoken
  const whole = / ago$/.test(said) ? undefined : readWhole(said, spoken)
  if (whole) return whole.from
  const hour = /^(?:at )?(\d{1,2})$/.exec(said)?.[1]
  const read = hour === undefined ? readMoment(said, spoken) : lastHour(Number(hour), spoken)
  if (read !== undefined && read <= now) return read
  if (read === undefined) return readMoment(`last ${said}`, spoken)
  const { day } = readDayAndTime(said, spoken) ?? {}
  // "Monday 9:00" said on a Monday at 8:00 was a week ago, "23:00" said at noon was yesterday.
  const back =
    day === undefined ? dayMoved(read, -1, spoken) : day > dayIn(zone, now) ? dayMoved(read, -7, spoken) : undefined
  return back !== undefined && back < now ? back : undefined
}

/** The last time that a clock of twelve hours showed an hour; of one of 24 above that. */
function lastHour(hour: number, spoken: Spoken): Instant | undefined {
  if (hour > 23) return undefined
  const hours = hour > 12 || hour === 0 ? [hour] : [hour % 12, (hour % 12) + 12]
  const today = dayIn(spoken.zone, spoken.now)
  return hours
    .flatMap((one) =>
      [today, addDays(today, -1)].map((day) => momentOf(spoken.zone, day, `${String(one).padStart(2, '0')}:00`)),
    )
    .filter((at) => at !== undefined && at < spoken.now)
    .sort()
    .at(-1)
}
