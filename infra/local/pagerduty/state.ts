import type { Organisation } from '../organisation/model.js'
import type { Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import { seedIncidents, type Incident } from './incident.js'
import type { Overrides } from './on-call.js'

/** What the local PagerDuty remembers. */
export interface PagerDutyState {
  overrides: Overrides
  incidents: Incident[]
}

/** What an organisation starts with: its schedules' overrides and its incidents. */
export function seedState(org: Organisation, directory: Directory): PagerDutyState {
  const overrides = seedOverrides(org)
  return { overrides, incidents: seedIncidents(org, directory, overrides) }
}

const seedOverrides = (org: Organisation): Overrides =>
  Object.fromEntries(
    org.schedules.map((schedule) => [
      schedule.id,
      schedule.overrides.map(({ person, from, to }, index) => ({
        id: pagerDutyId('override', `${schedule.id}/${index}`),
        person,
        start: Date.parse(from),
        end: Date.parse(to),
      })),
    ]),
  )
