import type { Text } from '../../cards/model.js'
import type { TurnFrame } from '../kit/ports.js'
import { nextOccurrences, type Recurrence } from '../kit/recurrence.js'
import {
  clockIn,
  dayIn,
  dayTitle,
  weekdays,
  weekdayTitles,
  zoneTitle,
  type Day,
  type Weekday,
} from '../kit/zoned-time.js'

/** A recurrence in words, its zone named where it is not the reader's: "on weekdays at 08:30, Berlin time". */
export function sayWhen({ time, days, zone }: Recurrence, readersZone: string): string {
  const when = `${sayDays(days)} at ${time}`
  return zone === readersZone ? when : `${when}, ${zoneTitle(zone)}`
}

/** Days of the week in words: "on weekdays", "on Mondays and Fridays". */
export function sayDays(days: readonly Weekday[]): string {
  const is = (those: readonly Weekday[]) => weekdays.every((day) => days.includes(day) === those.includes(day))
  if (is(weekdays)) return 'every day'
  if (is(weekdays.slice(0, 5))) return 'on weekdays'
  if (is(weekdays.slice(5))) return 'at weekends'
  const names = weekdays.filter((day) => days.includes(day)).map((day) => `${weekdayTitles[day]}s`)
  return `on ${[names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')}`
}

/** The next three times, as the clocks of the recurrence's zone show them, and for a reader elsewhere as theirs do. */
export function sayNextTimes(
  recurrence: Recurrence,
  last: Day | undefined,
  { now, person }: Pick<TurnFrame, 'now' | 'person'>,
): Text[] {
  const { zone } = recurrence
  return nextOccurrences(recurrence, 3, now, last).map(({ at }): Text => {
    const local = `${dayTitle(dayIn(zone, at))}, ${clockIn(zone, at)}`
    return zone === person.zone ? local : [`${local} ${zoneTitle(zone)} (`, { time: at }, ' for you)']
  })
}
