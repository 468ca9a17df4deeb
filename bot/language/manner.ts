import { isPut, quotes, withoutCourtesies, type KnownWords } from './request.js'
import { general, type RequestForms } from './request-forms.js'
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

/** How words are put: whether they ask Nexus for a deed, tell of one, wish for it, deny it or ask about it. */
export interface Manner {
  /** The word with which they begin, courtesies gone. */
  opening: string
  /** Figures that are the same for every command, in the order of `mannerOf`. */
  figures: readonly number[]
  /**
   * What makes it doubtful that anything is asked for: `much` is a condition, somebody's words or more deeds than one near it, `some` a word
   * that tells of a deed, denies it or asks about it.
   */
  doubt: 'none' | 'some' | 'much'
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
      isMachine.test(text) ||
      deeds > 1 ||
      parts.some(([first]) => first?.word === 'not' || first?.word === 'never') ||
      isQuoting(text) ||
      parts.some(isConditional),
  }
}

/** Fragments of templates and markup, which nobody says. */
const isMachine = /\$[{(]|\{\{|<%|%\(|<\/?\w+[^>]*>/

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

/**
 * How a part of a text is put.
 * @param whole all of it
 */
export function mannerOf(tokens: readonly Token[], whole: Whole, known: KnownWords): Manner {
  if (!tokens.length) return { opening: '', figures: Array<number>(figureCount).fill(0), doubt: 'much' }
  const { text } = whole
  const { rest, asks, isOpened } = withoutCourtesies(tokens, known)
  const said = rest.length ? rest : tokens
  const [first] = said
  const clause = { tokens, asks: false, seam: '' }
  const put = isOpened || asks || isPut(clause, text)
  const own = text.slice(tokens[0]!.start, tokens.at(-1)!.end + 2)
  const count = (is: (word: string) => boolean, most: number) =>
    Math.min(most, said.filter(({ word }) => is(word)).length) / most
  const isDeed = (word: string) =>
    baseOfGerund(word, known.verbs) !== undefined || baseOfParticiple(word, known.verbs) !== undefined
  const isInflected = (word: string) => isDeed(word) || (word.endsWith('s') && known.verbs.has(word.slice(0, -1)))
  const words = (of: readonly Token[]) => of.map(({ word }) => word)
  const isVerbal = (word: string | undefined) => word !== undefined && (known.verbs.has(word) || isDeed(word))
  /** "I restarted it", "restarted it", "it failed", and no "what it was": somebody tells of a deed. */
  const tells = ({ word }: Token, at: number) => {
    const before = said[at - 1]?.word
    if (isOver(word)) return before !== undefined && !subjects.has(before)
    return at === 0 ? baseOfParticiple(word, known.verbs) !== undefined : isDeed(word) && tellsOf.has(before!)
  }
  /** "Cancel" and "stop" begin requests of their own, and the contrary of one: "stop restarting it". */
  const opensOwn = (at: number) => at === 0 && known.verbs.has(first!.word)
  const doubt = (): Manner['doubt'] => {
    if (whole.doubtful) return 'much'
    if (put) return 'none'
    const isNone =
      isQuoted.test(text) ||
      own.includes('?') ||
      said.some((token, at) => tells(token, at) || unmakesRequest(token.word)) ||
      (isInflected(first!.word) && !isDeed(first!.word) && !known.isName(first!.word)) ||
      (spoilsRequest(first!.word) && isVerbal(said[1]?.word))
    if (isNone) return 'much'
    const isDoubtful =
      isDeed(first!.word) || said[1]?.word === 'of' || said.some(({ word }, at) => spoilsRequest(word) && !opensOwn(at))
    return isDoubtful ? 'some' : 'none'
  }
  return {
    opening: first!.word,
    doubt: doubt(),
    figures: [
      Number(put),
      count(turnsRequest, 2),
      count(isOfTale, 3),
      count(isInflected, 2),
      Number(own.includes('?') && !put),
      Number(interrogative.has(first!.word) && !put),
      Number(subjects.has(first!.word)),
      Number(quotes.test(own)),
      Number(isNegated(words(tokens))),
      Number(!isNegated(words(tokens)) && isNegated(words(whole.tokens))),
      Math.log(said.length) / 3,
    ],
  }
}
const figureCount = 11

/** What the manner says for a command that changes something; nothing for one that reads. */
export function evidenceOfManner(
  manner: Manner,
  forms: RequestForms | undefined,
  verbs: ReadonlySet<string>,
): number[] {
  if (!forms) return Array<number>(figureCount + 5).fill(0)
  const { opening, figures } = manner
  const isOwn = forms.forms.some(({ verb }) => verb === opening)
  const isGeneral = general.has(opening)
  const put = figures[0]!
  return [
    ...figures,
    Number(isOwn && !isGeneral),
    Number(isOwn && isGeneral),
    Number(!isOwn && verbs.has(opening)),
    Number(isOwn) * put,
    Number(!isOwn && !verbs.has(opening)) * put,
  ]
}
