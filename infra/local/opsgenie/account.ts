import type { Organisation } from '../organisation/model.js'
import { upnOf } from '../organisation/object-ids.js'
import type { Override } from '../rotation/rotation.js'
import { opsgenieId } from './ids.js'

export type Person = Organisation['people'][number]
export type Team = Organisation['teams'][number]
export type Schedule = Organisation['schedules'][number]

/** An organisation's account at Opsgenie: the schedules that are kept there, their teams, and the people of these. */
export class Account {
  readonly schedules: Schedule[]
  readonly teams: Team[]
  readonly users: Person[]
  readonly #org: Organisation

  constructor(org: Organisation) {
    this.#org = org
    this.schedules = org.schedules.filter(({ pager }) => pager === 'opsgenie')
    this.teams = org.teams.filter(({ id }) => this.schedules.some(({ team }) => team === id))
    this.users = org.people.filter(({ team, guest }) => !guest && this.teams.some(({ id }) => id === team))
  }

  mail = ({ id }: Person): string => upnOf(this.#org, id)
  person = (id: string): Person => this.#org.people.find((person) => person.id === id)!
  /** The user whom an id or a username (the mail address) names. */
  user = (idOrName: unknown): Person | undefined =>
    this.users.find((person) => opsgenieId('user', person.id) === idOrName || this.mail(person) === idOrName)
  /** The schedule that an id or a name means. */
  schedule = (identifier: string, by: string): Schedule | undefined =>
    this.schedules.find(({ id, name }) => (by === 'name' ? name : opsgenieId('schedule', id)) === identifier)
}

/** What the local Opsgenie remembers: overrides by the schedule's short id; an override's id is its alias. */
export type OverridesOf = Record<string, Override[]>

/** What an organisation's schedules start with. */
export const seedOverrides = (account: Account): OverridesOf =>
  Object.fromEntries(
    account.schedules.map(({ id, overrides }) => [
      id,
      overrides.map(({ person, from, to }, index) => ({
        id: opsgenieId('schedule', `${id}/${index}`),
        person,
        start: Date.parse(from),
        end: Date.parse(to),
      })),
    ]),
  )
