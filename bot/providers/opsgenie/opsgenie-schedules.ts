import { notFound } from '../../../skills/kit/errors.js'
import type { Entity } from '../../../skills/kit/model.js'
import type { ScheduleSystem } from '../../../skills/kit/schedules.js'
import { createOpsgenieClient, type OpsgenieOptions } from './opsgenie-client.js'
import { readTimeline } from './opsgenie-timeline.js'

/**
 * Opsgenie's schedules, asked themselves. Overrides are made by the API's integration: Opsgenie takes no name of who wanted them, Nexus's
 * audit log has it.
 */
export function opsgenieSchedules(options: OpsgenieOptions): ScheduleSystem {
  const client = createOpsgenieClient(options)
  return {
    source: 'opsgenie',
    shifts: (schedule, range) => readTimeline(client, idOf(schedule), range),
    override: (schedule, { person, from, to }) =>
      client.post(`/v2/schedules/${encodeURIComponent(idOf(schedule))}/overrides`, {
        user: { type: 'user', username: person },
        startDate: from,
        endDate: to,
      }),
  }
}

function idOf({ name, props }: Entity): string {
  if (typeof props.opsgenieId !== 'string') throw notFound(`${name} is no schedule of Opsgenie.`)
  return props.opsgenieId
}
