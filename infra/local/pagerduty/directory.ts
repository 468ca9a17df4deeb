import type { Organisation } from '../organisation/model.js'
import { upnOf } from '../organisation/object-ids.js'
import { pagerDutyId, type Kind, type Reference } from './ids.js'

type Person = Organisation['people'][number]
type Team = Organisation['teams'][number]
type Service = Organisation['services'][number]
type Schedule = Organisation['schedules'][number]

/** Who or what a level of an escalation policy pages. */
export type Target = { person: Person } | { schedule: Schedule }

/** A team's escalation policy: its schedules, each a level, then the people who are asked next. */
export interface Policy {
  team: Team
  levels: Target[]
}

/** Minutes until a level that does not answer is passed. */
const ESCALATION_DELAY = 15
/** PagerDuty's priorities; `P1` is the most severe. */
export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const

/** PagerDuty's account of an organisation: what does not change while it runs. Everyone but guests is a user. */
export class Directory {
  readonly users: Person[]
  readonly teams: Team[]
  /** Paged services that a team owns: only these can have an escalation policy, which PagerDuty requires. */
  readonly services: Service[]
  readonly schedules: Schedule[]
  readonly policies: Policy[]
  readonly #base: string
  readonly #site: string
  readonly #org: Organisation

  constructor(org: Organisation, base: string) {
    this.#org = org
    this.#base = `${base}/pagerduty`
    this.#site = `https://${org.domain.split('.')[0]}.pagerduty.com`
    this.users = org.people.filter((person) => !person.guest)
    this.teams = org.teams
    this.services = org.services.filter((service) => service.paged && service.team !== undefined)
    this.schedules = org.schedules.filter(({ pager }) => pager !== 'opsgenie')
    this.policies = org.teams.map((team) => this.#policyOf(team))
  }

  #policyOf(team: Team): Policy {
    const schedules = this.schedules.filter((schedule) => schedule.team === team.id)
    const named = schedules.flatMap((schedule) => schedule.escalation)
    const people = [...new Set(schedules.length > 0 ? named : [team.lead])].map((id) => this.person(id))
    return { team, levels: [...schedules.map((schedule) => ({ schedule })), ...people.map((person) => ({ person }))] }
  }

  /** A person by their short id in the organisation. */
  person(id: string): Person {
    return this.#org.people.find((person) => person.id === id)!
  }

