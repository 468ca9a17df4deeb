import type { Args } from '../../skills/kit/arguments.js'
import { fillSlots, type Filled } from './fill-slots.js'
import type { Slots } from './slots.js'
import type { NameIndex } from './name-index.js'
import { readValue, type PlainArg } from './read-value.js'
import { takesAll, type Phrase, type PhraseMatch } from './phrases.js'
import { wordsOf } from './slash.js'
import { isAlwaysSpokenOf, itself, kindOfId } from './spoken-of.js'
import { toldSlots } from './told-choice.js'
import type { Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/** A phrase that fits, and what fills its places. */
export type FilledMatch = PhraseMatch & { filled: Filled }

/** How much is left of a match whose words are no value: more than of an unknown name, so that "at noon" is said to be no moment. */
const doubt = 0.4

/**
 * The match that explains most: sure names first, then the phrase's own words, then fewer typos. Names are looked for only in matches
 * that could still win with the surest of names, because a search for names costs more than all the rest of understanding.
 */
export function choosePhrase(
  matches: readonly PhraseMatch[],
  fill: (match: PhraseMatch) => Filled,
  holds: (match: PhraseMatch, filled: Filled) => boolean,
): FilledMatch | undefined {
  const score = ({ phrase, certainty }: PhraseMatch, ofNames: number) =>
    ofNames * certainty + tellingOf(phrase) * 0.01 + (isOfRecord(phrase) ? 1e-5 : 0)
  let winner: { match: FilledMatch; score: number } | undefined
  for (const match of matches.toSorted((a, b) => score(b, 1) - score(a, 1))) {
    if (winner && winner.score >= score(match, 1)) break
    const filled = fill(match)
    if (!holds(match, filled)) continue
    // "{which} incidents" takes its few words only; other words there mean that something else was said.
    if (filled.wrong && match.phrase.args[filled.wrong.argument]!.type === 'choice') continue
    // "Last" says which of several, and is the name of none.
    if (filled.unknown && ordering.test(filled.unknown.words)) continue
    // A question of which a word is not understood is none: "find passkeys" searches. What is written in the filter language is told its mistake.
    if (filled.wrong && isUnreadQuestion(match, filled, filled.wrong.argument)) continue
    if (filled.certainty <= 0.3 && match.phrase.words < 2 && !isNameLike(filled.unknown)) continue
    const reached =
      score(match, filled.certainty * (filled.wrong ? doubt : 1)) -
      (filled.choose || isNoRecord(match, filled) || isElsewhere(match, filled) ? lessThanAWord : 0)
    if (!winner || reached > winner.score) winner = { match: { ...match, filled }, score: reached }
  }
  return winner?.match
}

const ordering = /^(?:the )?(?:last|next|first|latest|newest|oldest|recent|previous|current)$/i

/** Whether what a phrase names is nothing but a record: of "show {entity}" and "show {incident}" the second is meant. */
const isOfRecord = ({ pieces, args }: PhraseMatch['phrase']): boolean =>
  pieces.some((piece) => 'slot' in piece && args[piece.slot] !== undefined && isAlwaysSpokenOf(args[piece.slot]!))

const isUnreadQuestion = ({ phrase }: PhraseMatch, { args }: Filled, argument: string): boolean =>
  phrase.args[argument]!.type === 'filter' && !/\bwhere\b|[=<>≠≤≥]/.test(String(args[argument]))

/** The words that a phrase demands, those of its choices among them. */
const tellingOf = ({ words, pieces, args }: Phrase): number =>
  words + pieces.filter((piece) => 'slot' in piece && args[piece.slot]?.type === 'choice').length

/** Tells apart phrases that say as much as each other. */
const lessThanAWord = 0.005

/** Words in the place of a record such as an incident that look like the number of none: another command may know what is called so. */
const isNoRecord = ({ phrase }: PhraseMatch, { unknown }: Filled): boolean =>
  unknown !== undefined && isAlwaysSpokenOf(phrase.args[unknown.argument]!) && !isNameLike(unknown)

/** What stands in a place is no value of it, and was understood as one of another argument: "how often do we release {service}" of "this month". */
const isElsewhere = ({ slots }: PhraseMatch, { args, unknown, choose }: Filled): boolean =>
  Object.keys(slots).some((name) => !(name in args) && name !== unknown?.argument && name !== choose?.argument)

/** Near to a name, or an id that only no record has. */
const isNameLike = (unknown: Filled['unknown']): boolean =>
  unknown !== undefined && (unknown.near.length > 0 || kindOfId(unknown.words) !== undefined)

/** Fills the places of a phrase that fits. */
export const fillMatch = (match: PhraseMatch, tokens: readonly Token[], hearing: Hearing, names: NameIndex): Filled =>
  fillSlots(match.phrase.args, slotsOf(match, tokens, hearing.text), names, hearing)

function slotsOf({ phrase, slots }: PhraseMatch, tokens: readonly Token[], text: string): Slots {
  const said = Object.fromEntries(
    Object.entries(slots).map(([name, said]) => [
      name,
      takesAll(phrase.args[name])
        ? verbatim(said, tokens, text)
        : {
            words: wordsOf(said, text).replace(/['’]s$|[?!.,;]+$/g, ''),
            start: said[0]!.start,
            end: said.at(-1)!.end,
          },
    ]),
  )
  const all = { ...said, ...toldBy(phrase.args, slots, tokens, said) }
  return phrase.implied === undefined ? all : { ...all, [phrase.implied]: { words: itself, start: 0, end: 0 } }
}

/** What the words of the whole text tell of choices. What stands in the place of one and is no value stays there: another phrase is meant. */
function toldBy(args: Args, slots: PhraseMatch['slots'], tokens: readonly Token[], said: Slots): Slots {
  const named = Object.keys(slots).find((name) => args[name]?.type === 'entity')
  const told = toldSlots(args, tokens, named === undefined ? [] : [stretchOf(slots[named]!, tokens)])
  const isValue = (name: string) => readValue(args[name] as PlainArg, said[name]!.words) !== undefined
  return Object.fromEntries(Object.entries(told).filter(([name]) => !(name in said) || isValue(name)))
}

const stretchOf = (said: readonly Token[], tokens: readonly Token[]) => ({
  from: tokens.indexOf(said[0]!),
  to: tokens.indexOf(said.at(-1)!) + 1,
})

/** Free words as they were said, with all that lies between the words around them: a reason keeps its "the" and its full stop. */
function verbatim(said: readonly Token[], tokens: readonly Token[], text: string): Slots[string] {
  const start = tokens[tokens.indexOf(said[0]!) - 1]?.end ?? said[0]!.start
  const end = tokens[tokens.indexOf(said.at(-1)!) + 1]?.start ?? text.length
  return { words: text.slice(start, end).replace(/^(?:\s|[-–—:,](?=\s))+|\s+$/g, ''), start, end }
}
