import type { CommandInfo } from '../../skills/kit/ports.js'
import { isUnmistakable, requestOf } from './closed-vocabulary.js'
import { isNegated } from './negation.js'
import { fillSlots, type Filled, type Slots } from './fill-slots.js'
import type { NameIndex } from './name-index.js'
import { learnCommands, type Nearness } from './nearest-commands.js'
import { PhraseBook } from './phrase-book.js'
import { compilePhrases, matchPhrase, takesAll, type Phrase, type PhraseMatch } from './phrases.js'
import { readSlash, wordsOf, type Slash } from './slash.js'
import { isAlwaysSpokenOf, itself, kindOfId, spokenOf } from './spoken-of.js'
import { longestText, tokensOf, type Token } from './tokens.js'
import type { Hearing, Suggestion, Understanding } from './understanding.js'

/** Words to meaning, for one set of commands and whichever names the tenant has at the moment. */
export type Understand = (hearing: Hearing, names: NameIndex) => Understanding

/** Compiles the commands' own examples; everything that is understood comes from them and from the catalog's names. */
export function createUnderstand(commands: readonly CommandInfo[]): Understand {
  const phrases = new PhraseBook(commands.flatMap(({ id, says, args }) => compilePhrases(id, says, args)))
  const changing = new Set(commands.filter(({ effect }) => effect === 'change').map(({ id }) => id))
  const byId = new Map(commands.map((command) => [command.id, command]))
  const nearest = learnCommands(commands)
  const reading = commands.filter(({ effect }) => effect === 'read')

  return (hearing, names) => {
    const { text } = hearing
    const heardBy = (command: string): Hearing => (changing.has(command) ? { ...hearing, subjects: [] } : hearing)
    if (!/[\p{L}\p{N}]/u.test(text))
      return { outcome: 'none', reason: text.trim() ? 'There are no words in that.' : 'That was empty.' }
    if (text.length > longestText)
      return {
        outcome: 'none',
        reason: `That has ${text.length.toLocaleString('en')} characters; I read questions up to ${longestText.toLocaleString('en')}.`,
      }
    const slash = readSlash(text, commands)
    if (slash) return understandSlash(slash, text, heardBy(slash.command.id), names)
    const tokens = tokensOf(text)
    const words = tokens.map(({ word }) => word)
    const request = requestOf(tokens, text)
    const match = best(
      phrases.mayFit(tokens).flatMap((phrase) => {
        if (!changing.has(phrase.command)) return mayImply(phrase, hearing, words) ? matchPhrase(phrase, tokens) : []
        // What changes the world names its target, wherever it is said.
        return request.doubtful || phrase.implied !== undefined ? [] : matchPhrase(phrase, request.tokens)
      }),
      (one) => fillSlots(one.phrase.args, slotsOf(one, tokens, text), names, heardBy(one.phrase.command)),
      (one, filled) => !changing.has(one.phrase.command) || isUnmistakable(one, filled),
    )
    if (match) return understood(byId.get(match.phrase.command)!, match.filled, 'phrase', match.certainty)
    return isNegated(words) ? leave(reading, words, names) : suggest(nearest(tokens), words, names)
  }
}

/** What is not said is taken from what is spoken of; where nothing is, a verb alone asks which, unless words say not to do it. */
function mayImply({ implied, args }: Phrase, { subjects = [] }: Hearing, words: readonly string[]): boolean {
  if (implied === undefined || spokenOf(args[implied]!, subjects).length) return true
  return isAlwaysSpokenOf(args[implied]!) && !isNegated(words)
}

type Matched = PhraseMatch & { filled: Filled }

/** How much is left of a match whose words are no value: more than of an unknown name, so that "at noon" is said to be no moment. */
const doubt = 0.4

/**
 * The match that explains most: sure names first, then the phrase's own words, then fewer typos. Names are looked for only in matches
 * that could still win with the surest of names, because a search for names costs more than all the rest of understanding.
 */
function best(
  matches: readonly PhraseMatch[],
  fill: (match: PhraseMatch) => Filled,
  holds: (match: PhraseMatch, filled: Filled) => boolean,
): Matched | undefined {
  const score = ({ phrase, certainty }: PhraseMatch, ofNames: number) => ofNames * certainty + phrase.words * 0.01
  let winner: { match: Matched; score: number } | undefined
  for (const match of matches.toSorted((a, b) => score(b, 1) - score(a, 1))) {
    if (winner && winner.score >= score(match, 1)) break
    const filled = fill(match)
    if (!holds(match, filled)) continue
    // "{which} incidents" takes its few words only; other words there mean that something else was said.
    if (filled.wrong && match.phrase.args[filled.wrong.argument]!.type === 'choice') continue
    // What is a question by its words alone, such as "production databases", is one only where they can be read.
    if (filled.wrong && !match.phrase.words) continue
    if (filled.certainty <= 0.3 && match.phrase.words < 2 && !isNameLike(filled.unknown)) continue
    const reached = score(match, filled.certainty * (filled.wrong ? doubt : 1))
    if (!winner || reached > winner.score) winner = { match: { ...match, filled }, score: reached }
  }
  return winner?.match
}

