import type { Organisation } from '../organisation/model.js'
import type { Directory, Policy } from './directory.js'
import { cutTo, shiftsBetween, type Override, type Shift } from '../rotation/rotation.js'

type Person = Organisation['people'][number]
type Schedule = Organisation['schedules'][number]

/** An override as the state keeps it, by the schedule's short id. */
export type Overrides = Record<string, Override[]>

/** Somebody who is paged at a level of a policy: through a schedule for a shift, or always. */
export interface Duty {
  policy: Policy
  /** From 1. */
  level: number
  person: Person
  schedule?: Schedule
  /** Milliseconds since 1970; absent where somebody is always on call. */
  shift?: Shift
}

/** Everybody on call between two moments, in the order of policies, levels and time. */
export function dutiesBetween(directory: Directory, overrides: Overrides, since: number, until: number): Duty[] {
  return directory.policies.flatMap((policy) =>
    policy.levels.flatMap((target, index): Duty[] => {
      const level = index + 1
      if ('person' in target) return [{ policy, level, person: target.person }]
      const { schedule } = target
      return shiftsBetween(schedule, overrides[schedule.id] ?? [], since, until).map((shift) => ({
        policy,
        level,
        person: directory.person(shift.person),
        schedule,
        shift,
      }))
    }),
  )
}

/** Who a policy pages at a moment, at the first level from `from` on that has somebody. */
export function pagedAt(
  directory: Directory,
  overrides: Overrides,
  policy: Policy,
  at: number,
  from = 1,
): { person: Person; level: number } | undefined {
  const duties = dutiesBetween(directory, overrides, at, at + 1).filter((duty) => duty.policy === policy)
  return duties.find(({ level }) => level >= from)
}

/** How much of a range its shifts cover, in percent. */
export function coverage(shifts: Shift[], since: number, until: number): number {
  const covered = cutTo(shifts, since, until).reduce((sum, { start, end }) => sum + end - start, 0)
  return Math.round((covered / (until - since)) * 1000) / 10
}
