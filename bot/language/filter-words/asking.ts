import type { Filter } from '../../../skills/kit/catalog/filter.js'
import type { KindDeclaration, PropertyDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Ref } from '../../../skills/kit/model.js'
import type { NameIndex } from '../name-index.js'
import type { Spoken } from '../read-moment.js'

/** What words of a question are read against. */
export interface Asking {
  words: readonly string[]
  kinds: readonly KindDeclaration[]
  names: NameIndex
  /** When and where it is asked; without it there is no "this month". */
  spoken?: Spoken | undefined
  /** Who asks, for "me", and their teams. */
  speaker?: Ref | undefined
  teams?: readonly Ref[] | undefined
}

/** A part of the question that was understood, and where it goes on. */
export interface Part {
  filter: Filter
  next: number
}

/** What there is not, or what holds of none. */
export const negated = (filter: Filter): Filter => ('not' in filter ? filter.not : { not: filter })

/** Properties of a kind that may be asked for. */
export const askable = ({ properties }: KindDeclaration): [string, PropertyDeclaration][] =>
  Object.entries(properties).filter(([, { type, personal }]) => type !== 'data' && !personal)

/** The words from a place on, as they are said; undefined where there are not so many. */
export const wordsAt = (words: readonly string[], at: number, width: number): string | undefined =>
  at + width <= words.length ? words.slice(at, at + width).join(' ') : undefined

/** Whether certain words stand at a place. */
export const standsAt = (words: readonly string[], at: number, said: string): boolean =>
  wordsAt(words, at, said.split(' ').length) === said

/** The longest of some phrases that stands at a place. */
export const phraseAt = <T>(words: readonly string[], at: number, phrases: ReadonlyMap<string, T>) => {
  for (let width = 4; width; width--) {
    const said = wordsAt(words, at, width)
    if (said !== undefined && phrases.has(said)) return { means: phrases.get(said)!, next: at + width }
  }
  return undefined
}

/** The kinds that a filter of a noun is of. */
export function kindsOf(filter: Filter): readonly string[] {
  const [first] = 'all' in filter ? filter.all : [filter]
  return first && 'kinds' in first ? first.kinds : []
}
