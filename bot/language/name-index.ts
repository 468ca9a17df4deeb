import { takesKind, type Kind, type Ref } from '../../skills/kit/model.js'
import { editDistance } from '../../skills/kit/edit-distance.js'
import { BeginningKeys } from './beginning-keys.js'
import { keyOf, keysOf, withoutNoun } from './name-keys.js'
import { NearKeys } from './near-keys.js'
import type { NamedEntity } from './understanding.js'

/** An entity that words may mean. */
export interface Candidate {
  ref: Ref
  name: string
  /** 1 for the exact name, less for an alias, a short form and each typo. */
  certainty: number
  /** Every word that was said stands for one of the name, though perhaps with a typo: nothing is left over. */
  wordForWord: boolean
}

/** Finds entities by what people call them. */
export interface NameIndex {
  /** Likeliest first; kinds named earlier are preferred where words fit equally well. */
  find(words: string, kinds: readonly Kind[]): Candidate[]
}

/** What is called by a key, and how sure that is. */
interface Entry {
  entity: NamedEntity
  weight: number
}

/** What words may mean: by which of its keys, and how sure it is. */
interface Scored {
  entity: NamedEntity
  key: string
  certainty: number
}

/** "the auth team", where only auth is a name. */
const byNoun = 0.95
/** Below this a typo is no longer that name. */
const leastCertainty = 0.6
/** What a slip takes from the certainty, by its share of the name. */
const perSlip = 1.2
/** The beginning of a longer name is worth offering, and never taken for it. */
const byBeginning = 0.5

/** Most entities have no other names: one list for all of them. */
const none: string[] = []

/** The names of a catalog, which change with it one by one. There may be a hundred thousand, so each takes little room. */
export class Names implements NameIndex {
  /** By kind and id. */
  readonly #entities = new Map<Kind, Map<string, NamedEntity>>()
  /** What is called so; a list only where several are. */
  readonly #byKey = new Map<string, Entry | Entry[]>()
  readonly #near = new NearKeys()
  readonly #beginnings = new BeginningKeys()

  constructor(entities: Iterable<NamedEntity> = []) {
    for (const entity of entities) this.learn(entity)
  }

  /** Takes in what an entity is called now. */
  learn({ kind, id, name, aliases }: NamedEntity): void {
    const known = this.#entities.get(kind)?.get(id)
    if (known) {
      if (known.name === name && String(known.aliases) === String(aliases)) return
      this.forget({ kind, id })
    }
    const entity = { kind, id, name, aliases: aliases.length ? aliases : none }
    const ofKind = this.#entities.get(kind) ?? new Map<string, NamedEntity>()
    this.#entities.set(kind, ofKind.set(id, entity))
    for (const [key, weight] of keysOf(entity)) {
      const entries = this.#byKey.get(key)
      if (Array.isArray(entries)) entries.push({ entity, weight })
      else if (entries) this.#byKey.set(key, [entries, { entity, weight }])
      else {
        this.#byKey.set(key, { entity, weight })
        this.#near.add(key)
        this.#beginnings.add(key)
      }
    }
  }

  /** Forgets an entity that is not there any more. */
  forget({ kind, id }: Ref): void {
    const known = this.#entities.get(kind)?.get(id)
    if (!known) return
    this.#entities.get(kind)!.delete(id)
    for (const key of keysOf(known).keys()) {
      const others = this.#called(key).filter(({ entity }) => entity !== known)
      if (others.length) this.#byKey.set(key, others)
      else {
        this.#byKey.delete(key)
        this.#near.delete(key)
        this.#beginnings.delete(key)
      }
    }
  }

  #called(key: string): Entry[] {
    const entries = this.#byKey.get(key)
    return Array.isArray(entries) ? entries : entries ? [entries] : []
  }

  find(words: string, kinds: readonly Kind[]): Candidate[] {
    const key = keyOf(words)
    if (!key) return []
    const rank = new Map(kinds.map((kind, index) => [kind, index]))
    const called = (wanted: string, share: number): Scored[] =>
      this.#called(wanted)
        .filter(({ entity }) => takesKind(kinds, entity.kind))
        .map(({ entity, weight }) => ({ entity, key: wanted, certainty: weight * share }))
    const attempts = [
      () => called(key, 1),
      () => called(withoutNoun(key), byNoun),
      () =>
        this.#near
          .near(key)
          .flatMap((near) => called(near.key, 1 - perSlip * near.share))
          .filter(({ certainty }) => certainty >= leastCertainty),
      () => this.#beginnings.with(key).flatMap((longer) => called(longer, byBeginning * (key.length / longer.length))),
    ]
    // "dana" names a person: for a command that asks for a team it is unknown, and never a typo of Data.
    const namesAnother = this.#byKey.has(key)
    for (const attempt of namesAnother ? attempts.slice(0, 2) : attempts) {
      const found = attempt()
      if (found.length) return best(found, key, (kind) => rank.get(kind) ?? kinds.length)
    }
    return []
  }
}

/** Learns the names of a catalog that stays as it is. */
export const createNameIndex = (entities: Iterable<NamedEntity>): NameIndex => new Names(entities)

/** One candidate an entity, the surest; equal certainty goes by the order of kinds, then by name, so that answers do not vary. */
function best(scored: readonly Scored[], said: string, rank: (kind: Kind) => number): Candidate[] {
  const same = (key: string) => [said, withoutNoun(said)].some((words) => isWordForWord(words, key))
  const candidates = new Map<string, Candidate>()
  for (const { entity, key, certainty } of scored) {
    const { kind, id, name } = entity
    const known = candidates.get(`${kind}/${id}`)
    if (known && (known.certainty > certainty || (known.certainty === certainty && known.wordForWord))) continue
    candidates.set(`${kind}/${id}`, { ref: { kind, id }, name, certainty, wordForWord: same(key) })
  }
  return [...candidates.values()].sort(
    (a, b) =>
      b.certainty - a.certainty ||
      rank(a.ref.kind) - rank(b.ref.kind) ||
      (a.name === b.name ? (a.ref.id < b.ref.id ? -1 : 1) : a.name < b.name ? -1 : 1),
  )
}

/** As many words, each with as few slips as its length bears: "checkout why" is not "checkout web". */
function isWordForWord(said: string, key: string): boolean {
  const [theirs, ours] = [said.split(' '), key.split(' ')]
  return theirs.length === ours.length && theirs.every((word, at) => isSlipOf(word, ours[at]!))
}

function isSlipOf(said: string, word: string): boolean {
  const limit = slips(Math.min(said.length, word.length))
  return editDistance(said, word, limit) <= limit
}

/** Letters that may be wrong in a word. */
const slips = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)
