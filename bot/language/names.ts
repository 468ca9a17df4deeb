import { createNameIndex, type NameIndex } from './name-index.js'
import type { Ref } from '../../skills/kit/model.js'
import type { NamedEntity } from './understanding.js'

/** What the names are learnt from; its version moves when they may have changed. */
export interface NameSource {
  readonly version: number
  everything(): Iterable<NamedEntity>
}

/** Names of a catalog, learnt again when the catalog has moved and somebody asks. */
export function createNames(source: NameSource): () => NameIndex {
  let version: number | undefined
  let index = createNameIndex([])
  return () => {
    if (version !== source.version) {
      index = createNameIndex(source.everything())
      version = source.version
    }
    return index
  }
}

/** The names as one speaker may know them: what they may not be told of is as if nothing had its name. */
export const namesFor = (names: NameIndex, mayName: (ref: Ref) => boolean): NameIndex => ({
  find: (words, kinds) => names.find(words, kinds).filter(({ ref }) => mayName(ref)),
})
