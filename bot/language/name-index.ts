import { takesKind, type Json, type Kind, type Ref } from '../../skills/kit/model.js'
import { BeginningKeys } from './beginning-keys.js'
import { toldProperties } from './described-words.js'
import { asSpoken, keysAsSpoken, recordKeys } from './name-as-spoken.js'
import { keyOf, keysOf } from './name-keys.js'
import { bareOf } from './name-nouns.js'
import { slipsOf } from './name-slips.js'
import { NearKeys } from './near-keys.js'
import type { NamedEntity } from './understanding.js'
import { WordIndex } from './word-index.js'

/** An entity that words may mean. */
export interface Candidate {
  ref: Ref
  name: string
  /** 1 for the exact name, less for an alias, a short form and each typo. */
  certainty: number
  /** Every word that was said stands for one of the name, though perhaps with a typo: nothing is left over. */
  wordForWord: boolean
  /** Likely enough to answer by and never to act on: a word has two slips, or the noun that was said is another kind's. */
  doubtful?: true
  /** Where it runs, of what runs in one environment. */
  environment?: string
}

/** Finds entities by what people call them. */
export interface NameIndex {
  /** Likeliest first; kinds named earlier are preferred where words fit equally well. */
  find(words: string, kinds: readonly Kind[]): Candidate[]
  /** Whether something is called just so, of whichever kind; costs next to nothing. */
  knows(words: string): boolean
  /** Questions as they were read with these names before; only where the names are those of one utterance. */
  readonly questions?: Map<string, string | undefined>
  /** Words to be looked for among kinds, which are looked up once however many lists of kinds are asked for. */
  look(words: string): Lookup
}

/** What words mean among some kinds, as `find` says it. */
export type Lookup = (kinds: readonly Kind[]) => Candidate[]

/** What is called by a key, and how sure that is. */
interface Entry {
  entity: NamedEntity
  weight: number
}

/** What words may mean, how sure it is, and by which key or that all of them are words of its own. */
interface Scored {
  entity: NamedEntity
  certainty: number
  key?: string
  whole?: boolean
  /** The words that were looked for, where their noun was left out. */
  bare?: string
  /** The noun that was left out says another kind. */
  misfit?: boolean
}

