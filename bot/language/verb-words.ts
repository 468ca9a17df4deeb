import { isSlipOf } from './one-slip.js'
import type { Token } from './tokens.js'

/** Light verbs, which say nothing of what is to be done. */
const light = 'do get give have let make need new send set take put'.split(' ')

/** Verbs with which a request says what is to be done only together with its other words. */
export const generalVerbs: ReadonlySet<string> = new Set([
  ...light,
  ...'bring move start run open show push go want kick pull turn change create add cut throw drop'.split(' '),
])

/** Verbs that ask for nothing by themselves where a sentence begins: light ones, and words that are more often no verb. */
export const idleVerbs: ReadonlySet<string> = new Set([
  ...light,
  ...'keep call report own back pass hit page test lead'.split(' '),
])

/** Verbs that ask for an answer where a sentence begins: what reads is rather meant than what changes something. */
export const askingVerbs: ReadonlySet<string> = new Set(
  (
    'show list give display tell find get see look check count compare explain describe summarise summarize share send print pull ' +
    'search lookup fetch view read name walk remind brief'
  ).split(' '),
)

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

/** A word is mended from this length on: any word may be meant, and shorter ones are near to too many. */
const leastMended = 5

/** The word of the vocabulary that was meant by one that may have a slip in it. */
export function nearest(word: string, vocabulary: ReadonlySet<string>): string | undefined {
  if (vocabulary.has(word)) return word
  if (word.length < leastMended) return undefined
  return [...vocabulary].find((other) => isSlipOf(other, word, leastMended))
}
