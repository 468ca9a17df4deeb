import type { Instant } from '../../skills/kit/model.js'
import { addDays, dayIn, momentOf } from '../../skills/kit/zoned-time.js'
import { readTimeOfDay } from './read-time-of-day.js'

/**
 * Reads the second of two moments where its words are a time of day alone: "17" of "tomorrow 9 to 17". It is of the first one's day; "5" of "9 to
 * 5" of its afternoon; of the day after where that would be before it.
 * @param begin the first moment
 * @returns undefined where the words are more than a time of day
 */
export function readEnd(words: string, begin: Instant, zone: string): Instant | undefined {
  const time = readTimeOfDay(words)
  if (time === undefined) return undefined
  const day = dayIn(zone, begin)
  const hour = Number(time.slice(0, 2))
  const afternoon = /^\d{1,2}$/.test(words.trim()) && hour > 0 && hour < 12 ? [`${hour + 12}:00`] : []
  const ends = [time, ...afternoon].map((one) => momentOf(zone, day, one))
  return ends.find((end) => end !== undefined && end > begin) ?? momentOf(zone, addDays(day, 1), time)
}
