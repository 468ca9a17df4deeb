import { tokensOf, type Token } from './tokens.js'

/** What parts a text: the end of a sentence, a comma, a dash between spaces, an ellipsis, a line's end, brackets. */
const seams = /(?:[.!?;:,…]+|\.{2,})(?=\s|$)|\s[-–—]+\s|[\n()]+|\u2014/gu

/** A part of a text that may say something by itself; offsets are of the whole text. */
export interface Clause {
  tokens: readonly Token[]
  /** It ends in a question mark. */
  asks: boolean
  /** What it ends in, as it was typed. */
  seam: string
  /** It is led to by words that ask to be shown or told, which are passed over: "could you show me". */
  isLedTo?: boolean
}

/** The parts of a text, courtesies gone from each: "morning! quick one - who owns checkout?" has three. One part alone is no part. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  let begin = 0
  const add = (end: number, seam: string) => {
    const within = wordsWithin(text, begin, end)
    if (within.tokens.length) clauses.push({ ...within, asks: seam.includes('?'), seam })
  }
  for (const { index, 0: seam } of text.matchAll(seams)) {
    add(index, seam)
    begin = index + seam.length
  }
  add(text.length, '')
  return clauses.length > 1 ? clauses : []
}

/** Where the part of a text ends that a place in it is of. */
export function endOfClause(text: string, from: number): number {
  const at = text.slice(from).search(seams)
  return at < 0 ? text.length : from + at
}

/** The last of several lines: what is asked below something that was pasted. */
export function lastLineOf(text: string): Clause | undefined {
  const end = text.trimEnd().length
  const begin = text.lastIndexOf('\n', end - 1) + 1
  const within = begin ? wordsWithin(text, begin, end) : undefined
  return within?.tokens.length ? { ...within, asks: text.slice(begin, end).endsWith('?'), seam: '' } : undefined
}

/** Words that ask to be shown or told what stands behind them. */
const leading = /\b(?:(show)\s+(me|us)|tell (?:me|us)|find out|know|wonder)\s+(?:the\s+|an?\s+|please\s+)*$/i

/** The words of a part of a text; offsets are of the whole. A thing that is to be shown is no word alone: "show me checkout". */
function wordsWithin(text: string, begin: number, end: number): Pick<Clause, 'tokens' | 'isLedTo'> {
  const tokens = tokensOf(text.slice(begin, end)).map(({ word, start, end: stop }) => ({
    word,
    start: start + begin,
    end: stop + begin,
  }))
  const [first, second] = tokens
  const led = first && leading.exec(text.slice(begin, first.start))
  const [, show, me] = led ?? []
  const shown = (word: string): Token => {
    const start = text.lastIndexOf(word, first!.start)
    return { word: word.toLowerCase(), start, end: start + word.length }
  }
  return { tokens: show && !second ? [shown(show), shown(me!), ...tokens] : tokens, isLedTo: Boolean(led) }
}
