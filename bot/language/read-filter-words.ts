import { allOf } from '../../skills/kit/catalog/canonical-filter.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration, PropertyDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import { asAskedOf, disputed, ownableOf, unowned } from '../../skills/kit/catalog/ownership-filters.js'
import type { RelationType } from '../../skills/kit/catalog/relation-types.js'
import { usualEnvironment } from '../../skills/kit/environment-names.js'
import { kindAt } from './kind-words.js'
import type { NameIndex } from './name-index.js'
import { readDuration } from './read-duration.js'
import { tokensOf } from './tokens.js'

/**
 * Reads a question of plain words, from what kinds and their properties are called: "production databases not backed up in 7 days",
 * "critical services owned by atlas", "databases of services owned by atlas without a backup in 7 days". What stands before the noun are values
 * of its properties; behind it stand whose it is, what it is part of, and what it has or lacks. Every word must be understood.
 * @returns undefined where one of the words is not
 */
export function readFilterWords(text: string, kinds: readonly KindDeclaration[], names: NameIndex): Filter | undefined {
  const words = tokensOf(text).map(({ word }) => word)
  const read = new QuestionReader(words, kinds, names).question(0)
  return read?.next === words.length ? read.filter : undefined
}

/** A part of the question that was understood, and where it goes on. */
interface Part {
  filter: Filter
  next: number
}

/** Words that join what is said of a thing. */
const joints = new Set(['that', 'which', 'who', 'are', 'is', 'were', 'was', 'have', 'has', 'been', 'and', 'but'])
/** What is said of who owns a thing; it is no value of a property. */
const ownerships = new Map<string, Filter>([
  ...['unowned', 'ownerless', 'orphaned'].map((word) => [word, unowned] as const),
  ...['disputed', 'contested'].map((word) => [word, disputed] as const),
])
const lacks = new Set(['not', 'without', 'no', 'never'])
const belongs = new Set(['of', 'in', 'for', 'from', 'on'])
/** Nouns of no kind. */
const anything = new Set(['what', 'things', 'thing', 'everything', 'anything', 'all', 'ownership', 'software'])
/** How one kind of thing belongs to another, the likeliest first. */
const belongings: readonly RelationType[] = [
  'partOf',
  'ownedBy',
  'runsIn',
  'memberOf',
  'affects',
  'builtFrom',
  'runOf',
  'deploys',
]
/** A name is taken without asking where it is this sure. */
const sure = 0.9
/** Most words before the noun, and of a name. */
const widest = 4

class QuestionReader {
  readonly #words: readonly string[]
  readonly #kinds: readonly KindDeclaration[]
  readonly #names: NameIndex

  constructor(words: readonly string[], kinds: readonly KindDeclaration[], names: NameIndex) {
    this.#words = words
    this.#kinds = kinds
    this.#names = names
  }

