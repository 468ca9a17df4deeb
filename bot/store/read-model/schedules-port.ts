import { notFound } from '../../../skills/kit/errors.js'
import type { Entity } from '../../../skills/kit/model.js'
import type { Schedules, ScheduleSystem } from '../../../skills/kit/schedules.js'
import { keeperOf } from './schedules-of.js'

/**
 * The systems in which schedules are kept, each schedule by its own.
 * @param overridden told of the source in which something was overridden, so that the catalog reads it anew
 */
export function schedulesPort(
  systems: readonly ScheduleSystem[],
  overridden: (source: string) => Promise<void>,
): Schedules {
  const find = (schedule: Entity): ScheduleSystem | undefined =>
    systems.find(({ source }) => source === keeperOf(schedule))
  const keeper = (schedule: Entity): ScheduleSystem => {
    const found = find(schedule)
    if (!found) throw notFound(`${schedule.name} is kept in no system that Nexus may ask.`)
    return found
  }
  return {
    keeps: (schedule) => find(schedule) !== undefined,
    shifts: async (schedule, range) => keeper(schedule).shifts(schedule, range),
    async override(schedule, duty, by) {
      const system = keeper(schedule)
      await system.override(schedule, duty, by)
      await overridden(system.source)
    },
  }
}
