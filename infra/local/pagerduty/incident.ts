import type { Organisation } from '../organisation/model.js'
import { invalid } from './answers.js'
import { priorities, type Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import { pagedAt, type Overrides } from './on-call.js'

export type Status = 'triggered' | 'acknowledged' | 'resolved'
export type Urgency = 'high' | 'low'

/** One line of an incident's history; `by` is absent where PagerDuty acted by itself. People are short ids. */
export interface LogEntry {
  type: 'trigger' | 'assign' | 'acknowledge' | 'unacknowledge' | 'annotate' | 'snooze' | 'escalate' | 'resolve'
  at: number
  by?: string
  /** Whom it was assigned to. */
  to?: string[]
  /** A note's text. */
  text?: string
}

/** An incident as the state keeps it. Times are milliseconds since 1970, people and services short ids. */
export interface Incident {
  id: string
  number: number
  /** PagerDuty's `incident_key`: one open incident a service and key. */
  key: string
  title: string
  details: string
  service: string
  status: Status
  urgency: Urgency
  priority?: (typeof priorities)[number]
  created: number
  updated: number
  statusChanged: number
  statusChangedBy?: string
  resolved?: number
  assigned: { person: string; at: number }[]
  acknowledged: { person: string; at: number }[]
  /** Level of the escalation policy that was paged last. */
  level: number
  /** When an acknowledged incident triggers again. */
  snoozedUntil?: number
  notes: { id: string; by: string; at: number; text: string }[]
  log: LogEntry[]
}

const touch = (incident: Incident, entry: LogEntry): void => {
  incident.log.push(entry)
  incident.updated = entry.at
}

function move(incident: Incident, status: Status, at: number, by: string | undefined): void {
  incident.status = status
  incident.statusChanged = at
  if (by === undefined) delete incident.statusChangedBy
  else incident.statusChangedBy = by
}

/** Refuses a change of an incident that is over. */
function checkOpen(incident: Incident): void {
  if (incident.status === 'resolved') throw invalid('Incident Already Resolved')
}

/** Somebody takes note; acknowledging again adds them. */
export function acknowledge(incident: Incident, by: string, at: number): void {
  checkOpen(incident)
  if (!incident.acknowledged.some(({ person }) => person === by)) incident.acknowledged.push({ person: by, at })
  delete incident.snoozedUntil
  move(incident, 'acknowledged', at, by)
  touch(incident, { type: 'acknowledge', at, by })
}

/** Ends an incident, with a note where a resolution is given. */
export function resolve(incident: Incident, by: string, at: number, resolution?: string): void {
  checkOpen(incident)
  if (resolution) annotate(incident, by, at, `Resolution Note: ${resolution}`)
  incident.resolved = at
  incident.assigned = []
  delete incident.snoozedUntil
  move(incident, 'resolved', at, by)
  touch(incident, { type: 'resolve', at, by })
}

/** Hands an incident to people; it has to be acknowledged again. */
export function assign(incident: Incident, by: string, at: number, people: string[]): void {
  checkOpen(incident)
  incident.assigned = people.map((person) => ({ person, at }))
  incident.acknowledged = []
  delete incident.snoozedUntil
  if (incident.status !== 'triggered') move(incident, 'triggered', at, by)
  touch(incident, { type: 'assign', at, by, to: people })
}

/** Pages another level of the escalation policy. */
export function escalate(incident: Incident, by: string, at: number, level: number, person: string): void {
  assign(incident, by, at, [person])
  incident.level = level
  incident.log.at(-1)!.type = 'escalate'
}

/** Puts an incident off: acknowledged until then, triggered after. */
export function snooze(incident: Incident, by: string, at: number, seconds: number): void {
  acknowledge(incident, by, at)
  incident.snoozedUntil = at + seconds * 1000
  touch(incident, { type: 'snooze', at, by })
}

/** Adds a note and gives it. */
export function annotate(incident: Incident, by: string, at: number, text: string): Incident['notes'][number] {
  const note = { id: pagerDutyId('note', `${incident.id}/${incident.notes.length}`), by, at, text }
  incident.notes.push(note)
  touch(incident, { type: 'annotate', at, by, text })
  return note
}

/** Triggers an incident again whose snooze has run out; true where it did. */
export function wake(incident: Incident, now: number): boolean {
  const at = incident.snoozedUntil
  if (at === undefined || at > now) return false
  delete incident.snoozedUntil
  incident.acknowledged = []
  move(incident, 'triggered', at, undefined)
  touch(incident, { type: 'unacknowledge', at })
  return true
}

/** What a new incident is made of. */
export interface NewIncident {
  number: number
  service: string
  title: string
  details: string
  urgency: Urgency
  priority?: (typeof priorities)[number]
  key?: string
  level: number
  assigned: string[]
  by?: string
}

/** A triggered incident, assigned. */
export function trigger(from: NewIncident, at: number): Incident {
  const { number, service, title, details, urgency, priority, level, by, assigned: to } = from
  const id = pagerDutyId('incident', String(number))
  const key = from.key ?? pagerDutyId('alert', String(number)).toLowerCase()
  return {
    ...{ id, number, key, title, details, service, urgency, level, status: 'triggered' as const },
    ...(priority && { priority }),
    ...{ created: at, updated: at, statusChanged: at },
    assigned: to.map((person) => ({ person, at })),
    acknowledged: [],
    notes: [],
    log: [
      { type: 'trigger', at, ...(by && { by }) },
      { type: 'assign', at, to },
    ],
  }
}

/** PagerDuty's incidents at the first start: the organisation's, replayed through the same transitions. */
export function seedIncidents(org: Organisation, directory: Directory, overrides: Overrides): Incident[] {
  return org.incidents.flatMap((past) => {
    const service = directory.services.find(({ id }) => id === past.service)
    if (!service) return [] // a service without a pager has no incidents there
    const opened = Date.parse(past.opened)
    const paged = pagedAt(directory, overrides, directory.policyOf(service), opened)
    const owner = past.assigned ?? paged?.person.id ?? directory.policyOf(service).team.lead
    const severity = Number(past.severity.slice(3))
    const urgency = severity <= 2 ? 'high' : 'low'
    const priority = priorities[severity]!
    const { number, title, cause } = past
    const base = { number, service: service.id, title, details: title, urgency, priority } as const
    const incident = trigger({ ...base, level: paged?.level ?? 1, assigned: [owner] }, opened)
    if (past.acknowledged) acknowledge(incident, past.acknowledgedBy ?? owner, Date.parse(past.acknowledged))
    for (const { by, at, text } of past.notes) annotate(incident, by, Date.parse(at), text)
    if (past.resolved)
      resolve(incident, past.resolvedBy ?? past.acknowledgedBy ?? owner, Date.parse(past.resolved), cause)
    return [incident]
  })
}
