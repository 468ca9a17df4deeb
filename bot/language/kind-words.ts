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

/** The kind that stands at a place of a sentence, by the most words; of several that are called alike the first declared. */
export function kindAt(words: readonly string[], at: number, kinds: readonly KindDeclaration[]): KindMeant | undefined {
  for (let width = Math.min(longest, words.length - at); width; width--) {
    const said = words.slice(at, at + width).join(' ')
    for (const kind of kinds) {
      const named = [kind.title, kind.plural].some((name) => name.toLowerCase() === said)
      const word = kind.says.find((one) => isSaid(typeof one === 'string' ? one : one.word, said))
      if (!named && word === undefined) continue
      const where = !named && typeof word === 'object' ? ` where ${word.where}` : ''
      return { kind, filter: readFilter(`${kind.kind}${where}`, kinds), words: width }
    }
  }
  return undefined
}

const isSaid = (word: string, said: string): boolean => said === word || said === pluralOf(word)
