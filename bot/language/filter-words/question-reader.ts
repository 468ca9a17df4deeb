import { ownableOf } from '../../../skills/kit/catalog/ownership-filters.js'
import { allOf, anyOf } from '../../../skills/kit/catalog/canonical-filter.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { exactly } from '../name-index.js'
import { kindAt, type KindMeant } from '../kind-words.js'
import { kindsOf, negated, standsAt, type Asking, type Part } from './asking.js'
import { hasAt, lackingAt, type Nested } from './having.js'
import { isCompared, measuredAt } from './measures.js'
import { happenedAt, madeAt, propertyAt } from './properties.js'
import { andBeyondAt, quantityAt } from './quantities.js'
import { sizeAt } from './sizes.js'
import { behindAt, belongingAt, byNobodyAt, nobody, ownedByNameAt, verbAt } from './relating.js'
import { anything, begins, belongs, counters, denies, joints, lacks } from './clause-words.js'
import { timeAt } from './times.js'
import { joinedValues, ownerships, valueAt } from './values.js'

/** Most words before the noun. */
const widest = 5

/** Reads a noun and what is said of it, word by word; every word must be understood. */
export class QuestionReader {
  readonly #asking: Asking

  constructor(asking: Asking) {
    this.#asking = asking
  }

  /** A noun, or several, with what is said of them. */
  question(at: number, nested = false): Part | undefined {
    const everywhere = at === 0 ? this.#ofEveryKind() : undefined
    if (everywhere) return everywhere
    for (const { noun, meant } of this.#nouns(at)) {
      const all = nested ? [meant] : [meant, ...this.#otherNouns(noun + meant.words)]
      const behind = noun + all.reduce((sum, one) => sum + one.words, all.length - 1)
      const parts = all.map((one) => this.#said(at, noun, behind, one, nested))
      if (parts.some((part) => part?.next !== parts[0]?.next) || !parts[0]) continue
      return { filter: together(parts.map((part) => part!.filter)), next: parts[0].next }
    }
    return undefined
  }

  /** The nouns that may be asked for, each with its place; one that stands before another is likelier part of a name: "payments team services". */
  #nouns(at: number): { noun: number; meant: KindMeant }[] {
    const { words, kinds } = this.#asking
    const places = Array.from({ length: Math.max(0, Math.min(widest + 1, words.length - at)) }, (_, step) => at + step)
    const nouns = places.flatMap((noun) => {
      const meant = kindAt(words, noun, kinds)
      return meant ? [{ noun, meant }] : []
    })
    const isLed = ({ noun, meant }: (typeof nouns)[number]) =>
      kindAt(words, noun + meant.words, kinds) !== undefined || this.#namesOne(noun, meant)
    return [...nouns.filter((one) => !isLed(one)), ...nouns.filter(isLed)]
  }

  /** "team atlas": a noun that belongs to the name behind it. */
  #namesOne(noun: number, { kind, words: width }: KindMeant): boolean {
    const { words, names } = this.#asking
    const [found] =
      words[noun + width] === undefined ? [] : names.find(words.slice(noun, noun + width + 1).join(' '), [kind.kind])
    return found !== undefined && found.certainty >= exactly
  }

  /** "services and repositories": each noun with its place's words. */
  #otherNouns(at: number): KindMeant[] {
    const { words, kinds } = this.#asking
    const meant = ['and', 'or'].includes(words[at] ?? '') ? kindAt(words, at + 1, kinds) : undefined
    return meant ? [meant, ...this.#otherNouns(at + 1 + meant.words)] : []
  }

