import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import type { NameIndex } from './name-index.js'
import { readFilterWords } from './read-filter-words.js'

/**
 * Reads which things are meant: the filter language itself, or plain words such as "production databases not backed up in 7 days".
 * @returns the filter's text form; undefined where the words are no question for kinds of the catalog
 */
export function readQuestion(words: string, kinds: readonly KindDeclaration[], names: NameIndex): string | undefined {
  const filter = asWritten(words, kinds) ?? readFilterWords(words, kinds, names)
  const first = filter && 'all' in filter ? filter.all[0] : filter
  // "Nothing" and "everything" are said of much else than the catalog.
  return filter && first && ('kinds' in first || ('any' in first && first.any.length)) ? printFilter(filter) : undefined
}

function asWritten(words: string, kinds: readonly KindDeclaration[]): Filter | undefined {
  try {
    return readFilter(words, kinds)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}
