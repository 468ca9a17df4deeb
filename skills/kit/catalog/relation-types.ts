/**
 * How entities hang together. Each type has a name for either end, so that a filter and a sentence can be said from both: a service
 * `dependsOn` another, which is `usedBy` it.
 */
export const relationTypes = {
  dependsOn: { inverse: 'usedBy' },
  ownedBy: { inverse: 'owns' },
  partOf: { inverse: 'hasPart' },
  memberOf: { inverse: 'hasMember' },
  leadBy: { inverse: 'leads' },
  runsIn: { inverse: 'hosts' },
  builtFrom: { inverse: 'builds' },
  affects: { inverse: 'affectedBy' },
  assignedTo: { inverse: 'assigned' },
  authoredBy: { inverse: 'authored' },
  reviewBy: { inverse: 'reviews' },
  onCallBy: { inverse: 'onCallFor' },
  provides: { inverse: 'providedBy' },
  consumes: { inverse: 'consumedBy' },
  publishes: { inverse: 'publishedBy' },
  documents: { inverse: 'documentedBy' },
  declaredBy: { inverse: 'declares' },
  watches: { inverse: 'watchedBy' },
  runOf: { inverse: 'runs' },
  deploys: { inverse: 'deployedBy' },
  causedBy: { inverse: 'caused' },
} as const satisfies Record<string, { inverse: string }>

/** A type of relation, read as "from … to". */
export type RelationType = keyof typeof relationTypes

/** A type read from the other end. */
export type InverseName = (typeof relationTypes)[RelationType]['inverse']

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
export const nameOfStep = ({ type, direction }: Step): string =>
  direction === 'out' ? type : relationTypes[type].inverse
