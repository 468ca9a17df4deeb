import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../skills/kit/catalog/kind-declaration.js'
import type { Filter } from '../../skills/kit/catalog/filter.js'
import type { Asking } from './filter-words/asking.js'
import { QuestionReader } from './filter-words/question-reader.js'
import { questionWords } from './filter-words/question-words.js'
import { mendWords } from './filter-words/mend-words.js'
import { kindAt } from './kind-words.js'
import type { NameIndex } from './name-index.js'
import type { Hearing } from './understanding.js'

/** Against what a question of plain words is read. */
export type AskedOf = Omit<Asking, 'words'>

/** What is asked of by whoever speaks, when and where they do. */
export const askedBy = (
  { now, zone, speaker, teams, kinds = builtInKinds }: Pick<Hearing, 'now' | 'zone' | 'speaker' | 'teams' | 'kinds'>,
  names: NameIndex,
): AskedOf => ({ kinds, names, spoken: { now, zone }, speaker, teams })

/** More words than these are no question about things. */
const mostWords = 60

/**
 * Reads a question of plain words, from what kinds and their properties are called: "production databases not backed up in 7 days",
 * "services that depend on payments-db and had an incident this month", "teams with more than 3 open incidents". What stands before the noun are
 * values of its properties and names it belongs to; behind it stand whose it is, what it is part of, how it hangs together with others, and what
 * it has or lacks. Every word must be understood. Superlatives are no filters.
 * @returns undefined where one of the words is not
 */
export function readFilterWords(text: string, of: AskedOf): Filter | undefined {
  const words = questionWords(text)
  if (!words.length || words.length > mostWords) return undefined
  const asked = (said: readonly string[]): Filter | undefined => {
    const read = new QuestionReader({ ...of, words: said }).question(0)
    return read?.next === said.length ? read.filter : undefined
  }
  const read = asked(words)
  if (read) return read
  const mended = mendWords(words, of.kinds, of.names)
  const isMended = mended.some((word, at) => word !== words[at])
  return (isMended ? asked(mended) : undefined) ?? ofAnything(mended, of.kinds, asked)
}

/** Words for things of whichever kind, in front of what is said of them. */
const anything = new Set(['anything', 'everything', 'things', 'thing', 'stuff', 'something'])
/** What is asked for where no kind is named: most of what an organisation has, and the only kind that has a place and a price. */
const likeliest = 'resources'

/** "everything in northeurope", "anything with alerts firing": what is said so is said of resources. */
function ofAnything(
  words: readonly string[],
  kinds: readonly KindDeclaration[],
  asked: (words: readonly string[]) => Filter | undefined,
): Filter | undefined {
  const [first, ...rest] = words
  if (first === undefined || !rest.length || words.some((_, at) => kindAt(words, at, kinds))) return undefined
  return anything.has(first) ? asked([likeliest, ...rest]) : told(asked([likeliest, ...words]))
}

/** What is asked for without any noun is said by two properties, or by how much of one: "prod eastus2", "tls < 1.2"; one word is a name. */
function told(filter: Filter | undefined): Filter | undefined {
  const tests = filter && 'all' in filter ? filter.all.slice(1) : []
  const isProperties = tests.every((test) => 'is' in test || 'in' in test || 'older' in test || 'within' in test)
  const isCompared = tests.some((test) => !('is' in test && test.is === '='))
  return isProperties && (tests.length > 1 || (isCompared && tests.length > 0)) ? filter : undefined
}
