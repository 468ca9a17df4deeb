import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import { kindCalled } from '../../skills/kit/catalog/asked-kinds.js'
import { printFilter } from '../../skills/kit/catalog/print-filter.js'
import { readFilter } from '../../skills/kit/catalog/read-filter.js'
import { Fault } from '../../skills/kit/errors.js'
import { takesKind, type Kind } from '../../skills/kit/model.js'
import { readFilterWords, type AskedOf } from './read-filter-words.js'

/**
 * Reads which things are meant: the filter language itself, or plain words such as "production databases not backed up in 7 days".
 * @param kinds what may be asked for; everything unless told
 * @returns the filter's text form; undefined where the words are no question for kinds of the catalog
 */
export function readQuestion(
  words: string,
  of: AskedOf,
  { kinds: asked }: { kinds?: readonly Kind[] } = {},
): string | undefined {
  const known = of.names.questions
  const key = `${asked?.join() ?? ''}:${words}`
  if (known?.has(key)) return known.get(key)
  const read = readAnew(words, of, asked)
  known?.set(key, read)
  return read
}

function readAnew(words: string, of: AskedOf, asked: readonly Kind[] | undefined): string | undefined {
  const [only, ...others] = asked ?? []
  // Where one kind only is asked for, a condition is enough: "severity = sev1".
  const isOne = only !== undefined && !others.length && mayBeWritten(words, of.kinds)
  const conditions = isOne ? asWritten(`${only} where ${words}`, of.kinds) : undefined
  // What is written in the filter language is told its mistake, and never read as something else.
  const isWritten = /\bwhere\b.*[=<>≠≤≥]/.test(words)
  const filter = conditions ?? asWritten(words, of.kinds) ?? (isWritten ? undefined : readFilterWords(words, of))
  const first = filter && 'all' in filter ? filter.all[0] : filter
  // "Nothing" and "everything" are said of much else than the catalog.
  if (!filter || !first || !('kinds' in first || ('any' in first && first.any.length))) return undefined
  const isAsked = asked === undefined || ('kinds' in first && first.kinds.every((kind) => takesKind(asked, kind)))
  return isAsked ? printFilter(filter) : undefined
}

function asWritten(words: string, kinds: readonly KindDeclaration[]): Filter | undefined {
  if (!mayBeWritten(words, kinds)) return undefined
  try {
    return readFilter(words, kinds)
  } catch (error) {
    if (error instanceof Fault) return undefined
    throw error
  }
}

/** Without one of these there is but one word in what is written in the filter language: a kind, or what stands for all or for none. */
const joined = /["“”„«»(),=<>!≠≤≥]|(?:^|\s)['‘]|\b(?:and|or|not|in|where|contains|missing|within|older|words)\b/iu

/** Whether words may be of the filter language at all: most that are asked are not, and to be told what is wrong with them takes longer. */
function mayBeWritten(words: string, kinds: readonly KindDeclaration[]): boolean {
  if (joined.test(words)) return true
  const [word, ...more] = words.trim().split(/\s+/u)
  return (
    word !== undefined && !more.length && (/^(?:every|no)thing$/i.test(word) || kindCalled(word, kinds) !== undefined)
  )
}
