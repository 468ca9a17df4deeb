import { lasted } from '../kit/answer.js'
import type { Severity } from '../kit/alert.js'
import type { Instant } from '../kit/model.js'
import type { PlacedAlert } from './correlation.js'
import { tell, type HeldAlert, type Incident, type Named, type News } from './incident.js'
import { moved } from './move.js'

/** What an incident and one of its alerts are after a notification. */
export interface Received {
  incident: Incident
  alert: HeldAlert
}

/** Reasons that are kept; those after them say the same of more alerts. */
const mostReasons = 8

/**
 * Takes a notification of an alert into its incident, in whatever order they come; undefined where it says nothing new, so that the same
 * one twice is the same as once.
 * @param held the alert as the incident has it
 * @param reason why it belongs here
 * @param service what it is about, where the catalog knows
 */
export function receive(
  incident: Incident,
  held: HeldAlert | undefined,
  alert: PlacedAlert,
  reason: string,
  service: Named | undefined,
): Received | undefined {
  const after = heldAfter(held, alert, service)
  if (held && same(held, after)) return undefined
  const firing = Number(isFiring(after)) - Number(held ? isFiring(held) : false)
  const counted: Incident = {
    ...incident,
    alerts: { total: incident.alerts.total + (held ? 0 : 1), firing: incident.alerts.firing + firing },
  }
  const grown = alert.status === 'fired' ? fire(counted, held, after, alert, reason, service) : counted
  return { incident: settle(grown, alert), alert: after }
}

/** Whether an alert fires still, as far as it was heard. */
export const isFiring = ({ fired, resolved }: Pick<HeldAlert, 'fired' | 'resolved'>): boolean =>
  fired !== undefined && (resolved === undefined || resolved < fired)

function heldAfter(held: HeldAlert | undefined, alert: PlacedAlert, service: Named | undefined): HeldAlert {
  const { title, source, url } = alert
  const severity = worst(held?.severity, alert.severity)
  const moment = alert.status
  const before = held?.[moment]
  return {
    ...(held ?? { title, source, ...(service && { service: service.name }), ...(url && { url }) }),
    ...(severity !== undefined && { severity }),
    [moment]: before && before > alert.at ? before : alert.at,
  }
}

const same = (a: HeldAlert, b: HeldAlert): boolean =>
  a.fired === b.fired && a.resolved === b.resolved && a.severity === b.severity

/** The worse of two severities, of which either may be unknown. */
export const worst = (a: Severity | undefined, b: Severity | undefined): Severity | undefined =>
  a === undefined ? b : b === undefined ? a : a < b ? a : b

function fire(
  incident: Incident,
  held: HeldAlert | undefined,
  after: HeldAlert,
  alert: PlacedAlert,
  reason: string,
  service: Named | undefined,
): Incident {
  const severity = worst(incident.severity, after.severity)
  const first = incident.alerts.total === 1
  const worse = !first && severity !== undefined && severity < (incident.severity ?? Infinity)
  const spread = service && !incident.services.some(({ id }) => id === service.id) ? service : undefined
  const news: News[] = [
    ...(worse ? [{ what: 'worse', severity } as const] : []),
    ...(spread && !first ? [{ what: 'spread', service: spread.name } as const] : []),
  ]
  const lines = [
    ...(worse ? [`Severity rose to SEV ${severity}: ${alert.title}`] : []),
    ...(spread && !first ? [`${spread.name} alerts too: ${alert.title}`] : []),
  ]
  const earlier = alert.at < incident.opened ? { opened: alert.at } : {}
  return {
    ...incident,
    ...earlier,
    ...(severity !== undefined && { severity }),
    services: spread ? [...incident.services, spread] : incident.services,
    grouped: first || held ? incident.grouped : withReason(incident.grouped, reason),
    news: [...incident.news, ...news],
    story: lines.reduce((story, text) => tell(story, { at: alert.at, text }), incident.story),
  }
}

function withReason(reasons: readonly string[], reason: string): string[] {
  return reasons.includes(reason) || reasons.length >= mostReasons ? [...reasons] : [...reasons, reason]
}

/** Opens an incident again that fires after its end, and brings a snoozed one back that got worse. */
function settle(incident: Incident, alert: PlacedAlert): Incident {
  const { resolved } = incident
  if (alert.status === 'fired' && resolved && alert.at > resolved.at) {
    const why = `${alert.title}, ${lasted(resolved.at, alert.at)} after it was resolved`
    const open = moved(incident, { kind: 'reopen', why }, undefined, alert.at)
    return { ...open, news: [...open.news, { what: 'reopened', text: why }] }
  }
  const worse = incident.news.some(({ what }) => what === 'worse')
  if (incident.state === 'snoozed' && worse) return moved(incident, { kind: 'wake' }, undefined, alert.at)
  return incident
}

/** The incident when nothing of it fires any more. */
export function calmed(incident: Incident, at: Instant): Incident {
  const { total } = incident.alerts
  const why = total === 1 ? 'its alert is over' : `all ${total} alerts are over`
  const over = moved(incident, { kind: 'resolve', why }, undefined, at)
  return { ...over, news: [...over.news, { what: 'resolved', text: why }] }
}
