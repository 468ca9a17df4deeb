import { checkFilter } from './check-filter.js'
import type { Filter } from './filter.js'
import type { KindDeclaration } from './kind-declaration.js'
import { parseWithWords } from './parse-filter.js'

/**
 * Reads the text of a filter and checks it against the kinds there are.
 * @returns its canonical form, with kinds, properties and values spelled as they are declared
 * @throws FilterFault (BadInput) that points at the word that is wrong
 */
export function readFilter(text: string, kinds: readonly KindDeclaration[]): Filter {
  const { filter, words } = parseWithWords(text)
  return checkFilter(filter, kinds, (part, word) => {
    const said = words.get(part) ?? []
    return said.find(({ says }) => says.toLowerCase() === word.toLowerCase()) ?? said[0]
  })
}
