import type { GroupRoles } from '../../../skills/kit/group-roles.js'
import { everything, type Filter } from '../../../skills/kit/catalog/filter.js'
import type { Role } from '../../../skills/kit/model.js'

/** Whom a rule is about. A role means those up to it where a rule hides, and those from it on where it shows. */
export type Subject =
  'everyone' | { role: Role } | { custom: string } | { person: string } | { team: string } | 'owning-team'

/** Keeps things from people, whatever shows them. */
export interface HidingRule {
  name: string
  hides: Filter
  from: readonly Subject[]
  unless: readonly Subject[]
  /** Whether not even the name of what it hides is told. */
  secret: boolean
  /** Set where it stands for a rule that cannot be read. */
  broken?: true
}

/** Shows things to people who see only what they were given. */
export interface ShowingRule {
  name: string
  shows: Filter
  to: readonly Subject[]
}

/** What an organisation has decided of who may use and see what, beside the roles that commands ask for. */
export interface AccessPolicy extends GroupRoles {
  hiding: readonly HidingRule[]
  showing: readonly ShowingRule[]
}

/** The policy of who has written none: employees see everything, guests nothing. */
export const openPolicy: AccessPolicy = { groups: {}, roles: [], hiding: [], showing: [] }

/**
 * What stands in the place of a rule that cannot be read: it hides everything from those it names, who are no Admins.
 * @param name why, as the end of a sentence; everybody reads it, so it names nothing that a rule might hide
 */
export const closedRule = (name: string, from: readonly Subject[] = ['everyone']): HidingRule => ({
  name,
  hides: everything,
  from,
  unless: [{ role: 'admin' }],
  secret: false,
  broken: true,
})

/** The policy while nobody can read what was decided: Admins see the catalog, for they could change the policy, and nobody else does. */
export const unreadPolicy: AccessPolicy = { ...openPolicy, hiding: [closedRule('the access policy cannot be read')] }
