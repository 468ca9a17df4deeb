import { isPut, quotes, withoutCourtesies, type KnownWords } from './request.js'
import type { RequestForms } from './request-forms.js'
import { isMachineMade } from './machine-text.js'
import { isNegated } from './negation.js'
import type { Clause } from './clauses.js'
import {
  deedsIn,
  isOver,
  isConditional,
  isOfTale,
  isQuoting,
  spoilsRequest,
  turnsRequest,
  unmakesRequest,
} from './tale.js'
import type { Token } from './tokens.js'
import { baseOfGerund, baseOfParticiple } from './verb-forms.js'
import { generalVerbs } from './verb-words.js'

/** How words are put: whether they ask Nexus for a deed, tell of one, wish for it, deny it or ask about it. */
export interface Manner {
  /** The word with which they begin, courtesies gone. */
  opening: string
  /** They are put to Nexus in so many words: "could you", "please". */
  put: boolean
  /** Figures that are the same for every command, in the order of `figures`. */
  figures: readonly number[]
  /**
   * What makes it doubtful that anything is asked for: `much` is a condition, somebody's words or more deeds than one near it, `some` a word
   * that tells of a deed or asks about it, `denied` a "not" before one, which is a refusal but for commands that are asked for so.
   */
  doubt: 'none' | 'some' | 'denied' | 'much'
}

/** A text as a whole. */
export interface Whole {
  text: string
  tokens: readonly Token[]
  doubtful: boolean
}

/** Looks at a text as a whole, before its parts. */
export function wholeOf(text: string, tokens: readonly Token[], clauses: readonly Clause[], known: KnownWords): Whole {
  const parts = (clauses.length ? clauses.map((one) => one.tokens) : [tokens]).map(
    (part) => withoutCourtesies(part, known).rest,
  )
  const deeds = parts.reduce((sum, part) => sum + deedsIn(part, known), 0)
  return {
    text,
    tokens,
    doubtful:
      isMachineMade(text) ||
      deeds > 1 ||
      parts.some(([first]) => first?.word === 'not' || first?.word === 'never') ||
      isQuoting(text) ||
      parts.some(isConditional),
  }
}

