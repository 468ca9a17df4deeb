import type { Instant } from './model.js'
import type { Duty, Hours, Layer, Override, Rotation } from './rotation.js'
import { addDays, clockIn, dayIn, daysBetween, momentOf, weekdayOf, type Day } from './zoned-time.js'

const dayMinutes = 1440

/**
 * Who is on call between two moments by a schedule of Nexus's own, in order of time and cut to the range; stretches of one person that follow
 * each other are one. Hand-overs and hours are those of the wall clock: one that a clock change skips is at the first moment after the gap,
 * one that comes twice is at the first of the two.
 * @param overrides the later of two that overlap counts
 */
export function shiftsOf({ zone, layers }: Rotation, overrides: readonly Duty[], from: Instant, to: Instant): Duty[] {
  const painted = [...layers.map((layer) => dutiesOf(layer, zone, from, to)), ...overrides.map((one) => [one])]
    .flat()
    .map((duty) => cut(duty, from, to))
    .filter((duty) => duty !== undefined)
    .reduce<Duty[]>(paint, [])
  return joinDuties(painted.sort(byTime))
}

const byTime = (a: Duty, b: Duty): number => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)

/** Stretches, in order of time, in which those of one person that follow each other without a gap are one. */
export function joinDuties<T extends Duty>(ordered: readonly T[]): T[] {
  return ordered.reduce<T[]>((kept, duty) => {
    const last = kept.at(-1)
    if (last && last.person === duty.person && last.to >= duty.from)
      return [...kept.slice(0, -1), { ...last, to: last.to > duty.to ? last.to : duty.to }]
    return [...kept, duty]
  }, [])
}

/** The part of a stretch that lies between two moments; undefined where none does. */
export function cut<T extends { from: Instant; to: Instant }>(duty: T, from: Instant, to: Instant): T | undefined {
  const part = { ...duty, from: duty.from > from ? duty.from : from, to: duty.to < to ? duty.to : to }
  return part.from < part.to ? part : undefined
}

/** Lays a stretch over others: what it covers is its own, what is left of the others stays theirs. */
function paint(below: readonly Duty[], over: Duty): Duty[] {
  const rest = below.flatMap((duty) => without(duty, over))
  return [...rest, { person: over.person, from: over.from, to: over.to }]
}

/** What of a stretch another leaves: all, one part, two, or nothing. */
export function without<T extends { from: Instant; to: Instant }>(duty: T, taken: { from: Instant; to: Instant }): T[] {
  if (taken.to <= duty.from || duty.to <= taken.from) return [duty]
  return [
    { ...duty, to: taken.from },
    { ...duty, from: taken.to },
  ].filter((part) => part.from < part.to)
}

/** Overrides with a new one laid over them, so that no two of them are for the same time. */
export const layOver = (overrides: readonly Override[], over: Override): Override[] => [
  ...overrides
    .flatMap((override) => without(override, over))
    .map((part, index, all) =>
      all.findIndex(({ id }) => id === part.id) === index ? part : { ...part, id: `${part.id}+` },
    ),
  over,
]

/** The stretches of a layer's people that overlap a range: its turns within its hours. */
function dutiesOf(layer: Layer, zone: string, from: Instant, to: Instant): Duty[] {
  const turns = turnsOf(layer, zone, from, to)
  if (!layer.hours.length) return turns
  const windows = layer.hours.flatMap((hours) => windowsOf(hours, zone, from, to))
  return turns.flatMap((turn) => windows.flatMap((window) => cut(turn, window.from, window.to) ?? []))
}

/** A time of the wall clock, counted in minutes from the layer's first day on. */
function momentAfter(start: Day, minutes: number, zone: string): Instant {
  const day = addDays(start, Math.floor(minutes / dayMinutes))
  const minute = ((minutes % dayMinutes) + dayMinutes) % dayMinutes
  const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
  return momentOf(zone, day, time) ?? firstMomentFrom(addDays(day, 1), zone)
}

/** The first moment of a day, or of the next that the zone's calendar has. */
const firstMomentFrom = (day: Day, zone: string): Instant =>
  momentOf(zone, day, '00:00') ?? firstMomentFrom(addDays(day, 1), zone)

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

function turnsOf({ people, turn, start, handOver }: Layer, zone: string, from: Instant, to: Instant): Duty[] {
  const first = minutesOf(handOver)
  const beginOf = (index: number) => momentAfter(start, first + index * turn, zone)
  const shown = daysBetween(start, dayIn(zone, from)) * dayMinutes + minutesOf(clockIn(zone, from))
  // A clock that was set back shows less than has passed, one that was set forward more: begin a day and a turn early.
  const begin = Math.max(0, Math.floor((shown - first - dayMinutes) / turn) - 1)
  const turns: Duty[] = []
  for (let index = begin, at = beginOf(begin); at < to; index++) {
    const next = beginOf(index + 1)
    if (next > from && next > at) turns.push({ person: people[index % people.length]!, from: at, to: next })
    at = next
  }
  return turns
}

function windowsOf({ days, from: opens, to: closes }: Hours, zone: string, from: Instant, to: Instant) {
  const windows: { from: Instant; to: Instant }[] = []
  const last = addDays(dayIn(zone, to), 1)
  for (let day = addDays(dayIn(zone, from), -2); day <= last; day = addDays(day, 1)) {
    if (!days.includes(weekdayOf(day)) || momentOf(zone, day, '12:00') === undefined) continue
    const end = minutesOf(closes) + (closes <= opens ? dayMinutes : 0)
    windows.push({ from: momentAfter(day, minutesOf(opens), zone), to: momentAfter(day, end, zone) })
  }
  return windows
}
