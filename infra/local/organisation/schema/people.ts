import { z } from 'zod/v4'
import { id, moment } from './terms.js'

/** people.yaml */
export const Person = z.strictObject({
  id,
  name: z.string(),
  title: z.string(),
  team: id.optional(),
  roles: z.array(z.enum(['developer', 'team-lead', 'platform-engineer', 'admin'])).min(1),
  /** IANA zone. */
  zone: z.string(),
  locale: z.string().default('en-GB'),
  phone: z.string().optional(),
  manager: id.optional(),
  github: z.string().optional(),
  guest: z.boolean().default(false),
})

/** teams.yaml */
export const Team = z.strictObject({
  id,
  name: z.string(),
  summary: z.string().default(''),
  lead: id,
  /** Channels of the team in Teams; each is a place named by its id. */
  channels: z.array(z.strictObject({ id, name: z.string() })).min(1),
})

/** on-call.yaml: schedules of PagerDuty and Opsgenie; every paged service of a team uses the team's escalation policy in PagerDuty. */
export const Schedule = z.strictObject({
  id,
  name: z.string(),
  team: id,
  /** Where it is kept; in PagerDuty unless told. */
  pager: z.enum(['pagerduty', 'opsgenie']).optional(),
  zone: z.string(),
  /** In rotation order. */
  people: z.array(id).min(1),
  /** First hand-over; later ones follow every `turn` in the schedule's zone, daylight saving right. */
  start: moment,
  turn: z.strictObject({ days: z.int().positive() }),
  /** Hand-over time of day in the schedule's zone, `HH:mm`. */
  handover: z.string().regex(/^\d\d:\d\d$/),
  overrides: z.array(z.strictObject({ person: id, from: moment, to: moment })).default([]),
  /** Who is asked when the person on call does not answer. */
  escalation: z.array(id).default([]),
})