/** All of it is quoted. */
const isQuoted = /^\s*["“„'`].*["”“'`]\s*$/s

/** Words with which questions begin. */
const interrogative = new Set(
  'who whose whom what which when where why how is are was were do does did has have had am should may might would will can could any anyone anybody shall'.split(
    ' ',
  ),
)
/** Before a participle these tell what was done. */
const tellsOf = new Set('i we he she they you already was were been got has had have never just also is are'.split(' '))
const subjects = new Set(
  'i we he she they you it this that these those somebody someone nobody everybody everyone'.split(' '),
)

/** A part of a text, as its figures are read. */
interface Put {
  /** Its words, courtesies gone. */
  said: readonly string[]
  /** All its words, and all of the text. */
  words: readonly string[]
  all: readonly string[]
  /** As it was typed, with what ends it. */
  typed: string
  put: boolean
  /** Whether a word is a form of a verb of requests that asks for nothing: "restarted", "restarts". */
  isInflected: (word: string) => boolean
}

/** How many words are something, as a share of the most that count. */
const share = (words: readonly string[], is: (word: string) => boolean, most: number): number =>
  Math.min(most, words.filter(is).length) / most

/** What is looked at of a part for whichever command it may mean. Their order is that of the weights (evidence-weights.ts). */
const figures: readonly ((part: Put) => number)[] = [
  ({ put }) => Number(put),
  ({ said }) => share(said, turnsRequest, 2),
  ({ said }) => share(said, isOfTale, 3),
  ({ said, isInflected }) => share(said, isInflected, 2),
  ({ typed, put }) => Number(typed.includes('?') && !put),
  ({ said, put }) => Number(interrogative.has(said[0]!) && !put),
  ({ said }) => Number(subjects.has(said[0]!)),
  ({ typed }) => Number(quotes.test(typed)),
  ({ words }) => Number(isNegated(words)),
  ({ words, all }) => Number(!isNegated(words) && isNegated(all)),
  ({ said }) => Math.log(said.length) / 3,
]

/** What is looked at beside them for one command that changes something. */
const figuresOfCommand: readonly ((of: {
  isOwn: boolean
  isGeneral: boolean
  isVerb: boolean
  put: boolean
}) => number)[] = [
  ({ isOwn, isGeneral }) => Number(isOwn && !isGeneral),
  ({ isOwn, isGeneral }) => Number(isOwn && isGeneral),
  ({ isOwn, isVerb }) => Number(!isOwn && isVerb),
  ({ isOwn, put }) => Number(isOwn && put),
  ({ isOwn, isVerb, put }) => Number(!isOwn && !isVerb && put),
]

/**
 * How a part of a text is put.
 * @param whole all of it
 */
export function mannerOf(tokens: readonly Token[], whole: Whole, known: KnownWords): Manner {
  if (!tokens.length) return { opening: '', put: false, figures: figures.map(() => 0), doubt: 'much' }
  const { text } = whole
  const wordsOf = (of: readonly Token[]) => of.map(({ word }) => word)
  const { rest, asks, isOpened } = withoutCourtesies(tokens, known)
  const said = wordsOf(rest.length ? rest : tokens)
  const put = isOpened || asks || isPut({ tokens, asks: false, seam: '' }, text)
  const typed = text.slice(tokens[0]!.start, tokens.at(-1)!.end + 2)
  const isDeed = (word: string) =>
    baseOfGerund(word, known.verbs) !== undefined || baseOfParticiple(word, known.verbs) !== undefined
  const isInflected = (word: string) => isDeed(word) || (word.endsWith('s') && known.verbs.has(word.slice(0, -1)))
  const part: Put = { said, words: wordsOf(tokens), all: wordsOf(whole.tokens), typed, put, isInflected }
  const isDenied = said.some(
    (word, at) => isNegated([word]) && (known.verbs.has(said[at + 1] ?? '') || isDeed(said[at + 1] ?? '')),
  )
  const doubted = put ? 'none' : doubtOf(part, isDeed, text, known)
  const doubt = whole.doubtful ? 'much' : isDenied && doubted !== 'much' ? 'denied' : doubted
  return { opening: said[0]!, put, doubt, figures: figures.map((figure) => figure(part)) }
}

/** How doubtful it is that words ask for anything which are not put to Nexus in so many words. */
function doubtOf(
  { said, typed, isInflected }: Put,
  isDeed: (word: string) => boolean,
  text: string,
  known: KnownWords,
): Manner['doubt'] {
  const opening = said[0]!
  const isVerbal = (word: string | undefined) => word !== undefined && (known.verbs.has(word) || isDeed(word))
  const isOwn = known.verbs.has(opening)
  /** "I restarted it", "restarted it", "it failed", and no "undo what I did": somebody tells of a deed. */
  const tells = (word: string, at: number) => {
    const before = said[at - 1]
    if (isOver(word)) return before !== undefined && !(isOwn && subjects.has(before))
    return at === 0 ? baseOfParticiple(word, known.verbs) !== undefined : isDeed(word) && tellsOf.has(before!)
  }
  const isNone =
    isQuoted.test(text) ||
    typed.includes('?') ||
    said.some((word, at) => tells(word, at) || unmakesRequest(word)) ||
    (isInflected(opening) && !isDeed(opening) && !known.isName(opening)) ||
    (spoilsRequest(opening) && isVerbal(said[1]))
  if (isNone) return 'much'
  /** "Cancel" and "stop" begin requests of their own, and the contrary of one: "stop restarting it". */
  const opensOwn = (at: number) => at === 0 && isOwn
  const isDoubtful =
    isDeed(opening) || said[1] === 'of' || said.some((word, at) => spoilsRequest(word) && !opensOwn(at))
  return isDoubtful ? 'some' : 'none'
}

/** What the manner says for a command that changes something; nothing for one that reads. */
export function evidenceOfManner(
  { opening, put, figures: ofAll }: Manner,
  forms: RequestForms | undefined,
  verbs: ReadonlySet<string>,
): number[] {
  if (!forms) return [...figures, ...figuresOfCommand].map(() => 0)
  const of = {
    isOwn: forms.forms.some(({ verb }) => verb === opening),
    isGeneral: generalVerbs.has(opening),
    isVerb: verbs.has(opening),
    put,
  }
  return [...ofAll, ...figuresOfCommand.map((figure) => figure(of))]
}
