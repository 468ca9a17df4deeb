import type { Entity, Kind, Ref } from '../../../skills/kit/model.js'

/** What the declarations of files are held against: the catalog as it is now. */
export interface LiveCatalog {
  get(ref: Ref): Entity | undefined
  all(kind: Kind): Iterable<Entity>
  /** Those of a kind whose name or property has a value, without case, at most so many. */
  having(kind: Kind, property: string, value: string, most?: number): Iterable<Entity>
}
