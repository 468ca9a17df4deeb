import type { Directory } from './directory.js'
import { pagerDutyId } from './ids.js'
import type { Incident, LogEntry } from './incident.js'
import { isoIn } from '../rotation/zoned-time.js'

/** How incidents and what belongs to them look in answers; `zone` is the one that times are written in. */
export class IncidentDocuments {
  constructor(
    readonly directory: Directory,
    readonly zone: string,
  ) {}

  #at = (instant: number): string => isoIn(instant, this.zone)
  #user = (id: string) => this.directory.userReference(this.directory.person(id))
  #service = (incident: Incident) => this.directory.services.find(({ id }) => id === incident.service)!
  reference = (incident: Incident) =>
    this.directory.reference('incident', String(incident.number), `[#${incident.number}] ${incident.title}`)

  /** An incident in full. `include[]` may expand `notes`. */
  incident = (incident: Incident, include: string[] = []): Record<string, unknown> => {
    const service = this.#service(incident)
    const policy = this.directory.policyOf(service)
    const changer = incident.statusChangedBy
    const alerts = 1
    return {
      ...this.reference(incident),
      type: 'incident',
      incident_number: incident.number,
      title: incident.title,
      description: incident.title,
      status: incident.status,
      incident_key: incident.key,
      urgency: incident.urgency,
      priority: incident.priority ? this.directory.priorityDocument(incident.priority) : null,
      created_at: this.#at(incident.created),
      updated_at: this.#at(incident.updated),
      resolved_at: incident.resolved === undefined ? null : this.#at(incident.resolved),
      last_status_change_at: this.#at(incident.statusChanged),
      last_status_change_by: changer ? this.#user(changer) : this.directory.serviceReference(service),
      service: this.directory.serviceReference(service),
      escalation_policy: this.directory.policyReference(policy),
      teams: [this.directory.teamReference(policy.team)],
      assigned_via: 'escalation_policy',
      assignments: incident.assigned.map(({ person, at }) => ({ at: this.#at(at), assignee: this.#user(person) })),
      acknowledgements: incident.acknowledged.map(({ person, at }) => ({
        at: this.#at(at),
        acknowledger: this.#user(person),
      })),
      pending_actions:
        incident.snoozedUntil === undefined ? [] : [{ type: 'unacknowledge', at: this.#at(incident.snoozedUntil) }],
      alert_counts: {
        all: alerts,
        triggered: incident.status === 'resolved' ? 0 : alerts,
        resolved: incident.status === 'resolved' ? alerts : 0,
      },
      is_mergeable: incident.status !== 'resolved',
      incidents_responders: [],
      responder_requests: [],
      subscriber_requests: [],
      first_trigger_log_entry: this.#logReference(incident, 0),
      body: { type: 'incident_body', details: incident.details },
      ...(include.includes('notes') && { notes: incident.notes.map(this.note) }),
    }
  }

  note = ({ id, by, at, text }: Incident['notes'][number]) => ({
    id,
    user: this.#user(by),
    content: text,
    created_at: this.#at(at),
    channel: { summary: 'The PagerDuty website or APIs' },
  })

  #logReference(incident: Incident, index: number) {
    const { type } = incident.log[index]!
    const self = `${this.reference(incident).self}/log_entries/${index}`
    const id = pagerDutyId('log_entry', `${incident.id}/${index}`)
    return { id, type: `${type}_log_entry_reference`, summary: type, self, html_url: null }
  }

  /** A line of the history. */
  logEntry = (incident: Incident, entry: LogEntry): Record<string, unknown> => {
    const service = this.#service(incident)
    return {
      ...this.#logReference(incident, incident.log.indexOf(entry)),
      type: `${entry.type}_log_entry`,
      summary: summaryOf(entry, (id) => this.directory.person(id).name),
      created_at: this.#at(entry.at),
      agent: entry.by ? this.#user(entry.by) : this.directory.serviceReference(service),
      channel: { type: entry.by ? 'api' : 'auto', ...(entry.text && { summary: entry.text }) },
      service: this.directory.serviceReference(service),
      incident: this.reference(incident),
      teams: [this.directory.teamReference(this.directory.policyOf(service).team)],
      contexts: [],
      ...(entry.to && { assignees: entry.to.map(this.#user) }),
      ...(entry.text && { note: entry.text }),
    }
  }

  /** The alert that an incident was made of. */
  alert = (incident: Incident): Record<string, unknown> => {
    const id = pagerDutyId('alert', incident.id)
    return {
      id,
      type: 'alert',
      summary: incident.title,
      self: `${this.reference(incident).self}/alerts/${id}`,
      html_url: null,
      status: incident.status === 'resolved' ? 'resolved' : 'triggered',
      alert_key: incident.key,
      severity: incident.urgency === 'high' ? 'critical' : 'warning',
      suppressed: false,
      created_at: this.#at(incident.created),
      service: this.directory.serviceReference(this.#service(incident)),
      incident: this.reference(incident),
      body: { type: 'alert_body', details: { description: incident.details } },
    }
  }
}

/** A history line in words. */
function summaryOf({ type, by, to }: LogEntry, nameOf: (person: string) => string): string {
  const who = by ? `by ${nameOf(by)}` : 'by the service'
  const whom = (to ?? []).map(nameOf).join(', ')
  const words: Record<LogEntry['type'], string> = {
    trigger: `Triggered ${who}`,
    assign: `Assigned to ${whom}`,
    escalate: `Escalated to ${whom}`,
    acknowledge: `Acknowledged ${who}`,
    unacknowledge: 'Unacknowledged because the snooze ended',
    annotate: `Note added ${who}`,
    snooze: `Snoozed ${who}`,
    resolve: `Resolved ${who}`,
  }
  return words[type]
}
