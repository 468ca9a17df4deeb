import { askedBy } from './read-filter-words.js'
import { readQuestion } from './read-question.js'
import type { NameIndex } from './name-index.js'
import { wordsOf } from './slash.js'
import type { Stretch } from './spot-names.js'
import type { Spotted } from './spotted.js'
import type { Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/** Words without the stop, or the s of a genitive, behind them. */
export const bare = (words: string): string => words.replace(/['’]s$|[?!.,;:]+$/g, '')

/** Longest text in which a question is looked for, in words, and how many at its end may be no part of it. */
const longestText = 24
const mostBehind = 2

/** The words of a stretch as they were said. */
export const saidIn = ({ from, to }: Stretch, { tokens, text }: Spotted): string =>
  bare(wordsOf(tokens.slice(from, to), text))

const questions = new WeakMap<readonly Token[], Stretch | undefined>()

/** The longest stretch that reads as a question for things of the catalog; it goes to the end of the text, or nearly. Looked for once. */
export function questionIn({ tokens, hearing }: Spotted, names: NameIndex): Stretch | undefined {
  if (questions.has(tokens)) return questions.get(tokens)
  const found = tokens.length > longestText ? undefined : longestQuestion(tokens, hearing, names)
  questions.set(tokens, found)
  return found
}

function longestQuestion(tokens: readonly Token[], hearing: Hearing, names: NameIndex): Stretch | undefined {
  const { text } = hearing
  const of = askedBy(hearing, names)
  for (let from = 0; from < tokens.length; from++)
    for (let to = tokens.length; to > from && to >= tokens.length - mostBehind; to--)
      if (readQuestion(bare(wordsOf(tokens.slice(from, to), text)), of) !== undefined) return { from, to }
  return undefined
}
