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
import { readTimeOfDay } from './read-time-of-day.js'

/** When and where something is said, for words such as "tomorrow". */
export interface Spoken {
  now: Instant
  /** IANA zone of the speaker. */
  zone: string
}

const units: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 7 * 86_400_000 }
const unit = '(minute|hour|day|week)s?'

/**
 * Reads a moment in the speaker's zone: "tomorrow", "tomorrow at 9", "at 9 on Friday", "last Tuesday at 3 pm", "in 2 hours", "3 days ago",
 * "noon", an ISO date or moment. A day without a time is that day at the present time of day; a weekday is the next one to come.
 * @returns undefined where the words are no moment
 */
export function readMoment(words: string, spoken: Spoken): Instant | undefined {
  const said = words
    .toLowerCase()
    .replace(/\bmins?\b/g, 'minutes')
    .replace(/\b(?:hrs?|h)\b/g, 'hours')
    .replace(/\ban?\b/g, '1')
    .replace(/\s+/g, ' ')
    .trim()
  if (said === '') return undefined
  if (said === 'now') return spoken.now
  const ahead = new RegExp(`^in (\\d{1,4}) ?${unit}$`).exec(said)
  const ago = new RegExp(`^(\\d{1,4}) ?${unit} ago$`).exec(said)
  const [, amount, of] = ahead ?? ago ?? []
  if (amount && of) return moved(spoken.now, (ahead ? 1 : -1) * Number(amount) * units[of]!)
  return readIso(words) ?? readDayAndTime(said, spoken)
}

/** An ISO date or moment; a date is its midnight in UTC. */
export function readIso(words: string): Instant | undefined {
  const iso = /^\d{4}-\d\d-\d\d(t\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)?)?$/i.test(words.trim())
  return iso && !Number.isNaN(Date.parse(words)) ? new Date(words.toUpperCase()).toISOString() : undefined
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
  const plain = words.replace(/^(?:the|this|1) /, '')
  if (Object.hasOwn(named, plain)) return addDays(today, named[plain]!)
  const [, which, name] = /^(?:(next|last) )?([a-z]{3,9})$/.exec(plain) ?? []
  const wanted = name && weekdays.find((day) => day === name || weekdayTitles[day].toLowerCase() === name)
  if (!wanted) return undefined
  const steps = Array.from({ length: 7 }, (_, index) => (which === 'last' ? -(index + 1) : index + 1))
  return steps.map((step) => addDays(today, step)).find((day) => weekdayOf(day) === wanted)
}