/** At least as sure as this is what is called just so, by its name or another. */
export const exactly = 0.99
/** "the auth service", where only auth is a name; and "the auth team", where auth is no team. */
const byNoun = { fitting: 0.95, other: 0.85 }
/** Below this a typo is no longer that name. */
const leastCertainty = 0.6
/** What a slip takes from the certainty, by its share of the name. */
const perSlip = 1.2
/** The beginning of a longer name is worth offering, and never taken for it. */
const byBeginning = 0.5
/** More things than these that fit words alike are not told apart by them. */
const mostAlike = 6
/** As alike as that. */
const closeCall = 0.04
/** Things that words fit which are told of at most. */
const mostTold = 20

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
  readonly #words = new WordIndex()

  constructor(entities: Iterable<NamedEntity> = []) {
    for (const entity of entities) this.learn(entity)
  }

  /** Takes in what an entity is called now. */
  learn({ kind, id, name, aliases, props }: NamedEntity): void {
    const told = props && toldOf(props)
    const known = this.#entities.get(kind)?.get(id)
    if (known) {
      if (known.name === name && String(known.aliases) === String(aliases) && isSame(known.props, told)) return
      this.forget({ kind, id })
    }
    const entity = { kind, id, name, aliases: aliases.length ? aliases : none, ...(told && { props: told }) }
    const ofKind = this.#entities.get(kind) ?? new Map<string, NamedEntity>()
    this.#entities.set(kind, ofKind.set(id, entity))
    this.#words.add(entity)
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
    this.#words.delete(known)
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

  knows(words: string): boolean {
    const key = keyOf(words)
    return [key, bareOf(key)?.key ?? '', ...recordKeys(key)].some((one) => this.#byKey.has(one))
  }

  find(words: string, kinds: readonly Kind[]): Candidate[] {
    return this.look(words)(kinds)
  }

  /** Each way of finding the words is gone once at most, and only where the ways before it find nothing. */
  look(words: string): Lookup {
    const key = keyOf(words)
    if (!key) return () => []
    const called = (wanted: string, share: number): Scored[] =>
      this.#called(wanted).map(({ entity, weight }) => ({ entity, key: wanted, certainty: weight * share }))
    const near = (wanted: string, share: number): Scored[] =>
      this.#near
        .near(wanted)
        .flatMap((one) => called(one.key, share * (1 - perSlip * one.share)))
        .filter(({ certainty }) => certainty >= leastCertainty)
    const spoken = (one: string): Scored[] =>
      called(one, asSpoken).map(({ entity, certainty }) => ({ entity, certainty, whole: true }))
    const bare = bareOf(key)
    const barely = (find: (wanted: string, share: number) => Scored[], fitting: boolean): Scored[] =>
      bare
        ? find(bare.key, fitting ? byNoun.fitting : byNoun.other)
            .filter(({ entity }) => bare.fits(entity) === fitting)
            .map((one) => ({ ...one, bare: bare.key, misfit: !fitting }))
        : []
    const ways: (() => Scored[])[] = [
      () => called(key, 1),
      () => keysAsSpoken(key).flatMap(spoken),
      () => barely(called, true),
      () => this.#words.find(key, true).filter(({ whole }) => whole),
      () => near(key, 1),
      () => barely(near, true),
      () => barely(called, false),
      () => this.#words.find(key, false),
      () => this.#beginnings.with(key).flatMap((longer) => called(longer, byBeginning * (key.length / longer.length))),
    ]
    const found: Scored[][] = []
    // "dana" names a person: for a command that asks for a team it is unknown, and never a typo of Data.
    const gone = this.#byKey.has(key) ? 3 : ways.length
    return (kinds) => {
      for (let way = 0; way < gone; way++) {
        const all = (found[way] ??= ways[way]!())
        const taken = all.filter(({ entity }) => takesKind(kinds, entity.kind))
        const told = way === 3 || way === 7 ? vague(taken) : taken
        if (told.length) return best(told, key, kinds, (word) => this.#words.knows(word))
      }
      return []
    }
  }
}

/** Words that fit many things alike tell none of them: then a few are offered, and none is taken. */
function vague(found: Scored[]): Scored[] {
  const surest = found.reduce((most, { certainty }) => Math.max(most, certainty), 0)
  const alike = found.filter(({ certainty }) => certainty > surest - closeCall).length
  const told = found.filter(({ certainty }) => certainty >= leastCertainty)
  if (alike <= mostAlike) return told
  const order = (a: Scored, b: Scored) => b.certainty - a.certainty || (nameOf(a) < nameOf(b) ? -1 : 1)
  const offered = told.sort(order).slice(0, mostTold)
  return offered.map((one) => ({ ...one, certainty: Math.min(one.certainty, leastCertainty) }))
}

const nameOf = ({ entity: { name, kind, id } }: Scored): string => `${name} ${kind}/${id}`

/** Of what is known of a thing, what its words come from. */
function toldOf(props: Readonly<Record<string, Json>>): NamedEntity['props'] | undefined {
  const told = toldProperties.flatMap((name) => (props[name] ? [[name, props[name]] as const] : []))
  return told.length ? Object.fromEntries(told) : undefined
}

const isSame = (known: NamedEntity['props'], told: NamedEntity['props']): boolean =>
  JSON.stringify(known) === JSON.stringify(told)

/** Learns the names of a catalog that stays as it is. */
export const createNameIndex = (entities: Iterable<NamedEntity>): NameIndex => new Names(entities)

/** One candidate an entity, the surest; equal certainty goes by the order of kinds, then by name, so that answers do not vary. */
function best(
  scored: readonly Scored[],
  said: string,
  kinds: readonly Kind[],
  isWord: (word: string) => boolean,
): Candidate[] {
  const rank = (kind: Kind) => (kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length)
  const candidates = new Map<string, Candidate>()
  for (const { entity, certainty, key, whole, bare, misfit } of scored) {
    const { kind, id, name, props } = entity
    const known = candidates.get(`${kind}/${id}`)
    const slips = key === undefined ? (whole === true ? 0 : undefined) : slipsOf(bare ?? said, key, isWord)
    const wordForWord = slips !== undefined
    if (known && (known.certainty > certainty || (known.certainty === certainty && known.wordForWord))) continue
    const doubtful = misfit === true || (slips !== undefined && slips > 1)
    candidates.set(`${kind}/${id}`, {
      ref: { kind, id },
      name,
      certainty,
      wordForWord,
      ...(doubtful && { doubtful: true }),
      ...(typeof props?.environment === 'string' && { environment: props.environment }),
    })
  }
  return [...candidates.values()].sort(
    (a, b) =>
      b.certainty - a.certainty ||
      rank(a.ref.kind) - rank(b.ref.kind) ||
      (a.name === b.name ? (a.ref.id < b.ref.id ? -1 : 1) : a.name < b.name ? -1 : 1),
  )
}
