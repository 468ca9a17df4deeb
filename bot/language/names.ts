import type { Ref } from '../../skills/kit/model.js'
import { Names, type Candidate, type Lookup, type NameIndex } from './name-index.js'
import { allKinds } from './spot-names.js'
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

/**
 * The names as one speaker may know them: what they may not be told of is as if nothing had its name. Made anew for what is said once: what was
 * looked up is kept, because the phrases of many commands ask for the same words.
 */
export function namesFor(names: NameIndex, mayName: (ref: Ref) => boolean): NameIndex {
  const lookups = new Map<string, Lookup>()
  const found = new Map<string, Candidate[]>()
  const find: NameIndex['find'] = (words, kinds) => {
    const asked = `${kinds.join(',')}:${words}`
    const known = found.get(asked)
    if (known) return known
    const lookup = lookups.get(words) ?? names.look(words)
    lookups.set(words, lookup)
    const candidates = lookup(kinds).filter(({ ref }) => mayName(ref))
    found.set(asked, candidates)
    return candidates
  }
  return {
    find,
    // What somebody may not see is called by nothing: an answer must not differ from that to a name that nothing has.
    knows: (words) => names.knows(words) && find(words, allKinds).length > 0,
    look: (words) => (kinds) => find(words, kinds),
    questions: new Map(),
  }
}
