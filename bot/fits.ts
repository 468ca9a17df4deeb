import { roles, type Person, type Role } from '../skills/kit/model.js'
import type { Rule } from '../skills/kit/proposal.js'

/** Whether a person has a role or a greater one. */
const hasRole = (person: Pick<Person, 'roles'>, role: Role): boolean =>
  person.roles.some((one) => roles.indexOf(one) >= roles.indexOf(role))

/**
 * Whether a person fits a rule.
 * @param teams catalog ids of the teams the person is a member of
 */
export const fits = (rule: Rule, person: Pick<Person, 'roles' | 'id'>, teams: readonly string[]): boolean =>
  'people' in rule
    ? rule.people.includes(person.id)
    : hasRole(person, rule.role) && (rule.team === undefined || teams.includes(rule.team))
