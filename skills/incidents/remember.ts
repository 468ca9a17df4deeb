import type { Instant } from '../kit/model.js'
import { reopenWindow } from './correlate.js'
import { targetOf, type Decision, type PlacedAlert, type Sighting } from './correlation.js'

/** Most alerts the correlator looks at; with more than that open at once the oldest are found by their own record only. */
const mostAlerts = 400
/** How long an alert that nobody ended is looked at, in milliseconds. */
const longestOpen = 6 * 3_600_000

/** The sighting of an alert's occurrence after it was decided on; times only ever grow, so the order of arrival is no matter. */
export function sightingAfter(seen: Sighting | undefined, alert: PlacedAlert, incident: string | undefined): Sighting {
  const target = targetOf(alert)
  const fired = alert.status === 'fired' ? latest(seen?.fired, alert.at) : seen?.fired
  const ended = alert.status === 'resolved' ? latest(seen?.resolved, alert.at) : seen?.resolved
  const severity = Math.min(seen?.severity ?? 9, alert.severity ?? 9)
  const known = incident ?? seen?.incident
  return {
    id: alert.id,
    fingerprint: alert.fingerprint,
    services: alert.services.length ? alert.services : (seen?.services ?? []),
    ...(target && { target }),
    ...(severity <= 4 && { severity: severity as NonNullable<Sighting['severity']> }),
    ...(fired && { fired }),
    // One that fires again after its end is firing.
    ...(ended && (!fired || ended >= fired) && { resolved: ended }),
    ...(known && { incident: known }),
  }
}

const latest = (a: Instant | undefined, b: Instant): Instant => (a && a > b ? a : b)

/** The alerts that are still to be looked at, the newest kept. */
export function keepRecent(alerts: readonly Sighting[], now: Instant): Sighting[] {
  const before = (ms: number) => new Date(Date.parse(now) - ms).toISOString()
  const [over, open] = [before(2 * reopenWindow), before(longestOpen)]
  const fresh = alerts.filter(({ fired, resolved }) =>
    resolved ? resolved >= over : fired !== undefined && fired >= open,
  )
  return fresh.slice(-mostAlerts)
}

/** Whether a decision puts the alert into an incident. */
export const incidentOf = (decision: Decision): string | undefined =>
  'incident' in decision ? decision.incident : undefined
