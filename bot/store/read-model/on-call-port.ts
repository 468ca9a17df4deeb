import { z } from 'zod/v4'
import type { Range } from '../../../skills/kit/arguments.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Entity, Instant } from '../../../skills/kit/model.js'
import type { OnCall, Rota, Shift, SourceState } from '../../../skills/kit/ports.js'
import type { Duty, Rotation } from '../../../skills/kit/rotation.js'
import type { Schedules } from '../../../skills/kit/schedules.js'
import { joinDuties, shiftsOf } from '../../../skills/kit/shifts-of.js'
import type { CatalogIndex } from './catalog-index.js'
import { keeperOf, schedulesOf } from './schedules-of.js'

/** Shifts as a source of on-call puts them on a Schedule entity. */
const StoredShifts = z.array(z.object({ person: z.string(), from: z.string(), to: z.string() }))
const StoredPeople = z.array(z.string())

/** How far a question about one moment looks ahead, for who is next. */
const lookAhead = 35 * 86_400_000
/** How far beyond what is asked for shifts are followed, so that the first and the last are whole. */
const lookAround = 15 * 86_400_000

/** What the port answers from. */
export interface OnCallParts {
  index: CatalogIndex
  sources(): SourceState[]
  now(): Instant
  /** The schedules' own systems, for what the catalog has not read; where there are none, that is not known. */
  schedules?: Pick<Schedules, 'keeps' | 'shifts'>
}

/** Who carries the pager, from the schedules in the catalog: the shifts that a source has given, or those that follow from a rotation of Nexus's own. */
export function onCallPort(parts: OnCallParts): OnCall {
  const { index } = parts
  return {
    async rotas(target, at) {
      const range = { from: at, to: later(at, lookAhead) }
      const found = await Promise.all(schedulesOf(index, target).map((one) => rotaOf(one, range, at, parts)))
      return found.flat()
    },
    async between(range, target) {
      const found = await Promise.all(schedulesOf(index, target).map((one) => rotaOf(one, range, undefined, parts)))
      return found.flat().map((rota) => ({ ...rota, shifts: rota.shifts.filter(({ from }) => from < range.to) }))
    },
  }
}

const later = (at: Instant, by: number): Instant => new Date(Date.parse(at) + by).toISOString()

/** @param moment the one that counts, where not all of the range has to be known */
async function rotaOf(
  schedule: Entity,
  range: Range,
  moment: Instant | undefined,
  parts: OnCallParts,
): Promise<Rota[]> {
  const state = parts.sources().find(({ source }) => source === keeperOf(schedule))
  if (!state) return []
  const escalation = StoredPeople.safeParse(schedule.props.escalation)
  const rest = {
    schedule,
    escalation: (escalation.data ?? []).flatMap((id) => parts.index.get({ kind: 'Person', id }) ?? []),
  }
  const rotation = schedule.props.rotation as Rotation | undefined
  if (rotation) {
    const overrides = (schedule.props.overrides ?? []) as unknown as Duty[]
    const whole = shiftsOf(rotation, overrides, later(range.from, -lookAround), later(range.to, lookAround))
    const shifts = whole.filter(({ from, to }) => to > range.from && from < range.to)
    return [{ ...rest, shifts: shifts.map((duty) => named(duty, parts.index)), source: state, known: range }]
  }
  const stored = StoredShifts.safeParse(schedule.props.shifts)
  if (!stored.success) return []
  const known = knownOf(stored.data, state, parts.now())
  const isEnough = moment === undefined ? covers(known, range) : known.from <= moment && moment < known.to
  const read = isEnough ? undefined : await readFrom(schedule, { ...range, to: later(range.to, lookAround) }, parts)
  if (read) {
    const source: SourceState = { source: state.source, title: state.title, asOf: parts.now() }
    return [{ ...rest, shifts: shiftsIn(read, range.from, parts.index), source, known: range }]
  }
  return [{ ...rest, shifts: shiftsIn(stored.data, range.from, parts.index), source: state, known }]
}

const covers = (known: Range, { from, to }: Range): boolean => known.from <= from && to <= known.to

/**
 * What stored shifts are known for: from the hour in which they were read to the end of the last; and the present moment, where the source
 * answers and says that there is none.
 */
function knownOf(stored: readonly Duty[], { asOf, down }: SourceState, now: Instant): Range {
  const from = `${(asOf ?? now).slice(0, 13)}:00:00.000Z`
  const ends = [...stored.map(({ to }) => to), ...(down ? [from] : [later(now, 1)])]
  return { from, to: ends.reduce((last, to) => (to > last ? to : last)) }
}

/** What the schedule's own system says; undefined where it does not answer, or there is none to ask. */
async function readFrom(schedule: Entity, range: Range, { schedules }: OnCallParts): Promise<Duty[] | undefined> {
  if (!schedules?.keeps(schedule)) return undefined
  try {
    return await schedules.shifts(schedule, range)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Shifts that end after a moment, in order and joined; those of people whom no source knows are left out. */
function shiftsIn(duties: readonly Duty[], after: Instant, index: CatalogIndex): Shift[] {
  const known = duties.filter(({ person, to }) => to > after && index.get({ kind: 'Person', id: person }))
  const ordered = known.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  return joinDuties(ordered).map((duty) => named(duty, index))
}

/** A stretch with its person; somebody whom the directory does not know has their mail address for a name. */
function named({ person: id, from, to }: Duty, index: CatalogIndex): Shift {
  const unknown: Entity = { kind: 'Person', id, name: id, tenant: '', aliases: [], props: {}, sources: [], from }
  return { person: index.get({ kind: 'Person', id }) ?? unknown, from, to }
}