/** Near to a name, or an id that only no record has. */
const isNameLike = (unknown: Filled['unknown']): boolean =>
  unknown !== undefined && (unknown.near.length > 0 || kindOfId(unknown.words) !== undefined)

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
  return phrase.implied === undefined ? said : { ...said, [phrase.implied]: { words: itself, start: 0, end: 0 } }
}

/** Free words as they were said, with all that lies between the words around them: a reason keeps its "the" and its full stop. */
function verbatim(said: readonly Token[], tokens: readonly Token[], text: string): Slots[string] {
  const start = tokens[tokens.indexOf(said[0]!) - 1]?.end ?? said[0]!.start
  const end = tokens[tokens.indexOf(said.at(-1)!) + 1]?.start ?? text.length
  return { words: text.slice(start, end).replace(/^(?:\s|[-–—:,](?=\s))+|\s+$/g, ''), start, end }
}

function understood(
  { id, args }: CommandInfo,
  filled: Filled,
  via: 'slash' | 'phrase',
  certainty: number,
): Understanding {
  const intent = { command: id, args: filled.args }
  if (filled.unknown) {
    const { argument, kinds, words, near } = filled.unknown
    return {
      outcome: 'unknown-name',
      command: id,
      argument,
      kinds,
      name: words.slice(0, 80),
      near: near.map(({ ref, name }) => ({ ref, name })),
      args: filled.args,
    }
  }
  if (filled.choose) return { outcome: 'choose', intent, ...filled.choose }
  const missing = Object.keys(args).filter((name) => !args[name]!.optional && !(name in filled.args))
  if (missing.length) return { outcome: 'incomplete', intent, missing }
  return { outcome: 'intent', intent, via, certainty: certainty * filled.certainty, recognised: filled.recognised }
}

/** Positional words fill the arguments in their order; the last one that takes words takes all that are left. */
function understandSlash(
  { command, words, named }: Slash,
  text: string,
  hearing: Hearing,
  names: NameIndex,
): Understanding {
  const slots: Slots = {}
  const place = (name: string, said: string) => {
    const start = Math.max(0, text.indexOf(said))
    slots[name] = { words: said, start, end: start + said.length }
  }
  for (const [name, said] of Object.entries(named)) place(name, said)
  const open = Object.keys(command.args).filter((name) => !(name in named))
  if (words.length && open.length) {
    const compulsory = open.filter((name) => !command.args[name]!.optional)
    const positional = compulsory.length ? compulsory : open.slice(0, 1)
    positional.slice(0, -1).forEach((name, index) => words[index] && place(name, words[index]))
    const rest = words.slice(positional.length - 1)
    if (rest.length) place(positional.at(-1)!, rest.join(' '))
  }
  return understood(command, fillSlots(command.args, slots, names, hearing), 'slash', 1)
}

/** The three nearest commands, with the names the text holds filled in. */
function suggest(near: readonly Nearness[], words: readonly string[], names: NameIndex): Understanding {
  const suggestions = near.slice(0, 3).map(({ command, certainty }): Suggestion => {
    const args = guessArguments(command, words, names)
    return { intent: { command: command.id, args: args.filled }, title: titleOf(command, args.names), certainty }
  })
  return suggestions.length
    ? { outcome: 'suggest', suggestions }
    : { outcome: 'none', reason: 'I did not understand that.' }
}

/** What says not to do something is left alone; what can be looked at of what it names is offered, and nothing that does anything. */
function leave(reading: readonly CommandInfo[], words: readonly string[], names: NameIndex): Understanding {
  const about = reading.flatMap((command): Suggestion[] => {
    const [argument, ...more] = Object.keys(command.args).filter((name) => !command.args[name]!.optional)
    if (argument === undefined || more.length) return []
    const { filled, names: shown } = guessArguments(command, words, names)
    if (!filled[argument]) return []
    return [{ intent: { command: command.id, args: filled }, title: titleOf(command, shown), certainty: 0 }]
  })
  return { outcome: 'suggest', suggestions: about.slice(0, 2), declined: true }
}

function titleOf({ example }: CommandInfo, shown: Record<string, string>): string {
  const title = example.replace(/\{(\w+)\}/g, (_, name: string) => shown[name] ?? '…')
  return title.charAt(0).toUpperCase() + title.slice(1)
}

function guessArguments(command: CommandInfo, words: readonly string[], names: NameIndex) {
  const filled: Record<string, { kind: string; id: string }> = {}
  const shown: Record<string, string> = {}
  for (const [argument, arg] of Object.entries(command.args)) {
    if (arg.type !== 'entity') continue
    const spans = words.flatMap((_, from) => [1, 2, 3].map((width) => words.slice(from, from + width).join(' ')))
    const taken = Object.values(filled)
    const [best] = spans
      .flatMap((span) => names.find(span, arg.kinds))
      .filter(({ ref }) => !taken.some(({ kind, id }) => ref.kind === kind && ref.id === id))
      .sort((a, b) => b.certainty - a.certainty)
    if (!best || best.certainty < 0.9) continue
    filled[argument] = { ...best.ref }
    shown[argument] = best.name
  }
  return { filled, names: shown }
}
