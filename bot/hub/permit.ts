import { Fault } from '../../skills/kit/errors.js'
import type { Decision } from '../../skills/kit/plan.js'
import { roles, type Person, type Role } from '../../skills/kit/model.js'
import { roleTitles } from '../../skills/kit/rule-words.js'

/**
 * Whether a person may use a command that needs a role. Roles are ordered; the highest a person has counts.
 * @returns the decision with the reason people see
 */
export function permit(person: Pick<Person, 'roles' | 'name'>, needed: Role, what: string): Decision {
  const rank = Math.max(-1, ...person.roles.map((role) => roles.indexOf(role)))
  if (rank >= roles.indexOf(needed)) return { allowed: true, reason: `${roleTitles[needed]} may use ${what}` }
  return {
    allowed: false,
    reason: `Only ${roleTitles[needed]} may use ${what}.`,
    wayOn: 'An Admin of Nexus can add you to the group that has this role.',
  }
}

/** @throws Fault NotAllowed with the decision's reason, where it stands against something */
export function demand(decision: Decision | undefined): void {
  if (decision && !decision.allowed) throw new Fault('NotAllowed', decision.reason, decision.wayOn)
}
