import type { Range } from './arguments.js'
import type { Entity } from './model.js'
import type { PagerUser } from './paging.js'
import type { Duty } from './rotation.js'

/**
 * The systems in which schedules are kept, such as PagerDuty and Opsgenie, asked themselves: not what the catalog has read of them. Each
 * throws Fault Unavailable where the system does not answer, NotFound where it has no such schedule any more.
 */
export interface Schedules {
  /** Whether a schedule is kept in such a system; one of Nexus's own is not. */
  keeps(schedule: Entity): boolean
  /** Who carries the pager between two moments, past or to come, overrides counted; in order, cut to the range. */
  shifts(schedule: Entity, range: Range): Promise<Duty[]>
  /**
   * Has somebody carry the pager for a stretch, over whoever would. It is sent once and not repeated.
   * @param by in whose name, where the system takes one
   * @throws Fault Conflict where the system refuses it, such as for a person it does not know
   */
  override(schedule: Entity, duty: Duty, by: PagerUser): Promise<void>
}

/** One such system, by the name under which the catalog reads it: `pagerduty`. */
export interface ScheduleSystem extends Omit<Schedules, 'keeps'> {
  source: string
}
