const minute = 60_000
const units: Record<string, number> = { m: minute, h: 60 * minute, d: 24 * 60 * minute, w: 7 * 24 * 60 * minute }

/**
 * A moment of the organisation's files as an ISO 8601 UTC string.
 *
 * `now`, `-41m`, `-3h`, `+2d`, `-1w` count from the anchor itself; `-6d 02:14` is 02:14 UTC on the day six days before the
 * anchor's; an ISO moment must name its zone (`2026-03-01T09:00:00Z`, `…+01:00`), a date alone is midnight UTC.
 * @param anchor when the organisation was first started.
 * @returns undefined where the text is none of these.
 */
export function resolveMoment(text: string, anchor: Date): string | undefined {
  const trimmed = text.trim()
  if (trimmed === 'now') return anchor.toISOString()
  return relative(trimmed, anchor) ?? absolute(trimmed)
}

function relative(text: string, anchor: Date): string | undefined {
  const match = /^([+-])(\d{1,5})([mhdw])(?: (\d\d):(\d\d))?$/.exec(text)
  if (!match) return undefined
  const [, sign, count, unit, hour, minutes] = match
  const moved = new Date(anchor.getTime() + (sign === '-' ? -1 : 1) * Number(count) * units[unit!]!)
  if (hour === undefined) return moved.toISOString()
  if (unit === 'm' || unit === 'h' || Number(hour) > 23 || Number(minutes) > 59) return undefined
  moved.setUTCHours(Number(hour), Number(minutes), 0, 0)
  return moved.toISOString()
}

function absolute(text: string): string | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.exec(text)
  const at = match ? Date.parse(text) : NaN
  if (!match || Number.isNaN(at)) return undefined
  const [, year, month, day] = match.map(Number)
  const real = new Date(Date.UTC(year!, month! - 1, day!))
  return real.getUTCDate() === day ? new Date(at).toISOString() : undefined // 30 February is no day
}