  /** What is said of one kind before and behind its noun. */
  #said(from: number, noun: number, behind: number, meant: KindMeant, nested: boolean): Part | undefined {
    const { words } = this.#asking
    const before = this.#values(from, noun, meant.kind)
    if (!before) return undefined
    const filters: Filter[] = []
    let next = this.#countedBehind(behind)
    while (!(nested && ['and', 'but'].includes(words[next] ?? ''))) {
      const part = this.#alternatives(next, meant.kind)
      if (!part) break
      filters.push(part.filter)
      next = part.next
    }
    return { filter: allOf([meant.filter, ...before, ...filters]), next }
  }

  /** Behind what only counts: "instances" by themselves, and not how many there are. */
  #countedBehind(at: number): number {
    const { words } = this.#asking
    return counters.has(words[at] ?? '') && !quantityAt(words, at + 1) ? at + 1 : at
  }

  /** A clause, or one of several: "in production or without an owner". */
  #alternatives(at: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    const first = this.#clause(at, kind)
    if (!first || words[first.next] !== 'or' || !begins.has(words[first.next + 1] ?? '')) return first
    const other = this.#alternatives(first.next + 1, kind)
    return other && { filter: anyOf([first.filter, other.filter]), next: other.next }
  }

  /** "unowned", "what is disputed", "disputed ownership": of everything that can be owned. */
  #ofEveryKind(): Part | undefined {
    const { words, kinds } = this.#asking
    const [ownership, ...others] = words.flatMap((word) => ownerships.get(word) ?? [])
    const rest = words.filter((word) => !ownerships.has(word) && !joints.has(word) && !anything.has(word))
    return ownership && !others.length && !rest.length
      ? { filter: allOf([ownableOf(kinds), ownership]), next: words.length }
      : undefined
  }

  /** What stands before the noun: values of its properties, and names of what it belongs to. */
  #values(from: number, to: number, kind: KindDeclaration): Filter[] | undefined {
    const { words } = this.#asking
    const filters: Filter[] = []
    for (let at = from; at < to;) {
      const denied = denies.has(words[at]!)
      const start = denied ? at + 1 : at
      const part =
        this.#valuesAt(start, kind) ?? belongingAt({ ...this.#asking, words: words.slice(0, to) }, start, kind)
      if (!part || part.next > to) return undefined
      filters.push(denied ? negated(part.filter) : part.filter)
      at = part.next === to || words[part.next] !== 'and' ? part.next : part.next + 1
    }
    return filters
  }

  /** A value, or one of several of a property: "production or staging". */
  #valuesAt(at: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    let all = valueAt(this.#asking, at, kind)
    const beyond = all && andBeyondAt(words, all.next)
    if (all && beyond && 'is' in all.filter && kind.properties[all.filter.property]?.type === 'ordered')
      return { filter: { ...all.filter, is: beyond.means }, next: beyond.next }
    while (all && ['or', 'and'].includes(words[all.next] ?? '')) {
      const again = belongs.has(words[all.next + 1] ?? '') ? 2 : 1
      const other: Part | undefined = valueAt(this.#asking, all.next + again, kind)
      const joined = other && joinedValues(all.filter, other.filter)
      if (!joined) break
      all = { filter: joined, next: other.next }
    }
    return all
  }

  /** One thing that is said behind the noun. */
  #clause(from: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    let at = from
    while ((joints.has(words[at] ?? '') && !standsAt(words, at, 'is missing')) || this.#leadsToProperty(at, kind)) at++
    const word = words[at]
    if (word === undefined) return undefined
    if (denies.has(word)) return this.#denied(at + 1, kind)
    if (nobody.has(word)) return byNobodyAt(this.#asking, at + 1, kind)
    if (lacks.has(word)) return lackingAt(this.#asking, at + 1, kind, this.#nested) ?? this.#verb(at, kind)
    if (word === 'with' && lacks.has(words[at + 1] ?? '')) return lackingAt(this.#asking, at + 2, kind, this.#nested)
    if (word === 'with')
      return (
        sizeAt(words, at + 1, kind) ??
        this.#verb(at + 1, kind) ??
        hasAt(this.#asking, at + 1, kind, this.#nested) ??
        this.#valuesAt(at + 1, kind)
      )
    return this.#positive(at, kind)
  }

  /** "where language is python": what "where" leads to is a property, and no place. */
  #leadsToProperty(at: number, kind: KindDeclaration): boolean {
    const { words } = this.#asking
    return words[at] === 'where' && propertyAt(words, at + 1, kind) !== undefined
  }

  #positive(at: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    const behind = belongs.has(words[at]!) ? at + 1 : undefined
    return (
      sizeAt(words, at, kind) ??
      measuredAt(words, at, kind) ??
      this.#atTime(at, kind) ??
      this.#ofTime(at, kind) ??
      this.#verb(at, kind) ??
      ownedByNameAt(this.#asking, at, kind) ??
      (behind === undefined ? undefined : this.#placed(behind, kind)) ??
      this.#valuesAt(at, kind) ??
      hasAt(this.#asking, at, kind, this.#nested)
    )
  }

  #denied(at: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    const start = words[at] === 'have' || words[at] === 'been' || words[at] === 'be' ? at + 1 : at
    const part = this.#positive(start, kind)
    return part && { ...part, filter: negated(part.filter) }
  }

  /** Behind "in", "of" and the like: where it is, what it is part of by name, or things of another kind that it belongs to. */
  #placed(at: number, kind: KindDeclaration): Part | undefined {
    const property = hasAt(this.#asking, at, kind, () => undefined)
    const isSaid = property && isCompared(property.filter, kind)
    return (
      this.#valuesAt(at, kind) ??
      belongingAt(this.#asking, at, kind) ??
      (isSaid ? property : undefined) ??
      behindAt(this.#asking, at, kind, this.#nested)
    )
  }

  /** When something of it was: "resolved yesterday", "pushed since Monday". */
  #atTime(at: number, kind: KindDeclaration): Part | undefined {
    // "since" and "at" name moments of some kinds, and stand before every time.
    if (['since', 'at'].includes(this.#asking.words[at]!)) return undefined
    const said = propertyAt(this.#asking.words, at, kind)
    return said?.declared.type === 'instant' ? timeAt(this.#asking, said.next, said.name) : undefined
  }

  /** When it happened, or how old it is. */
  #ofTime(at: number, kind: KindDeclaration): Part | undefined {
    const { words } = this.#asking
    const made = madeAt(kind)
    const isAge =
      standsAt(words, at, 'older than') || standsAt(words, at, 'younger than') || standsAt(words, at, 'newer than')
    if (isAge) return made === undefined ? undefined : timeAt(this.#asking, at, made)
    const happened = happenedAt(kind)
    const start = words[at] === 'from' || words[at] === 'of' ? at + 1 : at
    return happened === undefined
      ? undefined
      : (timeAt(this.#asking, at, happened) ?? timeAt(this.#asking, start, happened))
  }

  #verb(at: number, kind: KindDeclaration): Part | undefined {
    return verbAt(this.#asking, at, kind, this.#nested, (next) => this.#placed(next, kind))
  }

  readonly #nested: Nested = (at) => this.question(at, true)
}

/** The same said of several kinds: of all of them at once where it is the same condition. */
function together(filters: readonly Filter[]): Filter {
  const [first] = filters
  if (filters.length === 1) return first!
  const parts = filters.map((filter) => ('all' in filter ? filter.all : [filter]))
  const rest = parts.map(([, ...others]) => JSON.stringify(others))
  const areKinds = parts.every(([kinds]) => kinds && 'kinds' in kinds)
  return areKinds && new Set(rest).size === 1
    ? allOf([{ kinds: filters.flatMap(kindsOf) }, ...parts[0]!.slice(1)])
    : anyOf(filters)
}
