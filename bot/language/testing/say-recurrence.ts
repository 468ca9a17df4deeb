import { sayDays } from '../../../skills/digest/say-times.js'
import { weekdayTitles, zoneTitle } from '../../../skills/kit/zoned-time.js'
import type { Pattern, SpokenRecurrence } from '../read-recurrence.js'
import { readZone } from '../read-zone.js'

/**
 * A recurrence in words that read back as itself, its days as the digest says them: "on weekdays at 08:30, Berlin time", "on the first Monday of the month at 09:00", "every 2 hours".
 * @param readersZone whose clocks need not be named
 */
export function sayRecurrence({ pattern, time, zone }: SpokenRecurrence, readersZone: string): string {
  const when = time === undefined ? sayPattern(pattern) : `${sayPattern(pattern)} at ${time}`
  if (zone === readersZone || time === undefined) return when
  const title = zoneTitle(zone)
  return `${when}, ${readZone(title) === zone ? title : zone}`
}

function sayPattern(pattern: Pattern): string {
  if (pattern.every === 'minutes') return `every ${sayMinutes(pattern.minutes)}`
  if (pattern.every === 'week')
    return pattern.weeks === 1
      ? sayDays(pattern.days)
      : `every ${pattern.weeks === 2 ? 'other week' : `${pattern.weeks} weeks`} ${sayDays(pattern.days).replace(/^at |^(?=every)/, 'on ')}`
  if ('weekday' in pattern)
    return `on the ${pattern.nth === -1 ? 'last' : ordinalWords[pattern.nth - 1]!} ${weekdayTitles[pattern.weekday]} of the month`
  return `on the ${pattern.day === -1 ? 'last day' : ordinal(pattern.day)} of the month`
}

const ordinalWords = ['first', 'second', 'third', 'fourth'] as const

function ordinal(day: number): string {
  const ending =
    day % 10 === 1 && day !== 11
      ? 'st'
      : day % 10 === 2 && day !== 12
        ? 'nd'
        : day % 10 === 3 && day !== 13
          ? 'rd'
          : 'th'
  return `${day}${ending}`
}

function sayMinutes(minutes: number): string {
  if (minutes % 60) return `${minutes} minutes`
  return minutes === 60 ? 'hour' : `${minutes / 60} hours`
}
