import type { Instant } from './model.js'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** A length of time in the two units that matter: `4 min`, `5 h 46`, `12 days`. `ms` in milliseconds, not negative. */
export function duration(ms: number): string {
  if (ms < minute) return 'less than a minute'
  if (ms < hour) return `${Math.floor(ms / minute)} min`
  if (ms < 2 * day) {
    const minutes = Math.floor((ms % hour) / minute)
    return minutes && ms < day
      ? `${Math.floor(ms / hour)} h ${String(minutes).padStart(2, '0')}`
      : `${Math.floor(ms / hour)} h`
  }
  return `${Math.floor(ms / day)} days`
}

/** How long ago: `6 days ago`, `just now`. */
export function ago(at: Instant, now: Instant): string {
  const passed = Date.parse(now) - Date.parse(at)
  return passed < minute ? 'just now' : `${duration(passed)} ago`
}

/** How far ahead: `in 5 h 46`. */
export const ahead = (at: Instant, now: Instant): string =>
  `in ${duration(Math.max(0, Date.parse(at) - Date.parse(now)))}`

/** A moment on the reader's own clock: `08:00` today, `Fri 08:00` within six days, else `Fri 28 Nov 08:00`. */
export function clockTime(at: Instant, now: Instant, zone: string): string {
  const parts = partsOf(at, zone)
  if (parts.date === partsOf(now, zone).date) return parts.time
  const distance = Math.abs(Date.parse(at) - Date.parse(now))
  return distance < 6 * day ? `${parts.weekday} ${parts.time}` : `${parts.weekday} ${parts.dayMonth} ${parts.time}`
}

/** A day on the reader's calendar: `Fri 28 Nov`. */
export function calendarDay(at: Instant, zone: string): string {
  const { weekday, dayMonth } = partsOf(at, zone)
  return `${weekday} ${dayMonth}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** Formatters cost a hundred times what a format does, so each zone's is kept. */
function formatterOf(zone: string): Intl.DateTimeFormat {
  const kept = formatters.get(zone)
  if (kept) return kept
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  formatters.set(zone, made)
  return made
}

function partsOf(at: Instant, zone: string) {
  const parts = Object.fromEntries(
    formatterOf(zone)
      .formatToParts(new Date(at))
      .map(({ type, value }) => [type, value]),
  )
  const dayMonth = `${parts.day} ${parts.month}`
  return { date: `${dayMonth} ${parts.year}`, time: `${parts.hour}:${parts.minute}`, weekday: parts.weekday!, dayMonth }
}

/** Whether a name is a time zone this machine knows. */
export function isZone(zone: string): boolean {
  try {
    formatterOf(zone)
    return true
  } catch {
    return false
  }
}
