import type { Filter } from '../kit/catalog/filter.js'
import type { Instant } from '../kit/model.js'

/** A question by filter: as of when, and from which page on. */
export interface Question {
  filter: Filter
  at?: Instant | undefined
  after?: string | undefined
}
