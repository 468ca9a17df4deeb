import type { Filter } from './catalog/filter.js'
import type { RelationType, Step } from './catalog/relation-types.js'
import type { Entity, Instant, Kind, Ref } from './model.js'

/** How many days back what happened at a moment belongs to somebody; the catalog remembers no longer. */
export const belongingDays = 30

/**
 * One part of what belongs to a person: things of a kind that lie a step away from the person (`me`) or from what is in a part that is
 * declared before it, and meet a condition.
 */
export interface BelongingPart {
  kind: Kind
  /** Either way is enough. `in` is a thing that points there. */
  by: readonly { from: string; step: Step }[]
  /** Of its own properties alone, and of no moment: it holds until the thing itself changes. */
  where?: Filter
  /** The moment it happened; without one it belongs to nobody, and `belongingDays` after it no more. */
  at?: string
  /** Also things that their source tells of no more, as they were last: of deployments, only the newest are told of. */
  past?: true
  /** Only a way to what hangs on it; there may be many, and they are not told. */
  inner?: true
  /** What is told with each: where it points by this relation, the first by id where there are several. */
  beside?: RelationType
}

const step = (type: RelationType, direction: 'in' | 'out'): Step => ({ type, direction })
const from = (part: string, type: RelationType, direction: 'in' | 'out' = 'in') => ({
  from: part,
  step: step(type, direction),
})
const stateIn = (...states: string[]): Filter => ({ property: 'state', in: states })

/** Nexus and the pagers note when an incident was over, and most of them its state. */
const over: Filter = { any: [{ not: { property: 'resolved', missing: true } }, stateIn('resolved')] }

/**
 * What belongs to a person, each part after those it hangs on. The one declaration: what is kept for each person, the digest, and "my
 * stuff" go by it.
 */
export const belongingParts = {
  groups: { kind: 'Team', by: [from('me', 'memberOf', 'out')] },
  services: { kind: 'Service', by: [from('groups', 'ownedBy'), from('me', 'ownedBy')] },
  resources: { kind: 'Resource', by: [from('services', 'partOf'), from('groups', 'ownedBy')], inner: true },
  repositories: {
    kind: 'Repository',
    by: [from('services', 'builtFrom', 'out'), from('groups', 'ownedBy'), from('me', 'ownedBy')],
  },
  pipelines: { kind: 'Pipeline', by: [from('repositories', 'builtFrom')] },
  schedules: {
    kind: 'Schedule',
    by: [from('services', 'onCallBy', 'out'), from('groups', 'ownedBy')],
  },
  environments: {
    kind: 'Environment',
    by: [from('groups', 'ownedBy'), from('me', 'ownedBy'), from('services', 'runsIn', 'out')],
  },
  alerts: {
    kind: 'AlertRule',
    by: [from('services', 'watches'), from('resources', 'watches')],
    where: stateIn('firing'),
  },
  incidents: {
    kind: 'Incident',
    by: [from('services', 'affects'), from('me', 'assignedTo')],
    where: { not: over },
    beside: 'causedBy',
  },
  resolved: {
    kind: 'Incident',
    by: [from('services', 'affects'), from('me', 'assignedTo')],
    where: over,
    at: 'resolved',
    past: true,
    beside: 'causedBy',
  },
  reviews: {
    kind: 'PullRequest',
    by: [from('me', 'reviewBy')],
    where: { not: stateIn('draft', 'merged', 'closed') },
  },
  pulls: { kind: 'PullRequest', by: [from('me', 'authoredBy')], where: { not: stateIn('merged', 'closed') } },
  merged: {
    kind: 'PullRequest',
    by: [from('me', 'authoredBy')],
    where: stateIn('merged'),
    at: 'merged',
    past: true,
    beside: 'partOf',
  },
  work: { kind: 'WorkItem', by: [from('me', 'assignedTo')], where: { not: stateIn('closed', 'done', 'removed') } },
  /** Into anything of theirs, by whomever. */
  deployments: {
    kind: 'Deployment',
    by: [from('services', 'deploys'), from('repositories', 'builtFrom'), from('me', 'authoredBy')],
    at: 'started',
    past: true,
    beside: 'builtFrom',
  },
  /** By themselves. */
  deployed: { kind: 'Deployment', by: [from('me', 'authoredBy')], at: 'started', past: true, beside: 'builtFrom' },
} as const satisfies Record<string, BelongingPart>

/** The name of a part of what belongs to somebody. */
export type BelongingName = keyof typeof belongingParts

/** The name of a part that is told. */
type ToldName = {
  [K in BelongingName]: (typeof belongingParts)[K] extends { inner: true } ? never : K
}[BelongingName]

/** The parts in their order. */
export const belongingList: readonly (readonly [name: BelongingName, part: BelongingPart])[] = Object.entries(
  belongingParts,
).map(([name, part]) => [name as BelongingName, part])

/** A thing that belongs to somebody. */
export interface Belonging extends Entity {
  /** What its part tells with each, where it points there. */
  beside?: Ref
}

/** What belongs to a person, by part, each by name; `teams` are those of the groups that own something. */
export interface Belongings extends Record<ToldName, Belonging[]> {
  teams: Belonging[]
}

/** When a thing of a part happened; undefined of a part in which nothing happens, and of a thing that does not say when. */
export function happenedAt({ at }: BelongingPart, { props }: Pick<Entity, 'props'>): Instant | undefined {
  const value = at === undefined ? undefined : props[at]
  if (typeof value !== 'string') return undefined
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? undefined : new Date(moment).toISOString()
}
