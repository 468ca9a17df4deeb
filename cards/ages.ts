import type { Instant } from './model.js'
import type { Words } from './words.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Milliseconds from one moment to another; NaN where one of them is no date. */
export const between = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from)

/**
 * A length of time in at most two units, as people say it: "4 min", "5 h 46", "12 days". Undefined below a minute, where a number
 * would only pretend to be exact.
 */
function duration(milliseconds: number, words: Words): string | undefined {
  const length = Math.abs(milliseconds)
  if (length < minute) return undefined
  if (length < hour) return words.minutes(Math.floor(length / minute))
  // Past a day nobody counts in minutes.
  if (length >= day && length < 2 * day) return words.hours(Math.floor(length / hour), 0)
  if (length < day) return words.hours(Math.floor(length / hour), Math.floor((length % hour) / minute))
  return words.days(Math.floor(length / day))
}

/** "4 min ago"; "just now" below a minute and for a clock that runs ahead; empty for what is no date. */
export function ago(at: Instant, now: Instant, words: Words): string {
  const length = between(at, now)
  if (Number.isNaN(length)) return ''
  const said = length > 0 ? duration(length, words) : undefined
  return said ? words.ago(said) : words.now
}

/** How long something has lasted: "4 min", and "< 1 min" below a minute. */
export function since(at: Instant, now: Instant, words: Words): string {
  const length = between(at, now)
  if (Number.isNaN(length)) return ''
  return (length > 0 && duration(length, words)) || `< ${words.minutes(1)}`
}

/** How long until a moment, "in 5 h 46"; what has passed says so, "3 min ago". */
export function until(at: Instant, now: Instant, words: Words): string {
  const length = between(now, at)
  if (Number.isNaN(length)) return ''
  const said = duration(length, words)
  if (!said) return words.now
  return length > 0 ? words.until(said) : words.ago(said)
}
