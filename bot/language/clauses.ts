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
}

/** The parts of a text, courtesies gone from each: "morning! quick one - who owns checkout?" has three. One part alone is no part. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = []
  let begin = 0
  const add = (end: number, seam: string) => {
    const tokens = tokensWithin(text, begin, end)
    if (tokens.length) clauses.push({ tokens, asks: seam.includes('?'), seam })
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
  const tokens = begin ? tokensWithin(text, begin, end) : []
  return tokens.length ? { tokens, asks: text.slice(begin, end).endsWith('?'), seam: '' } : undefined
}

/** The words of a part of a text; offsets are of the whole. */
const tokensWithin = (text: string, begin: number, end: number): Token[] =>
  tokensOf(text.slice(begin, end)).map(({ word, start, end: stop }) => ({
    word,
    start: start + begin,
    end: stop + begin,
  }))
