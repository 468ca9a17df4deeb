import type { Effect } from '../../skills/kit/effect.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { choosePhrase, fillMatch, type FilledMatch } from './choose-phrase.js'
import { asksForNote, isOfPlaces, isUnmistakable, sureEnough } from './closed-vocabulary.js'
import { glue } from './glue-words.js'
import type { NameIndex } from './name-index.js'
import { isNegated } from './negation.js'
import { PhraseBook } from './phrase-book.js'
import { compilePhrases, matchPhrase, type Phrase, type PhraseMatch } from './phrases.js'
import type { Request } from './request.js'
import { isAlwaysSpokenOf, pointsAtIt, spokenOf } from './spoken-of.js'
import type { Steps } from './steps.js'
import type { Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/** The phrases of all commands, compiled once. */
export interface PhraseReader {
  /** The phrase that fits a text best; those of commands that change something only fit a request. */
  read(
    tokens: readonly Token[],
    hearing: Hearing,
    names: NameIndex,
    request: Request | undefined,
  ): FilledMatch | undefined
  /** Words with which what is asked of Nexus begins. */
  beginnings: ReadonlySet<string>
  /** All words of the phrases. */
  words: ReadonlySet<string>
}

/** Compiles the phrases of commands. */
export function* createPhraseReader(
  commands: readonly CommandInfo[],
  heardBy: (hearing: Hearing, command: string) => Hearing,
): Steps<PhraseReader> {
  const compiled: Phrase[][] = []
  for (const { id, says, requests = [], args } of commands) {
    compiled.push(compilePhrases(id, [...says, ...requests], args))
    yield
  }
  const phrases = mostGeneralOf(compiled.flat())
  yield
  const book = new PhraseBook(phrases)
  const words = new Set(
    phrases.flatMap(({ pieces }) => pieces.flatMap((piece) => ('word' in piece ? [piece.word] : []))),
  )
  const isWord = (said: string) => words.has(said) || glue.has(said)
  const matching = (phrase: Phrase, tokens: readonly Token[]) => matchPhrase(phrase, tokens, isWord)
  const ofRequest = (phrase: Phrase, { tokens, surrounded }: Request): PhraseMatch[] =>
    matching(phrase, tokens).map((match) => (surrounded ? { ...match, surrounded } : match))
  const effects = new Map(commands.map(({ id, effect }) => [id, effect]))
  const effectOf = ({ command }: Phrase): Effect => effects.get(command)!
  return {
    beginnings: new Set(
      phrases.flatMap(({ pieces: [first] }) => (first && 'word' in first && !glue.has(first.word) ? [first.word] : [])),
    ),
    words,
    read(tokens, hearing, names, request) {
      const words = tokens.map(({ word }) => word)
      const said = request && request.tokens !== tokens ? [...tokens, ...request.tokens] : tokens
      const fitting = (phrase: Phrase): PhraseMatch[] => {
        const effect = effectOf(phrase)
        if (effect !== 'read' && (!request || request.doubtful)) return []
        if (effect === 'change' && phrase.implied !== undefined) return []
        // "I need the VM restarted" may be a phrase of its own, though "I need" is a courtesy before others.
        if (effect === 'change')
          return [...ofRequest(phrase, request!), ...(request!.tokens === tokens ? [] : matching(phrase, tokens))]
        if (!mayImply(phrase, hearing, words)) return []
        const plain = matching(phrase, tokens)
        return effect === 'note' && request!.tokens.length < tokens.length
          ? [...plain, ...ofRequest(phrase, request!)]
          : plain
      }
      const isAskedBack = (phrase: Phrase) => request?.isUnsure && effectOf(phrase) !== 'read'
      return choosePhrase(
        book
          .mayFit(said)
          .flatMap((phrase) =>
            isAskedBack(phrase) ? fitting(phrase).map((match) => ({ ...match, surrounded: true })) : fitting(phrase),
          ),
        (one) => fillMatch(one, tokens, heardBy(hearing, one.phrase.command), names),
        (one, filled) =>
          effectOf(one.phrase) === 'change'
            ? isUnmistakable(one, filled)
            : effectOf(one.phrase) === 'read' || (asksForNote(one) !== undefined && isOfPlaces(one, filled)),
      )
    },
  }
}

/** A verb alone. */
const isAlone = ({ implied, pieces }: Phrase): boolean => implied !== undefined && pieces.length === 1

/** Of verbs alone that say the same of what is spoken of, such as "show", those that take more kinds: which is meant is asked for. */
function mostGeneralOf(phrases: readonly Phrase[]): Phrase[] {
  const kindsOf = ({ implied, args }: Phrase) => {
    const arg = implied === undefined ? undefined : args[implied]
    return arg?.type === 'entity' ? arg.kinds.length : 0
  }
  const most = new Map<string, number>()
  const saying = ({ pieces }: Phrase) => JSON.stringify(pieces)
  for (const phrase of phrases)
    if (phrase.implied !== undefined) most.set(saying(phrase), Math.max(kindsOf(phrase), most.get(saying(phrase)) ?? 0))
  return phrases.filter((phrase) => !isAlone(phrase) || kindsOf(phrase) === most.get(saying(phrase)))
}

/** What is not said is taken from what is spoken of; where nothing is, a verb alone asks which, unless words say not to do it. */
function mayImply({ implied, args }: Phrase, { subjects = [] }: Hearing, words: readonly string[]): boolean {
  if (implied === undefined || spokenOf(args[implied]!, subjects).length) return true
  return isAlwaysSpokenOf(args[implied]!) && !isNegated(words)
}

/** Nothing of it is unknown or no value. */
export const isWhole = ({ filled }: FilledMatch): boolean => !filled.unknown && !filled.wrong

/** Whether a phrase has words of its own, or one of the few that a choice has: "checkout dependencies". */
export const saysWhat = ({ phrase, slots }: FilledMatch): boolean =>
  phrase.words > 0 || Object.keys(slots).some((name) => phrase.args[name]?.type === 'choice')

/**
 * A phrase that says so little that another command may be meant: names that are unsure, a question for things by what they are called, or any words
 * before its own: "{words} runbook" fits "which services lack a runbook" too.
 */
export const isWeak = (match: FilledMatch): boolean =>
  match.filled.certainty < sureEnough ||
  opensFreely(match) ||
  Object.keys(match.slots).some((name) => match.phrase.args[name]?.type === 'filter')

/** Whether free words stand before all that the phrase says. */
export const opensFreely = ({ phrase: { pieces, args } }: FilledMatch): boolean => {
  const [first] = pieces
  return first !== undefined && 'slot' in first && args[first.slot]?.type === 'text'
}

/** Words that are put as a question of the filter language, and have a mistake in them that is said. */
export const isMiswritten = ({ phrase, filled: { wrong, args } }: FilledMatch): boolean =>
  wrong !== undefined &&
  phrase.args[wrong.argument]?.type === 'filter' &&
  /^\w+ where \w+.*[=<>≠≤≥]/i.test(String(args[wrong.argument]))

/** A question for things of which every word is understood, a "not" among them too. */
export const isAsked = (match: FilledMatch | undefined): boolean =>
  match !== undefined &&
  isWhole(match) &&
  Object.keys(match.slots).some((name) => match.phrase.args[name]?.type === 'filter')

/** The argument in whose place a phrase has a word that is no name, or no time though the phrase leads to one. */
export const unknownIn = ({ phrase, slots, filled: { unknown, wrong } }: FilledMatch): string | undefined => {
  const open = unknown ?? wrong
  if (!open || slots[open.argument]?.length !== 1) return undefined
  const before = phrase.pieces[phrase.pieces.findIndex((piece) => 'slot' in piece && piece.slot === open.argument) - 1]
  return unknown || (before !== undefined && 'word' in before && leads.has(before.word)) ? open.argument : undefined
}

/** All is said as the phrase has it, but that what it leads to is no time: "send my digest at 25:00". */
export const saysNoTime = (match: FilledMatch): boolean =>
  match.filled.wrong !== undefined &&
  match.phrase.words > 3 &&
  (unknownIn(match) !== undefined || saysNoDays(match, match.filled.wrong.argument))

/** "Every other day" is no set of weekdays. */
const saysNoDays = ({ phrase, slots }: FilledMatch, argument: string): boolean =>
  phrase.args[argument]?.type === 'weekdays' && slots[argument]?.[0]?.word === 'every'

/** Words that lead to a time. */
const leads = new Set(['at', 'on', 'since', 'until', 'before', 'after', 'from'])

/** Words in a name's place that are too many to be one. */
export const isTalk = ({ filled }: FilledMatch): boolean => (filled.unknown?.words ?? '').split(/\s+/).length > 3

/** Whether it is asked of what is spoken of: "who has it", or "snooze for an hour". */
export const pointsAt = ({ phrase, slots }: FilledMatch): boolean =>
  phrase.implied !== undefined ||
  Object.entries(slots).some(([name, said]) => pointsAtIt(said.map(({ word }) => word).join(' '), phrase.args[name]!))
