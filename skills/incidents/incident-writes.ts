import type { Text } from '../../cards/model.js'
import type { Claim, Instant, Json } from '../kit/model.js'
import type { Kept, Message, RecordWrite } from '../kit/records.js'
import type { Reply } from '../kit/reply.js'
import { isUrgent, type Incident } from './incident.js'
import { callAgain, callAssigned, callOnCall } from './messages.js'

/** Kind of the record that is an incident; its id is its partition. */
export const incidentKind = 'incident'

/** Key of an incident's first message, below which the others are. */
const root = 'root'
/** How long news are gathered before they are said, and the least time between two replies, in milliseconds. */
const gather = 10_000
const pause = 60_000
/** Replies nobody asked for that a thread gets at most; the root card goes on being true. */
const mostReplies = 20

export const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()

/**
 * Everything that follows from an incident's change in one commit: the record, what the catalog shows of it, its messages, its timers and
 * what other skills hear.
 * @param speaks false where its channel is not there: then only the record is written, and the messages are tried again later
 */
export function incidentWrites(
  before: Kept<Incident> | undefined,
  changed: Incident,
  now: Instant,
  speaks: boolean,
): { incident: Incident; writes: RecordWrite[] } {
  const was = before?.data
  const seq = (was?.seq ?? 0) + 1
  const posts = speaks && changed.to !== undefined
  const incident: Incident = { ...changed, seq, posted: changed.posted || posts }
  const put: RecordWrite = {
    op: 'put',
    kind: incidentKind,
    id: incident.id,
    data: incident as unknown as Json,
    index: { open: incident.state === 'resolved' ? 0 : 1, since: incident.since },
    publishes: claimOf(incident),
    ...(before ? { ifMatch: before.etag } : { ifAbsent: true }),
  }
  const messages = posts ? messagesOf(was, incident) : []
  const silent: RecordWrite[] =
    incident.to && !posts
      ? [{ op: 'set-timer', name: 'speak', id: 'root', due: later(now, 5 * pause), data: null }]
      : []
  return {
    incident,
    writes: [
      put,
      ...messages,
      ...silent,
      ...newsTimer(was, incident, now),
      ...snoozeTimer(was, incident),
      ...heard(was, incident, now),
    ],
  }
}

const say = (id: string, message: Message): RecordWrite => ({ op: 'say', id, message })

function messagesOf(was: Incident | undefined, incident: Incident): RecordWrite[] {
  const to = incident.to!
  const content = { kind: 'Incident', id: incident.id }
  const reply = (name: string, content: Reply): RecordWrite =>
    say(`${name}-${incident.seq}`, { op: 'reply', key: `${name}-${incident.seq}`, root, to, content })
  if (!was?.posted)
    return [
      say(root, { op: 'post', key: root, to, content }),
      ...(calls(incident) ? [reply('page', callOnCall(incident))] : []),
    ]
  const { assigned, state } = incident
  const handed = assigned && assigned.id !== was.assigned?.id && state === 'triggered' ? assigned : undefined
  const told = incident.news.slice(was.news.length).some(({ what }) => what === 'reopened')
  // What began as something for the morning may not wait for it any more.
  const urged = calls(incident) && !isUrgent(was)
  const rings = state === 'triggered' && was.state !== 'triggered' && !handed && !told && !urged
  return [
    say(`edit-${incident.seq}`, { op: 'edit', key: root, to, content }),
    ...(handed ? [reply('handed', callAssigned(incident, handed, incident.story.at(-1)?.by))] : []),
    ...(urged ? [reply('page', callOnCall(incident))] : []),
    ...(rings ? [reply('again', callAgain(incident, becauseOf(incident)))] : []),
  ]
}

/** Whether who is on call is to be called: nobody has it yet, and it does not wait. */
const calls = (incident: Incident): boolean =>
  incident.onCall.length > 0 && incident.state === 'triggered' && isUrgent(incident)

function becauseOf({ story }: Incident): Text {
  const last = story.at(-1)
  if (!last?.by) return last?.text ?? 'it is open'
  return [`${last.by.name} `, ...(typeof last.text === 'string' ? [last.text] : last.text)]
}

/** Wakes the incident to say its news: soon, and never more often than once a minute. */
function newsTimer(was: Incident | undefined, incident: Incident, now: Instant): RecordWrite[] {
  const before = was?.news.length ?? 0
  if (incident.news.length <= before || incident.replies >= mostReplies) return []
  const turned = incident.news.slice(before).some(({ what }) => what === 'resolved' || what === 'reopened')
  if (before && !turned) return []
  const soon = turned ? now : later(now, gather)
  const allowed = incident.lastReply ? later(incident.lastReply, pause) : soon
  return [{ op: 'set-timer', name: 'news', id: 'news', due: soon > allowed ? soon : allowed, data: null }]
}

function snoozeTimer(was: Incident | undefined, { snoozedUntil }: Incident): RecordWrite[] {
  if (snoozedUntil === was?.snoozedUntil) return []
  return snoozedUntil
    ? [{ op: 'set-timer', name: 'snooze', id: 'snooze', due: snoozedUntil, data: null }]
    : [{ op: 'clear-timer', name: 'snooze', id: 'snooze' }]
}

/** What other skills hear. */
function heard(was: Incident | undefined, incident: Incident, now: Instant): RecordWrite[] {
  const { id, state, severity, assigned, service, team, seq } = incident
  if (was && was.state === state && was.severity === severity && was.assigned?.id === assigned?.id) return []
  const data = {
    ...{ id, state, title: incident.title },
    ...(severity !== undefined && { severity }),
    ...(assigned?.id && { assigned: assigned.id }),
    ...(team && { team: team.id }),
  }
  const subjects = [claimRef(id), ...(service ? [{ kind: 'Service' as const, id: service.id }] : [])]
  return [{ op: 'tell', event: { id: `${id}/${seq}`, type: 'incident.moved', at: now, arrived: now, subjects, data } }]
}

/** The catalog writes ids of incidents in lower case; the pager's source gives its incident of the same one the same id. */
export const claimRef = (id: string) => ({ kind: 'Incident' as const, id: id.toLowerCase() })

function claimOf(incident: Incident): Claim {
  const { id, title, state, service, severity, opened, resolved, assigned, services, alerts } = incident
  return {
    ...claimRef(id),
    name: id,
    props: {
      ...{ title, state, opened, alerts: alerts.total },
      // Empty, not absent: the pager may still have the end of an incident that was opened again.
      resolved: resolved?.at ?? '',
      ...(service && { service: service.name }),
      ...(severity !== undefined && { severity: `sev${severity}` }),
    },
    relations: [
      ...services.map((one) => ({ type: 'affects' as const, to: { kind: 'Service' as const, id: one.id } })),
      ...(assigned?.id ? [{ type: 'assignedTo' as const, to: { kind: 'Person' as const, id: assigned.id } }] : []),
    ],
  }
}
