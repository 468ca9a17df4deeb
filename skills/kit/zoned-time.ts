import type { Instant } from './model.js'

/** Days of the week as arguments and records hold them, Monday first. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof weekdays)[number]

export const weekdayTitles: Record<Weekday, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

/** A day of a calendar, such as `2026-11-21`; it sorts as text. */
export type Day = string

const dayMs = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** @throws RangeError where the zone does not exist */
function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn-hc-h23', {
      timeZone: zone,
      ...numeric,
      second: 'numeric',
      hourCycle: 'h23',
    })
    formats.set(zone, format)
  }
  return format
}

/** Whether this machine knows a time zone by that name. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** What clocks showed at moments that were asked for before: a sentence is read at one moment, and asks for it a hundred times. */
const shown = new Map<string, Map<number, number>>()
const mostShown = 500

/** What the clocks of a zone show at a moment, as milliseconds that a clock in UTC would show the same at. */
function shownAt(zone: string, at: number): number {
  const known = shown.get(zone)?.get(at)
  if (known !== undefined) return known
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value)
  const { year, month, day, hour, minute, second } = parts
  const shows = Date.UTC(year!, month! - 1, day!, hour, minute, second)
  const ofZone = shown.get(zone) ?? new Map<number, number>()
  if (ofZone.size >= mostShown) ofZone.clear()
  shown.set(zone, ofZone.set(at, shows))
  return shows
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds; behind it is negative. */
export const offsetAt = (zone: string, at: number): number => shownAt(zone, at) - Math.floor(at / 1000) * 1000

/** The day that calendars of a zone show at a moment. */
export const dayIn = (zone: string, at: Instant): Day => dayOf(shownAt(zone, Date.parse(at)))

/** The time of day that clocks of a zone show at a moment: `08:30`. */
export const clockIn = (zone: string, at: Instant): string =>
  new Date(shownAt(zone, Date.parse(at))).toISOString().slice(11, 16)

const dayOf = (shown: number): Day => new Date(shown).toISOString().slice(0, 10)

export const addDays = (day: Day, days: number): Day => dayOf(Date.parse(day) + days * dayMs)

/** Whole days from one day to another; negative where the other is earlier. */
export const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / dayMs

/** The 1st of January 1970 was a Thursday. */
export const weekdayOf = (day: Day): Weekday => weekdays[(((Date.parse(day) / dayMs + 3) % 7) + 7) % 7]!

/**
 * The moment at which the clocks of a zone show a time of a day. A time that comes twice, because clocks were set back, is the first of
 * the two; one that does not come, because clocks were set forward over it, is the first moment after the gap.
 * @param time `08:30`
 * @returns undefined where the zone's calendar has no such day (Samoa had no 30 December 2011)
 */
export function momentOf(zone: string, day: Day, time: string): Instant | undefined {
  const wanted = Date.parse(`${day}T${time}:00.000Z`)
  // No two changes of an offset are nearer to each other than this, so that before and after is all there is.
  const [before, after] = [offsetAt(zone, wanted - 1.5 * dayMs), offsetAt(zone, wanted + 1.5 * dayMs)]
  const fits = (offset: number) => offsetAt(zone, wanted - offset) === offset
  const offsets = [before, after].filter(fits)
  if (offsets.length) return iso(wanted - Math.max(...offsets))
  const change = firstMomentWith(after, zone, wanted - after, wanted - before)
  const midnight = Date.parse(day)
  const isDaySkipped = change + before <= midnight && change + after >= midnight + dayMs
  return isDaySkipped ? undefined : iso(change)
}

/** The moment between two at which a zone's clocks are set to an offset: `from` is before it, `to` is not. */
function firstMomentWith(offset: number, zone: string, from: number, to: number): number {
  let [early, late] = [from, to]
  while (late - early > 1000) {
    const middle = Math.floor((early + late) / 2000) * 1000
    if (offsetAt(zone, middle) === offset) late = middle
    else early = middle
  }
  return late
}

const iso = (at: number): Instant => new Date(at).toISOString()

const longDay = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

/** A day as people say it: "Saturday 21 November". */
export const dayTitle = (day: Day): string => longDay.format(Date.parse(day)).replace(',', '')

/** A zone as people say it: "Berlin time", "UTC". */
export const zoneTitle = (zone: string): string => {
  const city = zone.split('/').at(-1)!.replaceAll('_', ' ')
  return zone.includes('/') && !zone.startsWith('Etc/') ? `${city} time` : zone.replace('Etc/', '')
}
