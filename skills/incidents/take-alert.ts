import type { Alert } from '../kit/alert.js'
import type { Event } from '../kit/event.js'
import type { Entity, Json, Ref } from '../kit/model.js'
import type { SystemTurn } from '../kit/ports.js'
import { changeIncident, type Change } from './change-incident.js'
import type { PlacedAlert } from './correlation.js'
import { isUrgent, type HeldAlert, type Incident } from './incident.js'
import { later } from './incident-writes.js'
import { decide, recordName, type Decided } from './ledger.js'
import { mirrorWrites, type MirrorStep } from './mirror-writes.js'
import { calmed, isFiring, receive } from './receive.js'
import { named, onCallFor, servicesOf, tellingOf } from './surroundings.js'

type HearingTurn = SystemTurn<'records' | 'catalog' | 'onCall' | 'people'>

/** Kind of the records of an incident's alerts, in its partition. */
export const heldAlertKind = 'alert'
/** How long an incident that was opened again stays quiet before it is over, in milliseconds. */
const quiet = 5 * 60_000

/**
 * Hears an alert: decides where it belongs, durably, and then brings it into that incident. Heard again, it changes nothing; where a hub
 * died between the two, hearing it again does the rest.
 */
export async function takeAlert(event: Event, turn: HearingTurn): Promise<void> {
  const alert = event.data as unknown as Alert
  const services = await servicesOf(event.subjects, turn)
  const placed: PlacedAlert = { ...alert, arrived: event.arrived, services: services.map(({ id }) => id) }
  const decided = await decide(placed, turn)
  if (!decided.incident || decided.decision.kind === 'ignore') return
  await bring(decided.incident, decided, placed, services[0], event.subjects, turn)
}

async function bring(
  id: string,
  { decision }: Decided,
  alert: PlacedAlert,
  service: Entity | undefined,
  subjects: readonly Ref[],
  turn: HearingTurn,
): Promise<void> {
  const key = { kind: heldAlertKind, id: recordName(alert.id) }
  await changeIncident(id, turn, async (kept): Promise<Change | undefined> => {
    const held = await turn.records.get<HeldAlert>({ partition: id, ...key })
    const before = kept?.data ?? (await opened(id, alert, service, subjects, turn))
    const received = receive(before, held?.data, alert, decision.reason, service && named(service))
    if (!received) return undefined
    const flaps = received.incident.reopened > 0
    const over = isOver(received.incident)
    const incident = over && !flaps ? calmed(received.incident, alert.at) : received.incident
    return {
      incident,
      writes: [
        {
          op: 'put',
          ...key,
          data: received.alert as unknown as Json,
          index: { firing: isFiring(received.alert) ? 1 : 0 },
        },
        ...mirrorWrites(before, pagerSteps(kept?.data, incident), turn.now),
        ...(over && flaps
          ? [{ op: 'set-timer' as const, name: 'calm', id: 'calm', due: later(turn.now, quiet), data: alert.at }]
          : []),
      ],
    }
  })
}

/** Whether nothing of an incident fires any more and nobody has said so yet. */
export const isOver = ({ alerts, state }: Incident): boolean =>
  alerts.total > 0 && alerts.firing === 0 && state !== 'resolved'

function pagerSteps(before: Incident | undefined, after: Incident): MirrorStep[] {
  if (!after.service) return []
  const began = !before || (before.state === 'resolved' && after.state !== 'resolved')
  const ended = before?.state !== 'resolved' && after.state === 'resolved'
  const worse = before && !began && !ended && !isUrgent(before) && isUrgent(after)
  return [
    ...(began ? [{ do: 'page' } as const] : []),
    ...(worse ? [{ do: 'raise' } as const] : []),
    ...(ended ? [{ do: 'resolve' } as const] : []),
  ]
}

async function opened(
  id: string,
  alert: PlacedAlert,
  service: Entity | undefined,
  subjects: readonly Ref[],
  turn: HearingTurn,
): Promise<Incident> {
  const telling = await tellingOf(service, subjects, turn)
  const target: Ref | undefined = service ?? (telling.team && { kind: 'Team', id: telling.team.id })
  const onCall = await onCallFor(target, turn.now, turn)
  return {
    ...{ id, title: alert.title.replace(/\s*\.$/, ''), state: 'triggered', opened: alert.at, since: alert.at },
    ...(service && { service: named(service) }),
    ...telling,
    ...{ services: [], onCall, alerts: { total: 0, firing: 0 }, grouped: [], posted: false },
    story: [{ at: alert.at, text: `First alert: ${alert.title}` }],
    ...{ reopened: 0, seq: 0, news: [], replies: 0 },
  }
}
