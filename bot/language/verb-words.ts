import { isOneSlip } from './one-slip.js'
import type { Token } from './tokens.js'

/** Verbs of two words, as people write them in one. */
const compounds = new Map(
  ['roll back', 'shut down', 'tear down', 'spin up', 'fail over', 'scale up', 'scale down', 'set up'].map((two) => [
    two.replace(' ', ''),
    two.split(' '),
  ]),
)
/** A verb of two words in two. */
export const parted = (token: Token): Token[] =>
  compounds.get(token.word)?.map((word) => ({ ...token, word })) ?? [token]

/** A word of the vocabulary with one slip. */
export function nearest(word: string, vocabulary: ReadonlySet<string>): string | undefined {
  if (vocabulary.has(word)) return word
  if (word.length < 5) return undefined
  return [...vocabulary].find((other) => other.length >= 5 && isOneSlip(word, other) && word !== `${other}s`)
}
