import { sweepOfAll, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import { personRef, plainName, serviceRef, teamRef } from '../../../skills/kit/entity-ids.js'
import type { Claim, Instant, Json, Ref } from '../../../skills/kit/model.js'
import { nameIncidents } from './name-incidents.js'
import { createPagerDutyClient, type PagerDutyOptions } from './pagerduty-client.js'

interface Reference {
  id: string
  summary: string
}
interface User extends Reference {
  name: string
  email: string
  time_zone: string
}
interface Service extends Reference {
  name: string
  description: string | null
  html_url: string | null
  escalation_policy: Reference
  teams?: Reference[]
}
interface Policy extends Reference {
  name: string
  escalation_rules: { targets: (Reference & { type: string })[] }[]
}
interface Schedule extends Reference {
  name: string
  time_zone: string
  teams?: Reference[]
}
interface OnCall {
  user: Reference
  schedule: Reference | null
  start: string | null
  end: string | null
}
interface Incident extends Reference {
  incident_number: number
  incident_key?: string | null
  title: string
  status: 'triggered' | 'acknowledged' | 'resolved'
  created_at: string
  resolved_at: string | null
  urgency: string
  service: Reference
  priority: Reference | null
  assignments?: { assignee: Reference }[]
  html_url: string | null
}

/** How far ahead shifts are read, so that "next Friday" and a day without PagerDuty are covered. */
const shiftDays = 21
/** How far back incidents are read. PagerDuty lists at most six months in one query. */
const incidentDays = 120
const day = 86_400_000

/** Who carries the pager, for which services, and what it rang for. */
export function pagerDutySource(
  options: PagerDutyOptions & {
    clock: { now(): Instant }
    /** Whether Nexus has an incident of its own by a name, other than the one with this id in PagerDuty. */
    isTaken(name: string, pagerDutyId: string): boolean
  },
): CatalogSource {
  const client = createPagerDutyClient(options)
  return {
    name: 'pagerduty',
    title: 'PagerDuty',
    sweep: sweepOfAll(async (signal) => {
      const now = Date.parse(options.clock.now())
      // Whole hours: the same shifts read a minute later are the same claims, so a second sync writes nothing.
      const hour = Math.floor(now / 3_600_000) * 3_600_000
      const shifts = { since: new Date(hour).toISOString(), until: new Date(hour + shiftDays * day).toISOString() }
      const history = {
        since: new Date(hour - incidentDays * day).toISOString(),
        until: new Date(hour + day).toISOString(),
      }
      const [users, services, policies, schedules, onCalls, incidents] = await Promise.all([
        client.list<User>('/users', 'users', {}, signal),
        client.list<Service>('/services', 'services', { 'include[]': ['escalation_policies', 'teams'] }, signal),
        client.list<Policy>('/escalation_policies', 'escalation_policies', {}, signal),
        client.list<Schedule>('/schedules', 'schedules', {}, signal),
        client.list<OnCall>('/oncalls', 'oncalls', shifts, signal),
        client.list<Incident>(
          '/incidents',
          'incidents',
          { ...history, 'statuses[]': ['triggered', 'acknowledged', 'resolved'] },
          signal,
        ),
      ])
      const people = new Map(users.map((user) => [user.id, personRef(user.email)]))
      const read = {
        people,
        policies: new Map(policies.map((policy) => [policy.id, policy])),
        services: new Map(services.map(({ id, name }) => [id, name])),
      }
      return [
        ...users.map(userClaim),
        ...services.map((service) => serviceClaim(service, read)),
        ...schedules.map((schedule) => scheduleClaim(schedule, onCalls, policies, read)),
        ...[...nameIncidents(incidents, options.isTaken)].map(([name, incident]) =>
          incidentClaim(name, incident, read),
        ),
      ]
    }),
  }
}

interface Read {
  people: ReadonlyMap<string, Ref>
  policies: ReadonlyMap<string, Policy>
  services: ReadonlyMap<string, string>
}

const userClaim = ({ id, name, email, time_zone }: User): Claim => ({
  ...personRef(email),
  name,
  props: { pagerDutyId: id, zone: time_zone },
})

function serviceClaim(
  { id, name, description, html_url, escalation_policy, teams }: Service,
  { policies }: Read,
): Claim {
  const schedules = (policies.get(escalation_policy.id)?.escalation_rules[0]?.targets ?? []).filter(({ type }) =>
    type.startsWith('schedule'),
  )
  return {
    ...serviceRef(name),
    name,
    props: { pagerDutyId: id, ...(description && { summary: description }), ...(html_url && { pagerUrl: html_url }) },
    relations: [
      ...schedules.map((schedule) => ({
        type: 'onCallBy' as const,
        to: scheduleRef(schedule.summary),
        why: escalation_policy.summary,
      })),
      ...(teams ?? []).map((team) => ({ type: 'ownedBy' as const, to: teamRef(team.summary), why: 'PagerDuty' })),
    ],
  }
}

const scheduleRef = (name: string): Ref => ({ kind: 'Schedule', id: plainName(name) })

function scheduleClaim(
  schedule: Schedule,
  onCalls: readonly OnCall[],
  policies: readonly Policy[],
  { people }: Read,
): Claim {
  const shifts = onCalls
    .filter(
      (onCall) =>
        onCall.schedule?.id === schedule.id &&
        people.has(onCall.user.id) &&
        onCall.start !== null &&
        onCall.end !== null,
    )
    .map((onCall) => ({
      person: people.get(onCall.user.id)!.id,
      from: new Date(onCall.start!).toISOString(),
      to: new Date(onCall.end!).toISOString(),
    }))
  const policy = policies.find(({ escalation_rules }) =>
    escalation_rules.some(({ targets }) => targets.some(({ id }) => id === schedule.id)),
  )
  const later = policy?.escalation_rules.slice(1).flatMap(({ targets }) => targets) ?? []
  const escalation = [...new Set(later.flatMap(({ id }) => people.get(id)?.id ?? []))]
  const unique = new Map(shifts.map((shift) => [`${shift.from} ${shift.person}`, shift]))
  const ordered = [...unique.values()].sort((a, b) => (a.from < b.from ? -1 : 1))
  return {
    ...scheduleRef(schedule.name),
    name: schedule.name,
    props: { pagerDutyId: schedule.id, zone: schedule.time_zone, shifts: ordered as unknown as Json, escalation },
    relations: (schedule.teams ?? []).map((team) => ({
      type: 'ownedBy' as const,
      to: teamRef(team.summary),
      why: 'PagerDuty',
    })),
  }
}

/** PagerDuty's usual priorities, as severities. */
const severities: Record<string, string> = { P1: 'sev0', P2: 'sev1', P3: 'sev2', P4: 'sev3', P5: 'sev4' }

function incidentClaim(name: string, incident: Incident, { people, services }: Read): Claim {
  const service = services.get(incident.service.id) ?? incident.service.summary
  const assignees = (incident.assignments ?? []).flatMap(({ assignee }) => people.get(assignee.id) ?? [])
  const priority = incident.priority?.summary ?? ''
  return {
    kind: 'Incident',
    id: name.toLowerCase(),
    name,
    props: {
      pagerDutyId: incident.id,
      title: incident.title,
      state: incident.status,
      service,
      severity: severities[priority] || priority || incident.urgency,
      opened: new Date(incident.created_at).toISOString(),
      ...(incident.resolved_at && { resolved: new Date(incident.resolved_at).toISOString() }),
      ...(incident.html_url && { pagerUrl: incident.html_url }),
    },
    relations: [
      { type: 'affects', to: serviceRef(service) },
      ...assignees.map((person) => ({ type: 'assignedTo' as const, to: person })),
    ],
  }
}
