import { daysBetween, instantOf, plusDays, wallTimeOf, type WallTime } from './zoned-time.js'

/** What of a schedule decides who is on call: people take turns of whole days, handing over at a time of the wall clock. */
export interface Rotation {
  /** IANA zone of the hand-over. */
  zone: string
  /** In rotation order; the first takes the turn that begins at `start`. */
  people: string[]
  /** ISO 8601: its date in the zone is the day of the first hand-over. Nobody is on call before it. */
  start: string
  turn: { days: number }
  /** `HH:mm` in the zone. */
  handover: string
}

/** A stretch of time, in milliseconds since 1970, that one person covers; the end is not part of it. */
export interface Shift {
  person: string
  start: number
  end: number
  /** Set where the shift comes from an override. */
  override?: string
}

/** Somebody taking another's time; a later override in the list wins over an earlier one. */
export interface Override {
  id: string
  person: string
  start: number
  end: number
}

/** The first hand-over, on the wall clock of the schedule's zone. */
function firstHandover({ start, handover, zone }: Rotation): WallTime {
  const [hour, minute] = handover.split(':').map(Number) as [number, number]
  return { ...wallTimeOf(Date.parse(start), zone), hour, minute }
}

/**
 * The turns of a rotation that overlap a range, whole (not cut to the range). Turns are counted in calendar days of the
 * schedule's zone, so a week with a clock change is an hour shorter or longer and the hand-over stays at its time of day.
 */
export function turnsBetween(rotation: Rotation, since: number, until: number): Shift[] {
  const first = firstHandover(rotation)
  const startOf = (index: number) => instantOf(plusDays(first, index * rotation.turn.days), rotation.zone)
  const elapsed = Math.floor(daysBetween(first, wallTimeOf(since, rotation.zone)) / rotation.turn.days)
  const turns: Shift[] = []
  for (let index = Math.max(0, elapsed - 1); startOf(index) < until; index++) {
    const turn = {
      person: rotation.people[index % rotation.people.length]!,
      start: startOf(index),
      end: startOf(index + 1),
    }
    if (turn.end > since) turns.push(turn)
  }
  return turns
}

/** Who is really on call in a range: the turns with the overrides cut into them, in order of time; not cut to the range. */
export function shiftsBetween(rotation: Rotation, overrides: Override[], since: number, until: number): Shift[] {
  const turns = turnsBetween(rotation, since, until)
  // An override after the range still ends a shift that reaches into the range.
  const from = Math.min(since, ...turns.map(({ start }) => start))
  const to = Math.max(until, ...turns.map(({ end }) => end))
  return overrides
    .filter((override) => override.end > from && override.start < to)
    .reduce(lay, turns)
    .filter((shift) => shift.end > since && shift.start < until)
    .sort((a, b) => a.start - b.start)
}

/** Lays an override over shifts: what it covers is its own, what is left of the others stays theirs. */
function lay(shifts: Shift[], { id, person, start, end }: Override): Shift[] {
  const rest = shifts.flatMap((shift) =>
    [
      { ...shift, end: Math.min(shift.end, start) },
      { ...shift, start: Math.max(shift.start, end) },
    ].filter((piece) => piece.start < piece.end),
  )
  return [...rest, { person, start, end, override: id }]
}

/** Shifts cut to a range, as a rendered schedule shows them. */
export const cutTo = (shifts: Shift[], since: number, until: number): Shift[] =>
  shifts
    .map((shift) => ({ ...shift, start: Math.max(shift.start, since), end: Math.min(shift.end, until) }))
    .filter((shift) => shift.start < shift.end)
