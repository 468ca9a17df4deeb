import type { Ref } from '../../skills/kit/model.js'
import { Names, type NameIndex } from './name-index.js'
import type { NamedEntity } from './understanding.js'

/** What the names are learnt from; its version moves when they may have changed. */
export interface NameSource {
  readonly version: number
  everything(): Iterable<NamedEntity>
  /** The entities that moved after a version, each as it is now or gone; undefined where that is not known any more. */
  movedSince(version: number): Iterable<{ ref: Ref; entity?: NamedEntity }> | undefined
}

/** Names of a catalog: when somebody asks, what has moved since is learnt. */
export function createNames(source: NameSource): () => NameIndex {
  let version = -1
  let names = new Names()
  return () => {
    const { version: now } = source
    if (version === now) return names
    const moved = version < 0 ? undefined : source.movedSince(version)
    if (!moved) names = new Names(source.everything())
    for (const { ref, entity } of moved ?? [])
      if (entity) names.learn(entity)
      else names.forget(ref)
    version = now
    return names
  }
}

/** The names as one speaker may know them: what they may not be told of is as if nothing had its name. */
export const namesFor = (names: NameIndex, mayName: (ref: Ref) => boolean): NameIndex => ({
  find: (words, kinds) => names.find(words, kinds).filter(({ ref }) => mayName(ref)),
})
