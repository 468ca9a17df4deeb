/** A word of a text as it is compared, and where it stood. */
export interface Token {
  word: string
  start: number
  end: number
}

/** Longest text that is looked at for meaning, in characters; what people ask is far shorter. */
export const longestText = 1000

const contractions = new Map([
  ["who's", 'who is'],
  ['whos', 'who is'],
  ["what's", 'what is'],
  ['whats', 'what is'],
  ["where's", 'where is'],
  ["how's", 'how is'],
  ["i'm", 'i am'],
  ["it's", 'it is'],
  ["that's", 'that is'],
  ["doesn't", 'does not'],
  ["don't", 'do not'],
  ["can't", 'can not'],
  ['oncall', 'on call'],
  ['on-call', 'on call'],
])

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
  'i wonder',
]

/** Endings that say no more than the question does: it is about now. */
const closings = ['right now', 'at the moment', 'now', 'currently']

/**
 * Cuts a text into comparable words: compatibility forms folded, zero-width characters and punctuation gone, contractions spelt out,
 * politeness dropped. Spans are offsets into the given text.
 */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = []
  // Folding keeps one character for one, so that spans stay true: each character is folded by itself.
  for (const match of text
    .slice(0, longestText)
    .matchAll(/[\p{L}\p{N}\p{M}'’\-_./@:+#%\u200b-\u200d\u2060\ufeff]+/gu)) {
    const raw = fold(match[0]).replace(/^['\-_./:]+|['\-_./:]+$/g, '')
    if (!raw) continue
    const span = { start: match.index, end: match.index + match[0].length }
    for (const word of (contractions.get(raw) ?? raw.replace(/'s$/, '')).split(' ')) tokens.push({ word, ...span })
  }
  return withoutClosing(withoutOpening(tokens.filter(({ word }) => !idle.has(word))))
}

/** The form in which words are compared: lower case, compatibility forms and invisible characters gone, accents kept. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[‘’]/g, "'")
    .toLowerCase()

/** Who is spoken to, before the question itself. */
const addressed = 'nexus'

function withoutOpening(all: Token[]): Token[] {
  const tokens = all.length > 2 && all[0]!.word === addressed ? all.slice(1) : all
  const opening = openings
    .map((words) => words.split(' '))
    .find((words) => words.every((word, index) => tokens[index]?.word === word))
  return opening ? tokens.slice(opening.length) : tokens
}

function withoutClosing(tokens: Token[]): Token[] {
  const closing = closings
    .map((words) => words.split(' '))
    .find(
      (words) => words.length < tokens.length && words.every((word, i) => tokens.at(i - words.length)!.word === word),
    )
  return closing ? tokens.slice(0, -closing.length) : tokens
}
