import type { FilledMatch } from './choose-phrase.js'
import { clausesOf, type Clause } from './clauses.js'
import type { Learnt } from './learn-commands.js'
import type { NameIndex } from './name-index.js'
import { requestOf, type KnownWords, type Request } from './request.js'
import { spot, type Spotted } from './spotted.js'
import { tokensOf, type Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/** What somebody said, with what is read of it before it is weighed. */
export interface Said {
  hearing: Hearing
  names: NameIndex
  learnt: Learnt
  tokens: readonly Token[]
  words: readonly string[]
  clauses: readonly Clause[]
  known: KnownWords
  /** What it asks to be done, if it asks for anything. */
  request: Request
  /** The phrase that fits it best. */
  match: FilledMatch | undefined
  /** The names, times and numbers in it; looked for when they are asked for for the first time. */
  spotted(): Spotted
}

/**
 * Reads what somebody said, as far as the commands' phrases go.
 * @param isPassedOn whether the words are somebody else's: a request in them is asked back
 */
export function readSaid(hearing: Hearing, names: NameIndex, learnt: Learnt, isPassedOn: boolean): Said {
  const { text } = hearing
  const { phrases, learntRequests, classifier } = learnt
  const tokens = tokensOf(text)
  const clauses = clausesOf(text)
  const known: KnownWords = {
    verbs: learntRequests.verbs,
    beginnings: phrases.beginnings,
    isName: (word) => names.knows(word),
  }
  const request = { ...requestOf(tokens, clauses, text, known), ...(isPassedOn && { isUnsure: isPassedOn }) }
  let spotted: Spotted | undefined
  return {
    ...{ hearing, names, learnt, tokens, clauses, known, request },
    words: tokens.map(({ word }) => word),
    match: phrases.read(tokens, hearing, names, request),
    spotted: () => (spotted ??= spot(tokens, hearing, names, classifier().vocabulary)),
  }
}
