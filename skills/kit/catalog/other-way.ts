import type { RelationType } from './relation-types.js'

/** A condition of a filter that an argument says: a relation to a thing, when something was, or one that stands for a value. */
export type OtherWay = { argument: string } & (
  { relation: RelationType } | { when: string } | { where: string; value: string }
)
