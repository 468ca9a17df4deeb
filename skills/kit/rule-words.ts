import type { Role } from './model.js'
import type { Rule, Stage } from './proposal.js'

/** What the people who have a role are called. */
export const roleTitles: Record<Role, string> = {
  guest: 'Guests',
  developer: 'Developers',
  'team-lead': 'Team Leads',
  'platform-engineer': 'Platform Engineers',
  admin: 'Admins',
}

/** What one person with a role is called. */
export const roleTitle = (role: Role): string => roleTitles[role].replace(/s$/, '')

/**
 * A rule as people read it: "Team Leads of identity", "dana@contoso.example or lee@contoso.example".
 * @param nameOf what a team or a person is called; their catalog id unless told
 */
export function sayRule(rule: Rule, nameOf: (id: string) => string = (id) => id): string {
  if ('people' in rule) return rule.people.map(nameOf).join(' or ')
  return rule.team === undefined ? roleTitles[rule.role] : `${roleTitles[rule.role]} of ${nameOf(rule.team)}`
}

/** A stage as people read it: "1 of Platform Engineers"; a person who alone decides is named: "Lee Park". */
export const sayStage = ({ who, need }: Stage, nameOf?: (id: string) => string): string =>
  'people' in who && who.people.length === 1 ? sayRule(who, nameOf) : `${need} of ${sayRule(who, nameOf)}`
