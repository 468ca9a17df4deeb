import { contractions } from './chat-words.js'
import { invisible, withoutLookAlikes } from './look-alikes.js'

/** A word of a text as it is compared, and where it stood. */
export interface Token {
  word: string
  start: number
  end: number
}

/** Longest text that is looked at for meaning, in characters; what people ask is far shorter. */
export const longestText = 1000

/** A word as it stands in a text, with what shows nothing within it; dashes of any length join its parts. */
const wordPattern = new RegExp(`[\\p{L}\\p{N}\\p{M}'’\\-‐‑‒–−_./@:+#%${invisible.source.slice(1, -1)}]+`, 'gu')

/** The same where all letters are of ASCII, as they mostly are: it takes half the time. */
const plainWordPattern = /[\w'\-./@:+#%]+/g
/** A word with nothing in it that is folded or cut off. */
const bareWord = /^[A-Za-z0-9]+$/

/** For or against: the sign is all of its meaning. */
const vote = /^[-+]1$/

/** Words that carry politeness or nothing at all; they are passed over wherever they stand. */
const idle = new Set([
  'please',
  'pls',
  'plz',
  'thanks',
  'thank',
  'thx',
  'hi',
  'hey',
  'hello',
  'the',
  'a',
  'an',
  'just',
  'kindly',
  'folks',
  'team?',
  'hm',
  'um',
  'so',
  'ok',
])

/** Whether a word is passed over wherever it stands. */
export const isPassedOver = (word: string): boolean => idle.has(word)

/** Openings that only ask to be told; what follows is the question. */
const openings = [
  'can you tell me',
  'could you tell me',
  'can you show me',
  'could you show me',
  'do you know',
  'does anybody know',
  'does anyone know',
  'i need to know',
  'i want to know',
  'tell me',
  'can you find out',
  'could you find out',
  'find out',
  'i wonder',
].map((words) => words.split(' '))

/** Endings that say no more than the question does: it is about now. */
const closings = ['right now', 'at the moment', 'now', 'currently', 'rn', 'atm', 'nw'].map((words) => words.split(' '))

/**
 * Cuts a text into comparable words: compatibility forms folded, zero-width characters and punctuation gone, contractions spelt out,
 * politeness dropped. Spans are offsets into the given text.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  const read = text.slice(0, longestText)
  // Folding keeps one character for one, so that spans stay true: each character is folded by itself.
  for (const { 0: said, index: start } of read.matchAll(isPlain(read) ? plainWordPattern : wordPattern)) {
    const isBare = bareWord.test(said)
    const folded = isBare ? said.toLowerCase() : fold(said)
    const raw = isBare || vote.test(folded) ? folded : folded.replace(/^['\-_./:]+|['\-_./:]+$/g, '')
    if (!raw) continue
    const [stop = ''] = isBare ? [] : /[._/:]*$/.exec(said)!
    const span = { start, end: start + said.length - stop.length }
    const contracted = contractions.get(raw)
    if (isBare && contracted === undefined) tokens.push({ word: raw, ...span })
    else for (const word of (contracted ?? raw.replace(/'s$/, '')).split(' ')) tokens.push({ word, ...span })
  }
  return withoutClosing(withoutOpening(tokens.filter(({ word }) => !isPassedOver(word))))
}

/** The form in which words are compared: lower case, compatibility forms, look-alike letters and invisible characters gone, accents kept. */
export const fold = (text: string): string =>
  isPlain(text)
    ? text.toLowerCase()
    : withoutLookAlikes(
        text
          .normalize('NFKC')
          .replace(invisible, '')
          .replace(/[‘’ʼ]/g, "'")
          .replace(/[‐‑‒–−]/g, '-')
          .toLowerCase(),
      )

/** Nearly all that is said and named has letters of ASCII alone. */
const isPlain = (text: string): boolean => /^[ -~]*$/.test(text)

/** Who is spoken to, before the question itself. */
const addressed = 'nexus'

function withoutOpening(all: Token[]): Token[] {
  const tokens = all.length > 2 && all[0]!.word === addressed ? all.slice(1) : all
  const opening = openings.find((words) => words.every((word, index) => tokens[index]?.word === word))
  return opening ? tokens.slice(opening.length) : tokens
}

function withoutClosing(tokens: Token[]): Token[] {
  const closing = closings.find(
    (words) => words.length < tokens.length && words.every((word, i) => tokens.at(i - words.length)!.word === word),
  )
  return closing ? tokens.slice(0, -closing.length) : tokens
}
