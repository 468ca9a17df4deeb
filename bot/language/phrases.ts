import type { Args } from '../../skills/kit/arguments.js'
import { isFormOf, isSlipOf } from './one-slip.js'
import { mayBeSpokenOf } from './spoken-of.js'
import { tokensOf, type Token } from './tokens.js'
import { tongueWords } from './tongues/tongue-words.js'

/** A piece of a phrase: a word that must be said, or an argument's place. */
type Piece = { word: string } | { slot: string }

/** A phrase of a command, ready to be matched. */
export interface Phrase {
  command: string
  args: Args
  pieces: readonly Piece[]
  /** How many words it fixes; of two phrases that match, the one that fixes more says more. */
  words: number
  /** An argument that is not said, because the thread is about it: "ack" in an incident's thread. */
  implied?: string
}

/** A phrase that fits a text: which tokens stand in which slot. */
export interface PhraseMatch {
  phrase: Phrase
  slots: Record<string, Token[]>
  /** The text's first word, as it was said. */
  first: string
  /** 1, less for each typo in the phrase's own words. */
  certainty: number
  /** Beside it stands what is not understood to its last word: it may be asked back, and nothing is done. */
  surrounded?: boolean
}

/**
 * Compiles the examples of a command, the one place where its words are written.
 * @param cut how their words are cut; as English is unless told
 */
export function compilePhrases(
  command: string,
  says: readonly string[],
  args: Args,
  cut: (text: string) => Token[] = tokensOf,
): Phrase[] {
  // Examples of a command share most of their parts; what is cut once takes less room too.
  const known = new Map<string, readonly Piece[]>()
  const piecesOf = (part: string): readonly Piece[] => {
    const before = known.get(part)
    if (before) return before
    const slot = /^\{(\w+)\}$/.exec(part)?.[1]
    const pieces = slot ? [{ slot }] : cut(part).map(({ word }) => ({ word }))
    known.set(part, pieces)
    return pieces
  }
  const phrases = says.map((example) => {
    const pieces = example.split(/(\{\w+\})/).flatMap(piecesOf)
    return { command, args, pieces, words: wordsIn(pieces) }
  })
  return [...phrases, ...phrases.flatMap(openEnded), ...phrases.flatMap(implying)]
}

const wordsIn = (pieces: readonly Piece[]): number => pieces.filter((piece) => 'word' in piece).length

/** Words that only lead to the name behind them. */
const leading: ReadonlySet<string> = new Set([
  ...['for', 'of', 'on', 'in', 'if', 'about'],
  ...Object.values(tongueWords).flatMap((words) => [...words.leading]),
])

/** A phrase whose one name, at its end, was left out: "who is on call" is the question, and the form asks for the rest. */
function openEnded({ command, args, pieces }: Phrase): Phrase[] {
  const last = pieces.at(-1)
  const words = pieces.slice(0, -1)
  if (!last || !('slot' in last) || args[last.slot]?.optional || wordsIn(words) !== words.length) return []
  const before = words.at(-1)
  const shorter = before && 'word' in before && leading.has(before.word) ? [words, words.slice(0, -1)] : [words]
  return shorter.filter(({ length }) => length >= 2).map((pieces) => ({ command, args, pieces, words: pieces.length }))
}

/** A phrase without the name of what is spoken of: "snooze for {length}" of "snooze {incident} for {length}". It opens with a word of its own. */
function implying({ command, args, pieces }: Phrase): Phrase[] {
  return pieces.flatMap((piece, at) => {
    if (!('slot' in piece) || !mayBeSpokenOf(args[piece.slot]!)) return []
    const rest = pieces.filter((_, index) => index !== at)
    const last = rest.at(-1)
    const left = last && 'word' in last && (last.word === 'of' || last.word === 'for') ? rest.slice(0, -1) : rest
    if (!left[0] || !('word' in left[0])) return []
    return [{ command, args, pieces: left, words: wordsIn(left), implied: piece.slot }]
  })
}

/** What is implied is a little less sure than what was said. */
const ofImplied = 0.98

/** Most tokens a slot takes; names of more words are not worth the search. What is said in free words may be as long as it likes. */
const widestSlot = 8

/** Whether an argument takes words as they were said, however many. */
export const takesAll = (arg: Args[string] | undefined): boolean => arg?.type === 'text' || arg?.type === 'filter'

/**
 * All ways a phrase fits a text from its first token to its last.
 * @param isWord whether a word is one of its own, and so no slip of another; none is unless told
 */
export function matchPhrase(
  phrase: Phrase,
  tokens: readonly Token[],
  isWord: (said: string) => boolean = () => false,
): PhraseMatch[] {
  const { pieces } = phrase
  if (tokens.length < pieces.length || (tokens.length > pieces.length && phrase.words === pieces.length)) return []
  const matches: PhraseMatch[] = []
  const walk = (piece: number, at: number, slots: Record<string, Token[]>, certainty: number): void => {
    const next = pieces[piece]
    if (!next) {
      if (at === tokens.length) matches.push({ phrase, slots, first: tokens[0]!.word, certainty })
      return
    }
    const left = pieces.length - piece - 1
    if ('slot' in next) {
      const widest = takesAll(phrase.args[next.slot]) ? tokens.length : widestSlot
      for (let end = at + 1; end <= Math.min(tokens.length - left, at + widest); end++)
        walk(piece + 1, end, { ...slots, [next.slot]: tokens.slice(at, end) }, certainty)
      return
    }
    const said = tokens[at]
    const likeness = said ? wordLikeness(next.word, said.word, isWord) : 0
    if (likeness) walk(piece + 1, at + 1, slots, certainty * likeness)
  }
  walk(0, 0, {}, phrase.implied === undefined ? 1 : ofImplied)
  return matches
}

/** A phrase's own word may have a slip in it from this length on. */
const leastMended = 4

/** 1 for the same word, less for one with a slip in it, 0 otherwise: "wind" is no "find" with a slip. */
export function wordLikeness(word: string, said: string, isWord: (said: string) => boolean = () => false): number {
  if (word === said) return 1
  if (isWord(said) && !isFormOf(word, said)) return 0
  return isSlipOf(word, said, leastMended) ? 0.9 : 0
}
