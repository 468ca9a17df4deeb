/**
 * How entities hang together. Each type has a name for either end, so that a filter and a sentence can be said from both: a service
 * `dependsOn` another, which is `usedBy` it. The titles head what is found at the other end on a card.
 */
export const relationTypes = {
  dependsOn: { inverse: 'usedBy', title: 'Depends on', inverseTitle: 'Used by' },
  ownedBy: { inverse: 'owns', title: 'Owner', inverseTitle: 'Owns' },
  partOf: { inverse: 'hasPart', title: 'Part of', inverseTitle: 'Made of' },
  memberOf: { inverse: 'hasMember', title: 'Teams', inverseTitle: 'Members' },
  leadBy: { inverse: 'leads', title: 'Lead', inverseTitle: 'Leads' },
  runsIn: { inverse: 'hosts', title: 'Environment', inverseTitle: 'Runs here' },
  builtFrom: { inverse: 'builds', title: 'Built from', inverseTitle: 'Builds' },
  affects: { inverse: 'affectedBy', title: 'Affects', inverseTitle: 'Incidents' },
  assignedTo: { inverse: 'assigned', title: 'Assigned to', inverseTitle: 'Assigned' },
  authoredBy: { inverse: 'authored', title: 'Author', inverseTitle: 'Wrote' },
  reviewBy: { inverse: 'reviews', title: 'Reviewers', inverseTitle: 'To review' },
  onCallBy: { inverse: 'onCallFor', title: 'On-call schedule', inverseTitle: 'On call for' },
  provides: { inverse: 'providedBy', title: 'Provides', inverseTitle: 'Provided by' },
  consumes: { inverse: 'consumedBy', title: 'Uses', inverseTitle: 'Used by' },
  publishes: { inverse: 'publishedBy', title: 'Publishes', inverseTitle: 'Published by' },
  documents: { inverse: 'documentedBy', title: 'Runbook for', inverseTitle: 'Runbooks' },
  declaredBy: { inverse: 'declares', title: 'Declared in', inverseTitle: 'Declares' },
  watches: { inverse: 'watchedBy', title: 'Watches', inverseTitle: 'Watched by' },
  runOf: { inverse: 'runs', title: 'Run of', inverseTitle: 'Runs' },
  deploys: { inverse: 'deployedBy', title: 'Deploys', inverseTitle: 'Deployments' },
  causedBy: { inverse: 'caused', title: 'Caused by', inverseTitle: 'Caused' },
} as const satisfies Record<string, { inverse: string; title: string; inverseTitle: string }>

/** A type of relation, read as "from … to". */
export type RelationType = keyof typeof relationTypes

/** A type read from the other end. */
export type InverseName = (typeof relationTypes)[RelationType]['inverse']

/** The name of a step, from either end. */
export type StepName = RelationType | InverseName

/** One step along a relation: `out` follows "from … to", `in` goes against it. */
export interface Step {
  type: RelationType
  direction: 'out' | 'in'
}

const steps = new Map<string, Step>(
  Object.entries(relationTypes).flatMap(([type, { inverse }]): [string, Step][] => [
    [type.toLowerCase(), { type: type as RelationType, direction: 'out' }],
    [inverse.toLowerCase(), { type: type as RelationType, direction: 'in' }],
  ]),
)

/** The step that a name means, from either end and whatever its case; undefined where no relation is called so. */
export const stepNamed = (name: string): Step | undefined => steps.get(name.toLowerCase())

/** All names of steps, from either end. */
export const stepNames: readonly string[] = Object.entries(relationTypes).flatMap(([type, { inverse }]) => [
  type,
  inverse,
])

/** How a step is called: `ownedBy`, or `owns` against it. */
export const nameOfStep = ({ type, direction }: Step): StepName =>
  direction === 'out' ? type : relationTypes[type].inverse

/** How what is found by a step is headed on a card: `Depends on`, or `Used by` against it. */
export const titleOfStep = ({ type, direction }: Step): string =>
  direction === 'out' ? relationTypes[type].title : relationTypes[type].inverseTitle
