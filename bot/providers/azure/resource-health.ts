import type { Alert, Severity } from '../../../skills/kit/alert.js'

/** How bad each state of a resource's health is (learn.microsoft.com/azure/service-health/resource-health-overview). */
const severities: Record<string, Severity> = { unavailable: 1, degraded: 2, unknown: 3 }

/** What is known of a resource's health. */
interface Health {
  /** ARM id. */
  target: string | undefined
  name: string
  /** "Available", "Unavailable", "Degraded", "Unknown". */
  state: string | undefined
  /** Why, as Azure says it. */
  cause: string | undefined
  /** Whether it is said to be over, whatever the state. */
  ended?: boolean
}

/**
 * A resource's health as an alert. It is told by activity log alerts and by Event Grid, perhaps by both: the occurrence is the resource's, so
 * both are one.
 */
export function resourceHealth(
  health: Health,
): Pick<Alert, 'title' | 'status' | 'severity' | 'observed'> & { occurrence?: string } {
  const { target, name, state, cause, ended = false } = health
  const status = ended || state?.toLowerCase() === 'available' ? 'resolved' : 'fired'
  const severity = severities[state?.toLowerCase() ?? '']
  const said = state ? `${name} is ${state.toLowerCase()}` : `The health of ${name} changed`
  return {
    title: cause && status === 'fired' ? `${said}: ${cause}` : said,
    status,
    ...(severity !== undefined && { severity }),
    observed: { metric: 'Resource health', ...(state && { value: state }) },
    ...(target && { occurrence: `resource-health/${target.toLowerCase()}` }),
  }
}
