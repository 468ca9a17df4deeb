import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'

/** A kind that words name, and what they say of it: a "vm" is a Resource of certain types. */
export interface KindMeant {
  kind: KindDeclaration
  filter: Filter
  /** How many words it took. */
  words: number
}

/** Several of what a word names; people's plural is the one word that English makes differently here. */
const pluralOf = (word: string): string =>
  word === 'person'
    ? 'people'
    : /[^aeiou]y$/.test(word)
      ? `${word.slice(0, -1)}ies`
      : /(s|x|ch|sh)$/.test(word)
        ? `${word}es`
        : `${word}s`

/** Words of a name at most: "azure virtual machine". */
const longest = 4

/** What the words of each list of kinds mean; of several that are called alike the first declared. */
const known = new WeakMap<readonly KindDeclaration[], ReadonlyMap<string, KindMeant>>()

/** Every word for one or several of a kind, in lower case. */
export function kindWords(kinds: readonly KindDeclaration[]): ReadonlyMap<string, KindMeant> {
  const learnt = known.get(kinds) ?? learn(kinds)
  known.set(kinds, learnt)
  return learnt
}

function learn(kinds: readonly KindDeclaration[]): Map<string, KindMeant> {
  const meant = new Map<string, KindMeant>()
  const add = (said: string, kind: KindDeclaration, where?: string) => {
    const filter = readFilter(where === undefined ? kind.kind : `${kind.kind} where ${where}`, kinds)
    if (!meant.has(said)) meant.set(said, { kind, filter, words: said.split(' ').length })
  }
  for (const kind of kinds) {
    add(kind.title.toLowerCase(), kind)
    add(kind.plural.toLowerCase(), kind)
    for (const one of kind.says) {
      const { word, where } = typeof one === 'string' ? { word: one, where: undefined } : one
      add(word, kind, where)
      add(pluralOf(word), kind, where)
    }
  }
  return meant
}

/** The kind that stands at a place of a sentence, by the most words. */
export function kindAt(words: readonly string[], at: number, kinds: readonly KindDeclaration[]): KindMeant | undefined {
  const meant = kindWords(kinds)
  for (let width = Math.min(longest, words.length - at); width > 0; width--) {
    const found = meant.get(words.slice(at, at + width).join(' '))
    if (found) return found
  }
  return undefined
}
