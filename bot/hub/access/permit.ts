import type { Area } from '../../../skills/kit/audience.js'
import { meetsFilter, type FilterWorld } from '../../../skills/kit/catalog/meets-filter.js'
import type { Effect } from '../../../skills/kit/effect.js'
import { Fault } from '../../../skills/kit/errors.js'
import { roles, type Entity, type Person, type Role } from '../../../skills/kit/model.js'
import type { Decision } from '../../../skills/kit/plan.js'
import { roleTitles } from '../../../skills/kit/rule-words.js'
import type { Registered } from '../registry.js'
import type { Sight } from './sight.js'

/** What somebody wants to do, as far as it decides who may: a command, or an address of the hub. */
export interface Use {
  /** As people read it: `/action vm.restart`. */
  title: string
  /** The least role that may. */
  role: Role
  /** Id of the command; absent where no custom role can have it. */
  command?: string
  effect?: Effect
  area?: Area | undefined
}

/** A question of permission: whether somebody may use something, or a reader may see something. */
export type PermitQuestion =
  { person: Pick<Person, 'roles' | 'customRoles'>; use: Use } | { sight: Sight; see: Entity; world: FilterWorld }

/** A decision on seeing: whether the name may be told of what is hidden. */
export interface SightDecision extends Decision {
  secret?: true
  /** Set where somebody of the team that owns it would see it. */
  owningTeam?: true
}

/** The one place where permission is decided. Pure; the reason is what people read, and the way on says who can grant what is missing. */
export function permit(question: PermitQuestion): SightDecision {
  return 'use' in question ? permitUse(question.person, question.use) : permitSight(question)
}

/** A registered command as something to be used. */
export const useOf = ({ info, skill }: Pick<Registered, 'info' | 'skill'>): Use => ({
  title: info.slash,
  role: info.role,
  command: info.id,
  effect: info.effect,
  area: skill.area,
})

function permitUse(person: Pick<Person, 'roles' | 'customRoles'>, use: Use): Decision {
  const greatest = Math.max(-1, ...person.roles.map((role) => roles.indexOf(role)))
  if (greatest >= roles.indexOf(use.role))
    return { allowed: true, reason: `${roleTitles[use.role]} may use ${use.title}` }
  const given = person.customRoles?.find((role) => gives(role, use))
  if (given) return { allowed: true, reason: `The role ${given.title} may use ${use.title}` }
  const has = greatest < 0 ? 'no role' : `the role ${titleOf[roles[greatest]!]}`
  return {
    allowed: false,
    reason: `Only ${roleTitles[use.role]} may use ${use.title}. You have ${has}; the role ${titleOf[use.role]} is missing.`,
    wayOn: 'An Admin of Nexus can add you to the group that has this role.',
  }
}

const titleOf: Record<Role, string> = {
  guest: 'Guest',
  developer: 'Developer',
  'team-lead': 'Team Lead',
  'platform-engineer': 'Platform Engineer',
  admin: 'Admin',
}

/** Whether a custom role gives a use that its holders would not have by their other roles. */
export function gives(
  { commands, areas }: NonNullable<Person['customRoles']>[number],
  { command, effect, area }: Use,
): boolean {
  if (command === undefined) return false
  const skill = command.split('.')[0]!
  const named = commands.includes(command) || (effect !== 'change' && commands.includes(`${skill}.*`))
  return named || (effect === 'read' && area !== undefined && areas.includes(area))
}

function permitSight({ sight, see, world }: Extract<PermitQuestion, { see: Entity }>): SightDecision {
  // What hides beats what shows.
  const closing = sight.closes.find(({ hides }) => meetsFilter(see, hides, world))
  if (closing) {
    const { reason, wayOn, secret, owningTeam } = closing
    return { allowed: false, reason, wayOn, ...(secret && { secret }), ...(owningTeam && { owningTeam }) }
  }
  const opening = sight.opens.find(({ shows }) => meetsFilter(see, shows, world))
  return opening
    ? { allowed: true, reason: opening.reason }
    : {
        allowed: false,
        reason: 'Guests see only what they were given, and this is not among it.',
        wayOn: 'An Admin of Nexus can give it to you, in policies/roles.yaml.',
        secret: true,
      }
}

/** @throws Fault NotAllowed with the decision's reason, where it stands against something */
export function demand(decision: Decision | undefined): void {
  if (decision && !decision.allowed) throw new Fault('NotAllowed', decision.reason, decision.wayOn)
}

/** A decision in words: what stands against it, and who can grant what is missing. */
export const sayDecision = ({ reason, wayOn }: Decision): string => [reason, wayOn].filter(Boolean).join(' ')
