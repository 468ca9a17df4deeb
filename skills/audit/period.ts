import type { Range } from '../kit/arguments.js'
import type { Instant } from '../kit/model.js'

/** Stretches of time that people name. */
export const periods = ['today', 'yesterday', 'this week', 'last week', 'this month', 'last month'] as const
export type Period = (typeof periods)[number]

const day = 86_400_000

/** A named stretch in a person's own zone, its weeks beginning on Monday; up to now where it has not ended. */
export function periodOf(period: Period, now: Instant, zone: string): Range {
  const today = dateIn(now, zone)
  const monday = plusDays(today, -((new Date(today).getUTCDay() + 6) % 7))
  const first = `${today.slice(0, 8)}01`
  const firstBefore = `${plusDays(first, -1).slice(0, 8)}01`
  const stretches: Record<Period, [from: string, to?: string]> = {
    today: [today],
    yesterday: [plusDays(today, -1), today],
    'this week': [monday],
    'last week': [plusDays(monday, -7), monday],
    'this month': [first],
    'last month': [firstBefore, first],
  }
  const [from, to] = stretches[period]
  return { from: midnight(from, zone), to: to === undefined ? now : midnight(to, zone) }
}

/**
 * From a moment until now. A day that was named without a time is read as that day at the present time of day; since a day means since it
 * began.
 */
export function sinceOf(since: Instant, now: Instant, zone: string): Range {
  const time = (at: Instant) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, timeStyle: 'short' }).format(Date.parse(at))
  const from = time(since) === time(now) ? midnight(dateIn(since, zone), zone) : since
  return { from: from < now ? from : midnight(dateIn(now, zone), zone), to: now }
}

/** The date on somebody's calendar, such as `2026-11-21`. */
function dateIn(at: Instant, zone: string): string {
  // Sweden writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(Date.parse(at))
}

const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)

/** When a date begins in a zone: the first quarter of an hour of it, so that a clock change at midnight does no harm. */
function midnight(date: string, zone: string): Instant {
  const quarter = day / 96
  // No zone is more than 14 hours from UTC.
  for (let at = Date.parse(date) - 14 * 4 * quarter; ; at += quarter) {
    const moment = new Date(at).toISOString()
    if (dateIn(moment, zone) >= date) return moment
  }
}
