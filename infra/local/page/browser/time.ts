/** The newest moment heard of. Business time may run ahead of this machine's clock; "now" is never before it. */
let newest = 0

/** Notes a moment that the service named. */
export const noteMoment = (at: string): void => void (newest = Math.max(newest, Date.parse(at) || 0))

const now = () => Math.max(Date.now(), newest)

/** How a reader reads times: language and IANA zone. */
export interface Reader {
  locale: string
  zone: string
}

const formats = new Map<string, Intl.DateTimeFormat>()

function format(reader: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([reader.locale, reader.zone, options])
  let found = formats.get(key)
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(reader.locale, { ...options, timeZone: reader.zone })))
  return found
}

/** The calendar day of a moment in the reader's zone, as `2026-11-21`. */
export const dayOf = (at: string, reader: Reader): string =>
  format({ locale: 'en-CA', zone: reader.zone }, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(at),
  )

/** Hour and minute. */
export const timeOf = (at: string, reader: Reader): string =>
  format(reader, { hour: '2-digit', minute: '2-digit' }).format(new Date(at))

/** Everything, for a tooltip: `Thursday, 20 November 2026 at 09:14 GMT+1`. */
export const fullTime = (at: string, reader: Reader): string =>
  format(reader, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  }).format(new Date(at))

/** Calendar days from a moment's day to today. */
function daysAgo(at: string, reader: Reader): number {
  const today = dayOf(new Date(now()).toISOString(), reader)
  return Math.round((Date.parse(today) - Date.parse(dayOf(at, reader))) / 86_400_000)
}

/** As in a message's head: the time today, else the day and the time. */
export function messageTime(at: string, reader: Reader): string {
  const days = daysAgo(at, reader)
  if (days === 0) return timeOf(at, reader)
  const day = days === 1 ? 'Yesterday' : days < 7 ? weekday(at, reader) : shortDate(at, reader)
  return `${day} ${timeOf(at, reader)}`
}

/** As in the list: "now", "4 min", the time today, else the day. */
export function listTime(at: string, reader: Reader): string {
  const minutes = Math.floor((now() - Date.parse(at)) / 60_000)
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes} min`
  const days = daysAgo(at, reader)
  if (days === 0) return timeOf(at, reader)
  return days === 1 ? 'Yesterday' : days < 7 ? weekday(at, reader) : shortDate(at, reader)
}

/** As between days: "Today", "Yesterday", else the date. */
export function dayTitle(at: string, reader: Reader): string {
  const days = daysAgo(at, reader)
  if (days === 0) return 'Today'
  if (days === 1) return 'Yesterday'
  return format(reader, { weekday: 'long', day: 'numeric', month: 'long', ...yearOf(at, reader) }).format(new Date(at))
}

/** The year belongs to a date of another year. */
const yearOf = (at: string, reader: Reader): Intl.DateTimeFormatOptions =>
  dayOf(at, reader).slice(0, 4) === dayOf(new Date(now()).toISOString(), reader).slice(0, 4) ? {} : { year: 'numeric' }

const weekday = (at: string, reader: Reader) => format(reader, { weekday: 'short' }).format(new Date(at))
const shortDate = (at: string, reader: Reader) =>
  format(reader, { day: '2-digit', month: '2-digit', ...yearOf(at, reader) }).format(new Date(at))

/**
 * Replaces `{{DATE(…)}}` and `{{TIME(…)}}` by the reader's own date and time, as Adaptive Cards' "Text features" page
 * defines them: `{{DATE(2026-11-20T08:00:00Z, SHORT)}}` with COMPACT, SHORT or LONG. A moment it cannot read stays.
 */
export const localTimes = (text: string, reader: Reader): string =>
  text.replace(/\{\{(DATE|TIME)\(\s*([^,)\s]+)\s*(?:,\s*(COMPACT|SHORT|LONG)\s*)?\)\}\}/g, (whole, what, at, how) => {
    if (!/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(at) || Number.isNaN(Date.parse(at))) return whole
    if (what === 'TIME') return timeOf(at, reader)
    if (how === 'SHORT')
      return format(reader, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(new Date(at))
    if (how === 'LONG')
      return format(reader, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at))
    return format(reader, { day: 'numeric', month: 'numeric', year: 'numeric' }).format(new Date(at))
  })
