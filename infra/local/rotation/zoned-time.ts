/** A wall-clock moment without a zone: what a calendar on the wall shows. */
export interface WallTime {
  year: number
  /** 1 to 12. */
  month: number
  day: number
  hour: number
  minute: number
}

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const formats = new Map<string, Intl.DateTimeFormat>()

/** Whether the runtime's time zone data knows an IANA zone. */
export function isZone(zone: string): boolean {
  try {
    return formatOf(zone) !== undefined
  } catch {
    return false // a RangeError: no such zone
  }
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, format)
  return format
}

/** What the wall clock of a zone shows at an instant (milliseconds since 1970). */
export function wallTimeOf(instant: number, zone: string): WallTime {
  const part = Object.fromEntries(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>
  return { year: part.year!, month: part.month!, day: part.day!, hour: part.hour!, minute: part.minute! }
}

const asUtc = (wall: WallTime): number => Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute)

/** How far a zone is ahead of UTC at an instant, in milliseconds (whole minutes; negative west of Greenwich). */
export const offsetAt = (instant: number, zone: string): number =>
  asUtc(wallTimeOf(instant, zone)) - Math.floor(instant / MINUTE) * MINUTE

/**
 * The instant at which a zone's wall clock shows a time. Where a clock change makes it happen twice it is the first of
 * the two; where the change skips it, it is as long after the change as it would have been (02:30 becomes 03:30), which
 * is what RFC 5545 and ECMAScript's Temporal ("compatible") say.
 */
export function instantOf(wall: WallTime, zone: string): number {
  const utc = asUtc(wall)
  const before = offsetAt(utc - DAY, zone)
  const after = offsetAt(utc + DAY, zone)
  const candidates = [utc - before, utc - after].filter((instant) => instant + offsetAt(instant, zone) === utc)
  return candidates.length > 0 ? Math.min(...candidates) : utc - before
}

/** The same wall-clock time some calendar days later. */
export function plusDays(wall: WallTime, days: number): WallTime {
  const moved = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days))
  return { ...wall, year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

/** Whole calendar days from one date to another. */
export const daysBetween = (from: WallTime, to: WallTime): number =>
  Math.round((Date.UTC(to.year, to.month - 1, to.day) - Date.UTC(from.year, from.month - 1, from.day)) / DAY)

/** ISO 8601 with the zone's offset, as PagerDuty writes times: `2026-11-21T08:00:00+01:00`; `Z` for UTC. */
export function isoIn(instant: number, zone: string): string {
  const offset = offsetAt(instant, zone) / MINUTE
  const local = new Date(instant + offset * MINUTE).toISOString().slice(0, 19)
  if (offset === 0) return `${local}Z`
  const size = Math.abs(offset)
  const two = (n: number) => String(n).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
