import { lasted } from '../kit/answer.js'
import type { Instant } from '../kit/model.js'
import {
  targetOf,
  type Decision,
  type Graph,
  type KnownIncident,
  type PlacedAlert,
  type Sighting,
  type State,
} from './correlation.js'
import { linkBetween, type Link } from './link.js'

const minute = 60_000

/** How long after its end an incident is opened again by the same trouble, in milliseconds; later it is a new one. */
export const reopenWindow = 15 * minute

/**
 * How far apart in time two alerts of one trouble may lie, by how near their services are, in milliseconds. The farther they are, the
 * likelier they only happened at once.
 */
const windows: Record<Link['distance'], number> = { 0: 60 * minute, 1: 15 * minute, 2: 10 * minute, 3: 5 * minute }

/**
 * Decides what an alert means: a new incident, one of an open incident's, the end of one that was heard, or nothing new. It looks at the
 * times when things happened, not when they arrived, so that late and out-of-order delivery lead to the same.
 */
export function correlate(state: State, alert: PlacedAlert, graph: Graph): Decision {
  const seen = state.alerts.find(({ id }) => id === alert.id)
  return alert.status === 'resolved' ? end(alert, seen) : begin(state, alert, seen, graph)
}

function end(alert: PlacedAlert, seen: Sighting | undefined): Decision {
  if (!seen?.incident || !seen.fired) return { kind: 'ignore', reason: 'it was over before it was heard to begin' }
  const { incident } = seen
  if (seen.resolved) return { kind: 'ignore', incident, reason: 'its end was heard before' }
  if (alert.at < seen.fired) return { kind: 'ignore', incident, reason: 'it fired again after this end' }
  return { kind: 'resolve', incident, reason: 'the alert is over' }
}

function begin(state: State, alert: PlacedAlert, seen: Sighting | undefined, graph: Graph): Decision {
  if (seen?.resolved && seen.resolved >= alert.at)
    return { kind: 'ignore', ...(seen.incident && { incident: seen.incident }), reason: 'it is over already' }
  if (seen?.fired && !seen.resolved && seen.incident) return again(alert, seen, seen.incident)
  return (
    sameTrouble(state, alert) ??
    nearTrouble(state, alert, graph) ?? { kind: 'new', reason: 'nothing that is open is near it' }
  )
}

/** An occurrence that is known to be firing fires once more. */
function again(alert: PlacedAlert, seen: Sighting, incident: string): Decision {
  const worse = alert.severity !== undefined && alert.severity < (seen.severity ?? Infinity)
  return worse
    ? { kind: 'update', incident, reason: 'the same alert, worse' }
    : { kind: 'ignore', incident, reason: 'it was heard before' }
}

/** The same rule or the same target as in an incident that is open, or that was until a moment ago. */
function sameTrouble({ incidents, alerts }: State, alert: PlacedAlert): Decision | undefined {
  const target = targetOf(alert)
  const alike = [
    { is: (one: Sighting) => one.fingerprint === alert.fingerprint, what: 'the same rule on the same target' },
    { is: (one: Sighting) => target !== undefined && one.target === target, what: 'the same target' },
  ]
  for (const { is, what } of alike) {
    const ids = new Set(alerts.filter(is).map(({ incident }) => incident))
    const known = newestFirst(incidents.filter(({ id }) => ids.has(id)))
    const open = known.find((incident) => isOpenAt(incident, alert.at))
    if (open) return { kind: 'join', incident: open.id, reason: `${what}${lateness(open, alert)}` }
    const back = known.find(({ resolved }) => resolved && gap(resolved, alert.at) <= reopenWindow)
    if (back)
      return {
        kind: 'join',
        incident: back.id,
        reopens: true,
        reason: `${what}, back ${lasted(back.resolved!, alert.at)} after it was over`,
      }
  }
  return undefined
}

interface Near {
  incident: KnownIncident
  link: Link
  apart: number
}

/** An incident that is open, of a service near to the alert's, with an alert near to it in time: the nearest. */
function nearTrouble({ incidents, alerts }: State, alert: PlacedAlert, graph: Graph): Decision | undefined {
  const open = new Map(incidents.filter((incident) => isOpenAt(incident, alert.at)).map((one) => [one.id, one]))
  const near = alerts.flatMap((one): Near[] => {
    const incident = open.get(one.incident ?? '')
    const apart = Math.min(...[one.fired, one.resolved].flatMap((at) => (at ? [gap(at, alert.at)] : [])))
    if (!incident) return []
    return alert.services.flatMap((a) =>
      one.services.flatMap((b) => {
        const link = linkBetween(a, b, graph)
        return link && apart <= windows[link.distance] ? [{ incident, link, apart }] : []
      }),
    )
  })
  const [best] = near.sort(
    (a, b) => a.link.distance - b.link.distance || a.apart - b.apart || (a.incident.id < b.incident.id ? -1 : 1),
  )
  return (
    best && {
      kind: 'join',
      incident: best.incident.id,
      reason: `${best.link.how}, ${apartInWords(best.apart)}${lateness(best.incident, alert)}`,
    }
  )
}

/** An alert from before an incident's end is part of it, however late it comes. */
const isOpenAt = ({ resolved }: KnownIncident, at: Instant): boolean => !resolved || at <= resolved

const lateness = ({ resolved }: KnownIncident, alert: PlacedAlert): string =>
  resolved ? `; it came ${lasted(alert.at, alert.arrived)} late` : ''

const newestFirst = (incidents: readonly KnownIncident[]) =>
  incidents.toSorted((a, b) => (a.opened < b.opened ? 1 : -1))
const gap = (a: Instant, b: Instant): number => Math.abs(Date.parse(a) - Date.parse(b))
const apartInWords = (apart: number): string =>
  apart < minute ? 'less than a minute apart' : `${Math.round(apart / minute)} min apart`
