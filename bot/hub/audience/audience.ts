import { areas, type Area } from '../../../skills/kit/audience.js'
import { roles, type Kind, type Role } from '../../../skills/kit/model.js'
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

/** Kinds of things that belong to an area of their own, wherever they are shown. */
const areaOfKind: Partial<Record<Kind, Area>> = {
  Incident: 'incidents',
  Schedule: 'on-call',
  Pipeline: 'pipelines',
  Deployment: 'deployments',
}

/** Whether an answer may be said to an audience: what it is about, and the least role that may ask for it. */
export function mayHear({ name, see, role }: Audience, said: { area?: Area | undefined; role: Role }): Decision {
  if (said.area !== undefined && !see.includes(said.area)) return no(`${name} is not for ${titles[said.area]}.`)
  if (roles.indexOf(said.role) > roles.indexOf(role))
    return no(`It is for ${roleTitles[said.role]}, and others are in ${name} too.`)
  return { allowed: true, reason: `Everyone in ${name} may see it.` }
}

/** Whether a thing of the catalog may be shown to an audience. @param classes of restricted data that it holds, its own and its whole's */
export function maySee({ name, see, data }: Audience, kind: Kind, classes: readonly string[]): Decision {
  const area = areaOfKind[kind]
  if (area !== undefined && !see.includes(area)) return no(`${name} is not for ${titles[area]}.`)
  const restricted = classes.find((one) => !data.includes(one))
  if (restricted !== undefined) return no(`${name} is not cleared for ${restricted} data.`)
  return { allowed: true, reason: `Everyone in ${name} may see it.` }
}

const titles: Record<Area, string> = {
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
