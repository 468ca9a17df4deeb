import { mapPresses } from '../presses.js'
import type { Button, CardData, Fact, Foot, Input, Row, Section, Span, Text } from '../model.js'
import { english, type Fault, type Words } from '../words.js'
import { german } from './de.js'
import { spanish } from './es.js'
import { capital, fixedIn, saidIn, verbIn, type Placed, type Spoken } from './find-phrase.js'
import { french } from './fr.js'
import type { PhraseBook } from './phrase-book.js'
import { germanTalk } from './talk/de.js'
import { spanishTalk } from './talk/es.js'
import { frenchTalk } from './talk/fr.js'
import { frames } from './words-of.js'

/** The languages that cards are written in beside English. */
export type CardTongue = 'de' | 'fr' | 'es'

export const books: Readonly<Record<CardTongue, PhraseBook>> = {
  de: { ...german, ...germanTalk },
  fr: { ...french, ...frenchTalk },
  es: { ...spanish, ...spanishTalk },
}

/** A card's data and a reply's words in one language, and the words of the frame in it. */
export interface Translator {
  words: Words
  card(card: CardData): CardData
  text(text: Text): Text
}

/** The frame's words for a locale; English where its language has none. */
export function wordsFor(locale: string | undefined): Words {
  const [language = ''] = (locale ?? '').toLowerCase().split('-')
  return isTongue(language) ? frames[language](locale!) : english
}

const isTongue = (language: string): language is CardTongue => Object.hasOwn(books, language)

/** English, which everything is written in. */
export const asWritten: Translator = { words: english, card: (card) => card, text: (text) => text }

/** Facts whose values are said, and are no names alone. */
const spokenFacts: ReadonlySet<string> = new Set(['Next', 'Owner', 'Last', 'On call'])

/**
 * Writes in a language what has fixed words; names and what others wrote stay as they are.
 * @param locale the reader's, such as `de-AT`: numbers and dates are written by it
 * @param examples what people say to commands in it, by what they say in English; `‹…›` is what a name stands there for
 */
export function translatorOf(
  tongue: CardTongue,
  locale: string,
  examples: ReadonlyMap<string, string> = new Map(),
): Translator {
  const book = books[tongue]
  const said = new Map(
    [...examples].map(([words, inIt]) => [words, inIt.replace(/(?<=‹)[^›]+(?=›)/g, (stands) => fixedIn(stands, book))]),
  )
  const spoken: Spoken = { book, said }
  const as =
    (where: Placed) =>
    (text: Text): Text =>
      saidIn(text, spoken, where)
  const words = (where: Placed) => (text: string) => joined(as(where)(text))
  const [title, asked] = [words('title'), words('asked')]
  const pressed = (says: string): string => example(says, said) ?? verbIn(says, book) ?? words('short')(says)
  const button = (one: Button): Button => ({ ...one, title: pressed(one.title) })
  const fact = ({ label, value }: Fact): Fact => ({
    label: title(label),
    value: as(spokenFacts.has(label) ? 'short' : 'title')(value),
  })
  const row = <R extends Row>(line: R): R => ({
    ...line,
    ...(typeof line.title === 'string' && { title: quotedExample(line.title, said) ?? line.title }),
    ...(line.detail !== undefined && { detail: inPieces(line.detail, as('detail')) }),
    ...(line.end !== undefined && { end: as('title')(line.end) }),
  })
  const input = (one: Input): Input => ({
    ...one,
    label: asked(one.label),
    ...(one.error !== undefined && { error: asked(one.error) }),
    ...('placeholder' in one && one.placeholder !== undefined && { placeholder: asked(one.placeholder) }),
  })
  const section = (part: Section): Section => {
    const heading = part.title === undefined ? {} : { title: counted(part.title, title) }
    switch (part.kind) {
      case 'text':
        return { ...part, ...heading, text: as('sentence')(part.text) }
      case 'facts':
        return { ...part, ...heading, facts: part.facts.map(fact) }
      case 'rows':
        return { ...part, ...heading, rows: part.rows.map(row) }
      case 'tree':
        return { ...part, ...heading, nodes: part.nodes.map(row) }
      case 'form':
        return { ...part, ...heading, inputs: part.inputs.map(input) }
      default:
        return { ...part, ...heading }
    }
  }
  const frame = frames[tongue](locale)
  /** A failure's topic is of the frame. */
  const topic = (text: string): string => {
    const fault = (Object.keys(english.faults) as Fault[]).find((one) => english.faults[one] === text)
    return fault ? frame.faults[fault] : title(text)
  }
  const foot = ({ sources, ...rest }: Foot): Foot => ({
    ...rest,
    ...(sources && { sources: sources.map((one) => ({ ...one, name: title(one.name) })) }),
  })
  return {
    words: frame,
    text: as('sentence'),
    card: (card) => ({
      ...card,
      topic: topic(card.topic),
      title: title(card.title),
      ...(card.status !== undefined && { status: inPieces(card.status, as('short')) }),
      ...(card.sentence !== undefined && { sentence: as('sentence')(card.sentence) }),
      ...(card.facts && { facts: card.facts.map(fact) }),
      ...(card.sections && { sections: card.sections.map((part) => mapPresses(section(part), button)) }),
      ...(card.buttons && { buttons: card.buttons.map(button) }),
      ...(card.foot && { foot: foot(card.foot) }),
    }),
  }
}

/** What people say to a command, as a button has it. */
const example = (title: string, said: ReadonlyMap<string, string>): string | undefined => {
  const words = said.get(title.charAt(0).toLowerCase() + title.slice(1))
  return words && capital(words)
}

/** What people say to a command, as help quotes it. */
const quotedExample = (title: string, said: ReadonlyMap<string, string>): string | undefined => {
  const words = said.get(/^“(.+)”$/su.exec(title)?.[1] ?? '')
  return words && `“${words}”`
}

/** What stands between middle dots, each by itself. */
function inPieces(text: Text, say: (text: Text) => Text): Text {
  const spans = typeof text === 'string' ? [text] : text
  const pieces: Span[][] = [[]]
  for (const span of spans) {
    if (typeof span !== 'string') {
      pieces.at(-1)!.push(span)
      continue
    }
    const [first, ...others] = span.split(' · ')
    if (first) pieces.at(-1)!.push(first)
    for (const other of others) pieces.push(other ? [other] : [])
  }
  const said = pieces.flatMap((piece, index) => {
    const words = say(piece.length === 1 && typeof piece[0] === 'string' ? piece[0] : piece)
    return [...(index ? [' · '] : []), ...(typeof words === 'string' ? [words] : words)]
  })
  return typeof text === 'string' ? said.join('') : said
}

/** A section's title without the number of its lines. */
function counted(title: string, one: (text: string) => string): string {
  const [, words = title, number = ''] = /^(.*?)( \(\d[\d,.]*\))?$/s.exec(title) ?? []
  // A skill's summary stands as a sentence above its commands.
  const said = one(words) === words && words.endsWith('.') ? `${one(words.slice(0, -1))}.` : one(words)
  return said + number
}

const joined = (text: Text): string =>
  typeof text === 'string' ? text : text.filter((span) => typeof span === 'string').join('')