  /** A noun with what is said of it. */
  question(at: number): Part | undefined {
    const everywhere = at === 0 ? this.#ofEveryKind() : undefined
    if (everywhere) return everywhere
    for (let noun = at; noun <= Math.min(at + widest, this.#words.length - 1); noun++) {
      const meant = kindAt(this.#words, noun, this.#kinds)
      if (!meant) continue
      const before = this.#values(at, noun, meant.kind)
      if (!before) continue
      const behind: Filter[] = []
      let next = noun + meant.words
      for (let part = this.#said(next, meant.kind); part; part = this.#said(next, meant.kind)) {
        behind.push(part.filter)
        next = part.next
      }
      return { filter: allOf([meant.filter, ...before, ...behind]), next }
    }
    return undefined
  }

  /** "unowned", "what is disputed", "disputed ownership": of everything that can be owned. */
  #ofEveryKind(): Part | undefined {
    const [ownership, ...others] = this.#words.flatMap((word) => ownerships.get(word) ?? [])
    const rest = this.#words.filter((word) => !ownerships.has(word) && !joints.has(word) && !anything.has(word))
    return ownership && !others.length && !rest.length
      ? { filter: allOf([ownableOf(this.#kinds), ownership]), next: this.#words.length }
      : undefined
  }

  /** Values that stand before the noun, each of a property that has it. */
  #values(from: number, to: number, kind: KindDeclaration): Filter[] | undefined {
    const filters: Filter[] = []
    for (let at = from; at < to;) {
      const lacking = lacks.has(this.#words[at]!)
      const part = this.#value(lacking ? at + 1 : at, kind)
      if (!part || part.next > to) return undefined
      filters.push(lacking ? { not: part.filter } : part.filter)
      at = part.next
    }
    return filters
  }

  /** One thing that is said behind the noun. */
  #said(from: number, kind: KindDeclaration): Part | undefined {
    let at = from
    while (joints.has(this.#words[at] ?? '')) at++
    const word = this.#words[at]
    if (word === undefined) return undefined
    if (lacks.has(word)) return this.#lacking(at + 1, kind)
    if (word === 'with') return this.#has(at + 1, kind)
    if (word === 'owned' && this.#words[at + 1] === 'by') return this.#named(at + 2, kind, ['ownedBy'])
    if (belongs.has(word))
      return this.#value(at + 1, kind) ?? this.#behind(at + 1, kind) ?? this.#named(at + 1, kind, belongings)
    return this.#value(at, kind) ?? this.#has(at, kind)
  }

  #lacking(at: number, kind: KindDeclaration): Part | undefined {
    const value = this.#value(belongs.has(this.#words[at] ?? '') ? at + 1 : at, kind)
    const part = value ?? this.#has(at, kind)
    if (part) return { ...part, filter: negated(part.filter) }
    return ['owner', 'owners'].includes(this.#words[at]!) && kind.ownable
      ? { filter: asAskedOf(kind, this.#kinds, unowned), next: at + 1 }
      : undefined
  }

  /** A property that it has, of a moment how long ago at most. */
  #has(at: number, kind: KindDeclaration): Part | undefined {
    const found = this.#property(at, kind)
    if (!found) return undefined
    const { name, type, next } = found
    const age = type === 'instant' ? this.#age(next) : undefined
    if (age) return { filter: { property: name, within: age.milliseconds }, next: age.next }
    return { filter: { not: { property: name, missing: true } }, next }
  }

  /** "in 7 days", "in the last week", "for a month". */
  #age(at: number): { milliseconds: number; next: number } | undefined {
    let from = at
    while (['in', 'for', 'within', 'since', 'last', 'past'].includes(this.#words[from] ?? '')) from++
    if (from === at) return undefined
    for (const width of [3, 2, 1]) {
      const minutes =
        from + width <= this.#words.length ? readDuration(this.#words.slice(from, from + width).join(' ')) : undefined
      if (minutes !== undefined && minutes > 0) return { milliseconds: minutes * 60_000, next: from + width }
    }
    return undefined
  }

  #property(at: number, kind: KindDeclaration): { name: string; type: string; next: number } | undefined {
    for (const width of [3, 2, 1]) {
      const said = this.#words.slice(at, at + width).join(' ')
      const found = askable(kind).find(([name, { title, says = [] }]) =>
        [name, title, ...says].some((one) => one.toLowerCase() === said),
      )
      if (found && at + width <= this.#words.length) return { name: found[0], type: found[1].type, next: at + width }
    }
    return undefined
  }

  /** A value that one of its properties can have: "production", "critical"; of what is true or false its name. */
  #value(at: number, kind: KindDeclaration): Part | undefined {
    const ownership = kind.ownable && ownerships.get(this.#words[at] ?? '')
    if (ownership) return { filter: asAskedOf(kind, this.#kinds, ownership), next: at + 1 }
    for (const width of [2, 1]) {
      const said = this.#words.slice(at, at + width).join(' ')
      if (at + width > this.#words.length) continue
      for (const [property, { type, values = [], says = [], usually }] of askable(kind)) {
        const value =
          values.find((one) => one.toLowerCase() === said) ??
          (usually === 'environment' ? usualEnvironment(said) : undefined)
        if (value !== undefined) return { filter: { property, is: '=', value }, next: at + width }
        if (type === 'boolean' && says.includes(said))
          return { filter: { property, is: '=', value: true }, next: at + width }
      }
    }
    return undefined
  }

  /** Things of another kind that it belongs to, with what is said of them: "of services owned by atlas". */
  #behind(at: number, kind: KindDeclaration): Part | undefined {
    const part = this.question(at)
    const [first] = part ? ('all' in part.filter ? part.filter.all : [part.filter]) : []
    const target = first && 'kinds' in first ? first.kinds[0] : undefined
    const type = belongings.find((one) => target !== undefined && kind.relations[one]?.includes(target))
    return part && type ? { filter: { step: { type, direction: 'out' }, of: part.filter }, next: part.next } : undefined
  }

  /** A thing by its name that it belongs to: "of atlas", "owned by the team payments". */
  #named(at: number, kind: KindDeclaration, types: readonly RelationType[]): Part | undefined {
    for (let width = Math.min(widest, this.#words.length - at); width; width--) {
      const said = this.#words.slice(at, at + width).join(' ')
      for (const type of types) {
        const [found, other] = this.#names.find(said, kind.relations[type] ?? [])
        if (!found || found.certainty < sure || !found.wordForWord || (other && other.certainty >= found.certainty))
          continue
        const of: Filter = { all: [{ kinds: [found.ref.kind] }, { property: 'id', is: '=', value: found.ref.id }] }
        return { filter: { step: { type, direction: 'out' }, of }, next: at + width }
      }
    }
    return undefined
  }
}

const negated = (filter: Filter): Filter => ('not' in filter ? filter.not : { not: filter })

const askable = ({ properties }: KindDeclaration): [string, PropertyDeclaration][] =>
  Object.entries(properties).filter(([, { type, personal }]) => type !== 'data' && !personal)
