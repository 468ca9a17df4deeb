import type { Range } from '../kit/arguments.js'
import { badInput, unavailable } from '../kit/errors.js'
import type { Entity, Instant, Ref } from '../kit/model.js'
import type { OnCall, Rota } from '../kit/ports.js'
import { Question } from '../kit/question.js'
import { dayIn } from '../kit/zoned-time.js'
import { dayRange, dutyOfDay, notOf, sayStretch } from './stretches.js'

/** How far ahead pagers are handed over, in days. */
export const farthest = 28

/** What of whose pager is asked about. */
export interface Wanted {
  /** Whose shifts. */
  person: Pick<Entity, 'id' | 'name'>
  /** "You", "Lee Park": how they are spoken of. */
  called: string
  /** A moment of the day that is meant, or the beginning of the stretch. */
  from?: Instant
  /** The end of the stretch; the day is meant where there is none, the present shift where there is neither. */
  to?: Instant
  /** Where to look; every schedule unless told. */
  team?: Ref
  now: Instant
  /** Whose days. */
  zone: string
}

/** A stretch of somebody's on-call duty, and the rota it is of. */
export interface Found {
  rota: Rota
  stretch: Range
}

/**
 * Finds the stretch that is meant, in the one schedule it is of.
 * @throws Fault BadInput where it is past, too far or not theirs, Question where two schedules have them, Unavailable where that is not known
 */
export async function findDuty(wanted: Wanted, onCall: OnCall): Promise<Found> {
  const range = rangeOf(wanted)
  const { now, zone, called } = wanted
  if (range.to <= now) throw badInput(`${sayStretch(range, zone)} is past.`, 'Say a time to come.')
  if (range.from > addTime(now, farthest))
    throw badInput(`${sayStretch(range, zone)} is more than ${farthest} days ahead.`, 'Ask for it nearer to the time.')
  const rotas = await onCall.between({ from: now, to: range.to }, wanted.team)
  const found = rotas.flatMap((rota): Found[] => {
    const stretch = stretchIn(rota, wanted, range)
    return stretch && stretch.to > now ? [{ rota, stretch }] : []
  })
  const [first] = found
  if (!first) throw noDuty(wanted, range, rotas)
  if (found.length > 1) throw whichSchedule(found, called)
  const rest = wanted.to === undefined ? [] : notOf(range, first.rota.shifts, wanted.person.id)
  if (rest.length) throw notTheirs(first, rest, wanted)
  return first
}

const addTime = (at: Instant, days: number): Instant => new Date(Date.parse(at) + days * 86_400_000).toISOString()

/** The stretch of time that is asked about: from one moment to another, else a day; the present one where nothing was said. */
function rangeOf({ from, to, now, zone }: Wanted): Range {
  if (to !== undefined && to <= (from ?? now))
    throw badInput('It would end before it begins.', 'Say a time after the beginning, such as “tomorrow 9 to 17”.')
  if (to !== undefined) return { from: from ?? now, to }
  return dayRange(dayIn(zone, from ?? now), zone)
}

function stretchIn({ shifts }: Rota, { person, from, to, now, zone }: Wanted, range: Range): Range | undefined {
  if (from === undefined) {
    const present = shifts.find((shift) => shift.person.id === person.id && shift.from <= now && now < shift.to)
    return present && { from: present.from, to: to ?? present.to }
  }
  if (to === undefined) return dutyOfDay(shifts, person.id, dayIn(zone, from), zone)
  return shifts.some((shift) => shift.person.id === person.id && shift.from < range.to && shift.to > range.from)
    ? range
    : undefined
}

function noDuty({ person, called, now, zone, team }: Wanted, range: Range, rotas: readonly Rota[]): Error {
  const verb = called === 'You' ? 'carry' : 'carries'
  const silent = rotas.find(({ known, source }) => source.down && known.to < range.to)
  if (silent) return unavailable(`${silent.source.title} does not answer, and I do not know its shifts for then.`)
  const next = rotas
    .flatMap(({ shifts }) => shifts)
    .filter((shift) => shift.person.id === person.id && shift.to > now)
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0]
  return badInput(
    `${called} ${verb} no pager ${team ? 'there ' : ''}${sayStretch(range, zone)}.`,
    next
      ? `${called === 'You' ? 'Your' : 'Their'} next shift is ${sayStretch(next, zone)}.`
      : 'Ask for “my shifts”, or look at the rota of your team.',
  )
}

const whichSchedule = (found: readonly Found[], called: string): Question =>
  new Question(
    `${called} ${called === 'You' ? 'carry' : 'carries'} a pager by ${found.length} schedules then. Which one?`,
    found.map(({ rota: { schedule, source } }) => ({
      title: schedule.name,
      detail: source.title,
      args: { team: { kind: schedule.kind, id: schedule.id } },
    })),
    'Name the schedule.',
  )

/** Of a stretch that is not all theirs: what is not, and whose it is instead. */
function notTheirs({ rota }: Found, [first]: Range[], { called, zone }: Wanted): Error {
  const other = rota.shifts.find(({ from, to }) => from < first!.to && to > first!.from)
  const whose = other ? `${other.person.name}’s` : 'nobody’s'
  return badInput(
    `Not all of it is ${called === 'You' ? 'yours' : `${called}’s`}: ${sayStretch(first!, zone)} is ${whose} in ${rota.schedule.name}.`,
    'Name only hours of the one shift.',
  )
}
