import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { CatalogRecord } from './catalog-record.js'

/** A record of the sources' claims as a replica last read it. */
export interface HeldRecord {
  record: CatalogRecord
  etag: string
}

/** Whose question it is, and of when. */
export interface View {
  /** What counts as this moment for ages, and the moment itself where `at` is absent. */
  now: Instant
  at?: Instant
  /** What the reader may see; everything where it is absent. */
  visible?: Filter
  /** The kinds there are; those that are built in where it is absent. */
  kinds?: readonly KindDeclaration[]
}
