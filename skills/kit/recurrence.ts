import type { Instant } from './model.js'
import { addDays, dayIn, momentOf, weekdayOf, type Day, type Weekday } from './zoned-time.js'

/** Something that comes at a time of day on some days of the week, by the clocks of one zone. */
export interface Recurrence {
  /** `08:30` */
  time: string
  days: readonly Weekday[]
  /** IANA name. */
  zone: string
}

/** One time that it comes: the day it is of, and the moment. */
export interface Occurrence {
  day: Day
  at: Instant
}

/**
 * The next times a recurrence comes, in order: once for each of its days that the zone's calendar has.
 * @param after none at this moment or before it
 * @param last none of this day or an earlier one: it has had its turn, whatever zone that was in
 */
export function nextOccurrences(recurrence: Recurrence, count: number, after: Instant, last?: Day): Occurrence[] {
  const { zone, time, days } = recurrence
  const found: Occurrence[] = []
  // Begins a day early: where clocks are set back over midnight, yesterday is not over at its end.
  const first = addDays(dayIn(zone, after), -1)
  const start = last !== undefined && last >= first ? addDays(last, 1) : first
  // Each day of a week may be one that a calendar skips.
  for (let ahead = 0; found.length < count && ahead <= (count + 1) * 7 + 1; ahead++) {
    const day = addDays(start, ahead)
    if (!days.includes(weekdayOf(day))) continue
    const at = momentOf(zone, day, time)
    if (at !== undefined && at > after) found.push({ day, at })
  }
  return found
}
