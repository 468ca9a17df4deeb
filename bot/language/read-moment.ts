import type { Instant } from '../../skills/kit/model.js'
import {
  addDays,
  clockIn,
  dayIn,
  momentOf,
  weekdays,
  weekdayOf,
  weekdayTitles,
  type Day,
} from '../../skills/kit/zoned-time.js'
import { readCalendarDay } from './read-calendar-day.js'
import { readDuration } from './read-duration.js'
import { readTimeOfDay } from './read-time-of-day.js'

/** When and where something is said, for words such as "tomorrow". */
export interface Spoken {
  now: Instant
  /** IANA zone of the speaker. */
  zone: string
}

/** Farthest that a moment lies from now, in minutes: a hundred years. */
const farthest = 100 * 525_600

/**
 * Reads a moment in the speaker's zone: "tomorrow", "tomorrow at 9", "at 9 on Friday", "last Tuesday at 3 pm", "in 2 hours", "3 days ago",
 * "noon", "24 November 8:30", "2026-11-24 17:00", an ISO moment. A day without a time is that day at the present time of day, an ISO date its
 * midnight; a weekday is the next one to come, a date without a year the nearest.
 * @returns undefined where the words are no moment
 */
export function readMoment(words: string, spoken: Spoken): Instant | undefined {
  const said = words
    .toLowerCase()
    .replaceAll(',', ' ')
    .replace(/\s+/g, ' ')
    .trim()
    // A date and a time without a zone are the speaker's.
    .replace(/^(\d{4}-\d\d-\d\d)t(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?$/, '$1 $2')
  if (said === '') return undefined
  if (said === 'now') return spoken.now
  const ahead = /^in (.+)$/.exec(said)?.[1]
  const ago = /^(.+) ago$/.exec(said)?.[1]
  const minutes = readDuration(ahead ?? ago ?? '')
  if (minutes !== undefined)
    return minutes >= 0 && minutes <= farthest ? moved(spoken.now, (ahead ? minutes : -minutes) * 60_000) : undefined
  if (isoDay.test(said)) {
    const day = readCalendarDay(said, dayIn(spoken.zone, spoken.now))
    return day && momentOf(spoken.zone, day, '00:00')
  }
  return readIso(words) ?? readDayAndTime(said, spoken)
}

const isoDay = /^\d{4}-\d\d-\d\d$/

/** An ISO date or moment as machines write it; a date is its midnight in UTC. */
export function readIso(words: string): Instant | undefined {
  const iso = /^\d{4}-\d\d-\d\d(t\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d))?$/i.test(words.trim())
  const isThere = iso && readCalendarDay(words.trim().slice(0, 10), '2000-01-01') !== undefined
  return isThere && !Number.isNaN(Date.parse(words)) ? new Date(words.toUpperCase()).toISOString() : undefined
}

const moved = (now: Instant, by: number): Instant => new Date(Date.parse(now) + by).toISOString()

function readDayAndTime(said: string, { now, zone }: Spoken): Instant | undefined {
  const today = dayIn(zone, now)
  // "tomorrow at 9", "tomorrow 9:30", "at 9 on Friday", "9 tomorrow": the words are cut once into a day and a time.
  const parts = said
    .replace(/\b(?:at|on)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .split(' ')
  for (let cut = 0; cut <= parts.length; cut++) {
    const [first, second] = [parts.slice(0, cut).join(' '), parts.slice(cut).join(' ')]
    for (const [dayWords, timeWords] of [
      [first, second],
      [second, first],
    ] as const) {
      const day = dayWords === '' ? today : readDay(dayWords, today)
      const time = timeWords === '' ? clockIn(zone, now) : readTimeOfDay(timeWords)
      // A number alone is too little to be a time.
      const isBare = dayWords === '' && /^\d{1,2}$/.test(timeWords) && !said.startsWith('at ')
      if (day !== undefined && time !== undefined && !isBare) return momentOf(zone, day, time)
    }
  }
  return undefined
}

const named: Record<string, number> = { today: 0, tomorrow: 1, yesterday: -1, 'day after tomorrow': 2, 'next week': 7 }

function readDay(words: string, today: Day): Day | undefined {
  const plain = words.replace(/^(?:the|this) /, '')
  if (Object.hasOwn(named, plain)) return addDays(today, named[plain]!)
  const [, which, name] = /^(?:(next|last) )?([a-z]{3,9})$/.exec(plain) ?? []
  const wanted = name && weekdays.find((day) => day === name || weekdayTitles[day].toLowerCase() === name)
  if (!wanted) return readCalendarDay(plain, today)
  const steps = Array.from({ length: 7 }, (_, index) => (which === 'last' ? -(index + 1) : index + 1))
  return steps.map((step) => addDays(today, step)).find((day) => weekdayOf(day) === wanted)
}
