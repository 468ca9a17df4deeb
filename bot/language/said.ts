import type { FilledMatch } from './choose-phrase.js'
import { clausesOf, lastLineOf, type Clause } from './clauses.js'
import { partGlued, type GluedBeside } from './glued-words.js'
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
  /** The last of several lines. */
  line: Clause | undefined
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
  const { verbs } = learntRequests
  const vocabulary = () => classifier().vocabulary
  const beside: GluedBeside = { names, verbs, isOfPhrases: (word) => phrases.words.has(word), vocabulary }
  const parted = (tokens: readonly Token[]) => tokens.flatMap((token) => partGlued(token, beside))
  const partedIn = (clause: Clause): Clause => ({ ...clause, tokens: parted(clause.tokens) })
  const typed = tokensOf(text)
  const tokens = parted(typed)
  const clauses = clausesOf(text).map(partedIn)
  const line = lastLineOf(text)
  const known: KnownWords = { verbs, beginnings: phrases.beginnings, isName: (word) => names.knows(word) }
  const isUnsure =
    isPassedOn || tokens.some(({ start, end }, at) => typed[at]?.start !== start || typed[at].end !== end)
  const request = { ...requestOf(tokens, clauses, text, known), isUnsure }
  let spotted: Spotted | undefined
  return {
    ...{ hearing, names, learnt, tokens, clauses, known, request },
    line: line && partedIn(line),
    words: tokens.map(({ word }) => word),
    match: phrases.read(tokens, hearing, names, request),
    spotted: () => (spotted ??= spot(tokens, hearing, names, vocabulary())),
  }
}
