import { areas, type Area } from '../../../skills/kit/audience.js'
import { roles, type Role } from '../../../skills/kit/model.js'
import type { Decision } from '../../../skills/kit/plan.js'
import { roleTitles } from '../../../skills/kit/rule-words.js'

/** Who reads along in a channel or a group, as far as it decides what is said there. */
export interface Audience {
  /** The place as people call it: "#releases". */
  name: string
  see: readonly Area[]
  /** Classes of restricted data, such as `cardholder`, that everyone there may see. */
  data: readonly string[]
  /** The least role that everyone there has. */
  role: Role
  /** Catalog ids of the teams of which everyone there is a member. */
  teams?: readonly string[]
}

/** What a place says of its audience; the place has its name. */
export type DeclaredAudience = Omit<Audience, 'name'>

/**
 * The audience of a place that nobody declared. Everybody of the organisation may be there, and join tomorrow, so it is what every employee
 * may ask for anyway: each of these areas is read with the least role there is. Costs and the audit log name people and money, restricted
 * data has a class for a reason, and what takes a greater role is kept from those without it: these want a declaration.
 */
export const undeclaredAudience: DeclaredAudience = {
  see: areas.filter((area) => area !== 'audit' && area !== 'cost'),
  data: [],
  role: 'developer',
}

/** Nobody may see anything: the audience of every place while nobody can read what was declared. */
export const unknownAudience: DeclaredAudience = { see: [], data: [], role: 'guest' }

/** Whether an answer may be said to an audience: what it is about, and the least role that may ask for it. */
export function mayHear({ name, see, role }: Audience, said: { area?: Area | undefined; role: Role }): Decision {
  if (said.area !== undefined && !see.includes(said.area)) return no(`${name} is not for ${titleOfArea[said.area]}.`)
  if (roles.indexOf(said.role) > roles.indexOf(role))
    return no(`It is for ${roleTitles[said.role]}, and others are in ${name} too.`)
  return { allowed: true, reason: `Everyone in ${name} may see it.` }
}

/** What answers of an area are about, as people read it. */
export const titleOfArea: Record<Area, string> = {
  catalog: 'the catalog',
  'on-call': 'on-call',
  incidents: 'incidents',
  deployments: 'deployments',
  pipelines: 'pipelines',
  metrics: 'metrics',
  cost: 'costs',
  audit: 'the audit log',
}

const no = (reason: string): Decision => ({ allowed: false, reason })
