import type { Instant } from '../../skills/kit/model.js'
import { addDays, dayIn, momentOf, type Day } from '../../skills/kit/zoned-time.js'
import { monthOf, readCalendarDay } from './read-calendar-day.js'
import { readDay, weekdayCalled } from './read-day.js'
import type { Spoken } from './read-moment.js'
import { readPeriod } from './read-period.js'

/** A stretch of time, its beginning before its end. */
export type Stretch = { from: Instant; to: Instant }

/** A stretch between two moments; undefined where the second is not behind the first. */
export const stretch = (from: Instant | undefined, to: Instant | undefined): Stretch | undefined =>
  from && to && from < to ? { from, to } : undefined

/** A moment, or now where it is to come. */
export const notAfter = (at: Instant | undefined, { now }: Spoken): Instant | undefined => (at && at > now ? now : at)

/** "10-12 november", "november 10 to 12", "mon-wed": days of one month or week, both whole. */
export function readDays(words: string, spoken: Spoken): Stretch | undefined {
  const said = words.replace(/^(?:from|between|on|during|the) /, '')
  const joint = ' ?(?:-|–|to|until|through|and|&) ?(?:the )?'
  const day = '(\\d{1,2})(?:st|nd|rd|th)?'
  const behind = new RegExp(`^${day}${joint}${day}\\.? (?:of )?([a-z]{3,9}(?: \\d{4})?)$`).exec(said)
  const before = new RegExp(`^([a-z]{3,9}) ${day}${joint}${day}( \\d{4})?$`).exec(said)
  const week = /^([a-z]{3,9}) ?[-–] ?([a-z]{3,9})$/.exec(said)
  const months = /^([a-z]{3,9})(?: ?[-–] ?| to | through | and )([a-z]{3,9}( \d{4})?)$/.exec(said)
  const today = dayIn(spoken.zone, spoken.now)
  if (behind || before) {
    const [first, last, month] = behind
      ? [behind[1]!, behind[2]!, behind[3]!]
      : [before![2]!, before![3]!, `${before![1]!}${before![4] ?? ''}`]
    const [from, to] = [first, last].map((one) => readCalendarDay(`${one} ${month}`, today))
    return ofDays(from, to, spoken)
  }
  if (week) {
    const [from, to] = [week[1]!, week[2]!].map((name) => (weekdayCalled(name) ? readDay(name, today) : undefined))
    if (from !== undefined && to !== undefined) return ofDays(from, to, spoken)
  }
  if (!months || !monthOf(months[1]!) || !monthOf(months[2]!.split(' ')[0]!)) return undefined
  const [from, to] = [readPeriod(`${months[1]!}${months[3] ?? ''}`, today), readPeriod(months[2]!, today)]
  return (
    from &&
    to &&
    stretch(momentOf(spoken.zone, from.from, '00:00'), notAfter(momentOf(spoken.zone, to.to, '00:00'), spoken))
  )
}

/** From the beginning of a day to the end of another; weekdays are those that have begun. */
export function ofDays(begin: Day | undefined, end: Day | undefined, { zone, now }: Spoken): Stretch | undefined {
  if (begin === undefined || end === undefined) return undefined
  const today = dayIn(zone, now)
  const [from, to] = [begin, end].map((day) => (day > today && day <= addDays(today, 7) ? addDays(day, -7) : day)) as [
    Day,
    Day,
  ]
  const last = momentOf(zone, addDays(to < from ? end : to, 1), '00:00')
  return stretch(momentOf(zone, from, '00:00'), last && last > now ? now : last)
}