  /** The user that a PagerDuty id or an e-mail address names. */
  user = (idOrMail: unknown): Person | undefined =>
    this.users.find(({ id }) => pagerDutyId('user', id) === idOrMail || upnOf(this.#org, id) === idOrMail)
  team = (id: string): Team | undefined => this.teams.find((team) => pagerDutyId('team', team.id) === id)
  service = (id: unknown): Service | undefined =>
    this.services.find((service) => pagerDutyId('service', service.id) === id)
  schedule = (id: string): Schedule | undefined =>
    this.schedules.find((schedule) => pagerDutyId('schedule', schedule.id) === id)
  policy = (id: unknown): Policy | undefined =>
    this.policies.find(({ team }) => pagerDutyId('escalation_policy', team.id) === id)
  policyOf = (service: Service): Policy => this.policies.find(({ team }) => team.id === service.team)!

  /** The reference to a resource: `name` is its short id in the organisation, `summary` what people see. */
  reference(kind: Kind, name: string, summary: string): Reference {
    const id = pagerDutyId(kind, name)
    const plural =
      kind === 'escalation_policy' ? 'escalation_policies' : kind === 'priority' ? 'priorities' : `${kind}s`
    return {
      id,
      type: kind === 'priority' ? 'priority' : `${kind}_reference`,
      summary,
      self: `${this.#base}/${plural}/${id}`,
      html_url: `${this.#site}/${kind === 'service' ? 'service-directory' : plural}/${id}`,
    }
  }
  userReference = (person: Person): Reference => this.reference('user', person.id, person.name)
  teamReference = (team: Team): Reference => this.reference('team', team.id, team.name)
  serviceReference = (service: Service): Reference => this.reference('service', service.id, service.id)
  scheduleReference = (schedule: Schedule): Reference => this.reference('schedule', schedule.id, schedule.name)
  policyReference = ({ team }: Policy): Reference => this.reference('escalation_policy', team.id, team.name)

  /** A user in full. */
  userDocument = (person: Person): Record<string, unknown> => ({
    ...this.userReference(person),
    type: 'user',
    name: person.name,
    email: upnOf(this.#org, person.id),
    time_zone: person.zone,
    color: 'purple',
    avatar_url: `${this.#site}/avatars/${pagerDutyId('user', person.id)}.png`,
    billed: true,
    role: person.roles.includes('admin') ? 'admin' : person.roles.includes('developer') ? 'limited_user' : 'user',
    description: null,
    invitation_sent: false,
    job_title: person.title,
    locale: person.locale,
    teams: this.teams.filter((team) => team.id === person.team).map(this.teamReference),
    contact_methods: this.contactMethods(person).map(({ id, type, summary, self }) => ({
      id,
      type: `${type}_reference`,
      summary,
      self,
      html_url: null,
    })),
    notification_rules: [],
    coordinated_incidents: [],
  })

  /** How a person can be reached: e-mail, and by phone and text message where they have a number. */
  contactMethods(person: Person): { id: string; type: string; summary: string; self: string; address: string }[] {
    const user = pagerDutyId('user', person.id)
    const method = (type: string, label: string, address: string, more: object = {}) => {
      const id = pagerDutyId('contact_method', `${person.id}/${type}`)
      const self = `${this.#base}/users/${user}/contact_methods/${id}`
      return { id, type, summary: label, self, html_url: null, label, address, ...more }
    }
    const mail = method('email_contact_method', 'Default', upnOf(this.#org, person.id), { send_short_email: false })
    if (!person.phone) return [mail]
    const { country_code, address } = phoneParts(person.phone)
    return [
      mail,
      method('phone_contact_method', 'Mobile', address, { country_code, blacklisted: false }),
      method('sms_contact_method', 'Mobile', address, { country_code, blacklisted: false, enabled: true }),
    ]
  }

  teamDocument = (team: Team): Record<string, unknown> => ({
    ...this.teamReference(team),
    type: 'team',
    name: team.name,
    description: team.summary || null,
    default_role: 'manager',
    parent: null,
  })

  /** A service in full; `status` is the gravest state of its open incidents. */
  serviceDocument = (service: Service, status: string, lastIncident: string | null): Record<string, unknown> => {
    const policy = this.policyOf(service)
    return {
      ...this.serviceReference(service),
      type: 'service',
      name: service.id,
      description: service.summary,
      status,
      created_at: '2024-01-15T09:00:00Z',
      last_incident_timestamp: lastIncident,
      auto_resolve_timeout: null,
      acknowledgement_timeout: null,
      alert_creation: 'create_alerts_and_incidents',
      incident_urgency_rule: { type: 'constant', urgency: 'high' },
      support_hours: null,
      scheduled_actions: [],
      escalation_policy: this.policyReference(policy),
      teams: [this.teamReference(policy.team)],
      integrations: [],
      addons: [],
    }
  }

  policyDocument = (policy: Policy): Record<string, unknown> => ({
    ...this.policyReference(policy),
    type: 'escalation_policy',
    name: policy.team.name,
    description: null,
    num_loops: 2,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: policy.levels.map((target, level) => ({
      id: pagerDutyId('layer', `${policy.team.id}/rule/${level}`),
      escalation_delay_in_minutes: ESCALATION_DELAY,
      targets: ['person' in target ? this.userReference(target.person) : this.scheduleReference(target.schedule)],
    })),
    services: this.services.filter((service) => service.team === policy.team.id).map(this.serviceReference),
    teams: [this.teamReference(policy.team)],
  })

  /** A schedule without its entries. */
  scheduleDocument = (schedule: Schedule): Record<string, unknown> => ({
    ...this.scheduleReference(schedule),
    type: 'schedule',
    name: schedule.name,
    time_zone: schedule.zone,
    description: null,
    web_cal_url: null,
    personal_web_cal_url: null,
    users: schedule.people.map((id) => this.userReference(this.person(id))),
    escalation_policies: this.policies
      .filter(({ levels }) => levels.some((target) => 'schedule' in target && target.schedule === schedule))
      .map(this.policyReference),
    teams: this.teams.filter((team) => team.id === schedule.team).map(this.teamReference),
  })

  priorityDocument = (name: (typeof priorities)[number]): Record<string, unknown> => ({
    ...this.reference('priority', name, name),
    name,
    description: `Severity ${Number(name.slice(1)) - 1}`,
    order: 1 << (2 * (priorities.length - priorities.indexOf(name))),
    color: ['a8171c', 'eb6016', 'f9b406', '555555', '555555'][priorities.indexOf(name)],
  })
}

/** A number such as `+49 30 1234567` as PagerDuty keeps it: country code and the rest, without punctuation. */
function phoneParts(phone: string): { country_code: number; address: string } {
  const [, code, rest] = /^\+(1|7|\d{2,3}(?=\D)|\d{2})(.*)$/.exec(phone.trim()) ?? [undefined, '1', phone]
  return { country_code: Number(code), address: rest!.replace(/\D/g, '') }
}
