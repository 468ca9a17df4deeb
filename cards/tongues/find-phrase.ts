import type { Span, Text } from '../model.js'
import { phrases, type PhraseBook } from './phrase-book.js'

/** What a text is said with: a language's book, and what else is fixed, such as what people say to a command, by its English. */
export interface Spoken {
  book: PhraseBook
  said: ReadonlyMap<string, string>
}

/** A phrase ready to be found, with its places. */
interface Pattern {
  phrase: (typeof phrases)[number]
  fits: RegExp
}

const patterns: Pattern[] = phrases
  .map((phrase) => ({
    phrase,
    fits: new RegExp(`^${phrase.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\d\}/g, '(.+?)')}$`, 'su'),
  }))
  // Those with the most words of their own come first: "until {0} ({1})" before "until {0}".
  .sort((a, b) => ownLetters(b.phrase) - ownLetters(a.phrase))

function ownLetters(phrase: string): number {
  return phrase.replace(/\{\d\}/g, '').length
}

const byPhrase = new Map<string, Pattern['phrase']>(phrases.map((phrase) => [phrase, phrase]))
const only = (fits: (phrase: string) => boolean): Pattern[] => patterns.filter(({ phrase }) => fits(phrase))
const among =
  (...some: (typeof phrases)[number][]) =>
  (phrase: string): boolean =>
    some.some((one) => one === phrase)
const isFixed = (phrase: string): boolean => !phrase.includes('{')
const isSentence = (phrase: string): boolean =>
  /[.?]$/.test(phrase) || /^(\{0\} is on call for|What I can do:) /.test(phrase) || phrase === example
const example = 'For example: {0}'
const inDetail = among('took {0}', 'opened {0}', 'asked {0}', 'asked by {0}', 'expires {0}', '{0} more')

/** Which phrases are looked for, by where a text stands. */
export const placed = {
  /** Where whole sentences stand: short phrases there would be found in the descriptions of things. */
  sentence: only(isSentence),
  /** What says something in a few words: a status, a button. */
  short: only((phrase) => !isSentence(phrase)),
  /** Where names stand as well: only what is the same each time. */
  title: only((phrase) => isFixed(phrase) || / changes? waits? for you$/.test(phrase) || phrase === '{0} wait for you'),
  /** What stands below a row's title: names, states, and how long. */
  detail: only((phrase) => isFixed(phrase) || inDetail(phrase) || phrase.startsWith('Asked by {0}')),
  /** What a form asks. */
  asked: only((phrase) => isFixed(phrase) || /^\{0\}(:| \()/.test(phrase)),
} as const

/** Where a text stands on a card. */
export type Placed = keyof typeof placed

/** What lists in sentences are made of: a number and what there is of it. */
const parts = only((phrase) => /^(1|\{0\}) [a-z ]+$/.test(phrase))

/** Phrases whose places hold Nexus's own words and not names. */
const ofOwnWords: ReadonlySet<string> = new Set([
  'To answer I need: {0}.',
  example,
  '{0} (may be left empty)',
  '{0}: choose one',
  '{0}: fill this in',
])

/** Stands for a span that is no letters, by its place: a private character, which no text of a card has. */
const firstMark = 0xe000
const markOf = (index: number): string => String.fromCharCode(firstMark + index)
const mark = /([\ue000-\uf8ff])/

/** A text in a language, sentence by sentence or whole; as it was written where it is no phrase of Nexus's. */
export function saidIn(text: Text, spoken: Spoken, where: Placed): Text {
  const spans = typeof text === 'string' ? [text] : text
  // Whoever writes a private character into a name is not helped by another language.
  if (spans.some((span) => typeof span === 'string' && mark.test(span))) return text
  const flat = spans.map((span, index) => (typeof span === 'string' ? span : markOf(index))).join('')
  const said =
    (where === 'sentence' ? eachSentence(flat, spoken) : undefined) ??
    find(flat, spoken, placed[where]) ??
    (where === 'asked' ? ownWords(flat, spoken) : undefined)
  if (said === undefined) return text
  if (typeof text === 'string') return said
  return said
    .split(mark)
    .filter(Boolean)
    .map((part): Span => (mark.test(part) ? spans[part.charCodeAt(0) - firstMark]! : part))
}

/** Several sentences, all of which are known: of some that are not, the half would stay English. */
function eachSentence(flat: string, spoken: Spoken): string | undefined {
  const all = flat.split(/(?<=[.?]) (?=\S)/)
  const said = all.map((one) => find(one, spoken, placed.sentence))
  return all.length > 1 && said.every((one) => one !== undefined) ? said.join(' ') : undefined
}

function find(flat: string, spoken: Spoken, phrasesThere: readonly Pattern[]): string | undefined {
  for (const { phrase, fits } of phrasesThere) {
    const found = fits.exec(flat)
    if (!found) continue
    return spoken.book[phrase].replace(/\{(\d)\}/g, (_, place: string) => {
      const between = found[Number(place) + 1]!
      return (ofOwnWords.has(phrase) ? ownWords(between, spoken) : listed(between, spoken)) ?? between
    })
  }
  // "2 reviews, 1 open incident."
  const list = phrasesThere === placed.sentence && flat.endsWith('.') ? listed(flat.slice(0, -1), spoken) : undefined
  return list && `${list}.`
}

/** Words of Nexus's own, one or several between commas, as a sentence begins or within one; undefined where they are none. */
function ownWords(text: string, { book, said }: Spoken): string | undefined {
  const own = (words: string): string | undefined =>
    said.get(words) ?? (byPhrase.has(words) ? fixedIn(words, book) : undefined)
  const whole = own(text)
  if (whole !== undefined) return whole
  const small = own(text.charAt(0).toLowerCase() + text.slice(1))
  if (small !== undefined) return capital(small)
  const pieces = text.split(', ').map(own)
  return pieces.every((piece) => piece !== undefined) ? pieces.join(', ') : undefined
}

/** Words that are a phrase as they stand; themselves where they are none. */
export const fixedIn = (words: string, book: PhraseBook): string =>
  byPhrase.has(words) ? book[byPhrase.get(words)!] : words

/** A button that is a verb alone, "Open", which as a title may be another word: as the verb is with what it is done to. */
export function verbIn(words: string, book: PhraseBook): string | undefined {
  const phrase = byPhrase.get(`${words} {0}`)
  return phrase && capital(book[phrase].replace('{0}', '').trim())
}

/** A text as a sentence begins. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A list of known parts, "1 incident is open and 2 alerts fire"; undefined where one of them is none. */
function listed(text: string, spoken: Spoken): string | undefined {
  if (!/^\d/.test(text)) return undefined
  const pieces = text.split(/, | and /)
  const said = pieces.map((piece) => find(piece, spoken, parts))
  if (!said.every((piece) => piece !== undefined)) return undefined
  const [last, ...before] = said.toReversed()
  const joins = text.includes(' and ') ? ` ${spoken.book.and} ` : ', '
  return before.length ? `${before.toReversed().join(', ')}${joins}${last}` : last
}
