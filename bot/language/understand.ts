import type { CommandInfo } from '../../skills/kit/ports.js'
import type { FilledMatch } from './choose-phrase.js'
import { asksForNote } from './closed-vocabulary.js'
import { askBack } from './ask-back.js'
import { answerable, isMeant, readingsOf, type Reading } from './classified.js'
import { clausesOf, lastLineOf, type Clause } from './clauses.js'
import { trainClassifier, type CommandClassifier } from './classifier/command-classifier.js'
import { viewsOf, type LearntRequests, type Part, type View } from './evidence.js'
import { fillSlots } from './fill-slots.js'
import type { NameIndex } from './name-index.js'
import { isNegated, saysNotTo } from './negation.js'
import {
  createPhraseReader,
  isAsked,
  isMiswritten,
  isTalk,
  saysNoTime,
  saysWhat,
  isWeak,
  isWhole,
  pointsAt,
} from './phrase-reader.js'
import { plainRequests } from './plain-request.js'
import { learnRequests } from './request-forms.js'
import { isIdle, requestOf, type KnownWords } from './request.js'
import { bareSlot, shownAlone } from './showing-command.js'
import { readSlash } from './slash.js'
import { mannerOf, wholeOf } from './manner.js'
import { kindOfId } from './spoken-of.js'
import { placeAnywhere } from './slots-anywhere.js'
import { spot } from './spotted.js'
import { leaveAlone, suggest } from './suggest.js'
import { longestText, tokensOf } from './tokens.js'
import { createTongues } from './tongues/understand-tongues.js'
import { askedBack, understandSlash, understood, understoodRequest } from './understood.js'
import type { Hearing, Understanding } from './understanding.js'

/** Words to meaning, for one set of commands and whichever names the tenant has at the moment. */
export type Understand = (hearing: Hearing, names: NameIndex) => Understanding

/** A reading command this certain is what was asked, whatever "not" is said beside it. */
const surelyAsked = 0.9

/**
 * Compiles the commands' own examples; everything that is understood comes from them and from the catalog's names. The classifier is trained
 * when no phrase fits for the first time.
 * @param observe is shown the views of each text that is weighed, for fitting the weights
 */
export function createUnderstand(
  commands: readonly CommandInfo[],
  observe?: (views: readonly View[], learnt: LearntRequests) => void,
): Understand {
  const byId = new Map(commands.map((command) => [command.id, command]))
  const effectOf = (command: string) => byId.get(command)!.effect
  const reading = commands.filter(({ effect }) => effect === 'read')
  const requests = commands.filter(({ effect }) => effect !== 'read').map((one) => learnRequests(one, tokensOf))
  const verbs = new Set(requests.flatMap(({ forms }) => forms.map(({ verb }) => verb)))
  const learnt: LearntRequests = { of: new Map(requests.map((one) => [one.command.id, one])), verbs }
  let trained: CommandClassifier | undefined
  const classifier = () => (trained ??= trainClassifier(commands))
  const inTongues = createTongues(commands, (one, filled, certainty) =>
    understood(one, filled, 'phrase', certainty, commands),
  )
  /** What changes the world names its target, wherever it is said. */
  const heardBy = (hearing: Hearing, command: string): Hearing =>
    effectOf(command) === 'change' ? { ...hearing, subjects: [] } : hearing
  const phrases = createPhraseReader(commands, heardBy)
  const ofPhrase = (match: FilledMatch): Understanding | undefined => {
    const { phrase, filled, certainty } = match
    const heard = understood(byId.get(phrase.command)!, filled, 'phrase', certainty, commands)
    const isTold = effectOf(phrase.command) === 'note' && asksForNote(match) === 'told' && filled.recognised.length > 0
    return (isTold || match.surrounded) && heard.outcome === 'intent' ? askedBack(heard) : heard
  }

  return (hearing, names) => {
    const { text } = hearing
    if (!/[\p{L}\p{N}]/u.test(text))
      return { outcome: 'none', reason: text.trim() ? 'There are no words in that.' : 'That was empty.' }
    if (text.length > longestText)
      return {
        outcome: 'none',
        reason: `That has ${text.length.toLocaleString('en')} characters; I read questions up to ${longestText.toLocaleString('en')}.`,
      }
    const slash = readSlash(text, commands)
    if (slash) return understandSlash(slash, text, heardBy(hearing, slash.command.id), names)
    const spoken = inTongues(hearing, names)
    if (spoken) return spoken
    const tokens = tokensOf(text)
    const clauses = clausesOf(text)
    const known = { verbs, beginnings: phrases.beginnings, isName: (word: string) => names.knows(word) }
    const request = requestOf(tokens, clauses, text, known)
    const match = phrases.read(tokens, hearing, names, request)
    if (!match && isIdle(tokens)) return { outcome: 'none', reason: 'There is nothing to do in that.' }
    const isChange = match !== undefined && effectOf(match.phrase.command) === 'change'
    const isSure = match !== undefined && saysWhat(match) && isWhole(match) && !isWeak(match)
    const phrased = match && ofPhrase(match)
    if (phrased && isSure && !(isChange && match.filled.choose)) return phrased
    // "Give me services" asks for things, and for nothing to be given to them.
    const [plain, ...others] = isAsked(match) ? [] : plainRequests(request, requests, hearing, names)
    if (plain && !others.length) {
      const asked = understoodRequest(plain)
      if (asked) return named(asked, hearing, names)
    }
    if (phrased && (isSure || isMiswritten(match) || saysNoTime(match) || kindOfId(match.filled.unknown?.words ?? '')))
      return named(phrased, hearing, names)

    const below = match ? undefined : askedBelow(hearing, names)
    const answered = below && ofPhrase(below)
    if (answered) return answered
    const whole = spot(tokens, hearing, names, classifier().vocabulary)
    const alone = shownAlone(whole, commands)
    if (alone) return understood(alone, fillSlots(alone.args, bareSlot(alone, whole), names, hearing), 'classifier', 1)
    const views = viewsIn(hearing, names, match, known)
    observe?.(views, learnt)
    const readings = readingsOf(views, names, hearing, learnt)
    const words = tokens.map(({ word }) => word)
    const read = answerable(readings)
    const back = askBack(readings[0])
    if (saysNotTo(words) && !isAsked(match) && !(read && isAskedAnyway(read)))
      return back ? named(back, hearing, names) : leaveAlone(reading, whole, names, hearing)
    if (read)
      return understood(read.command, read.filled, read.match ? 'phrase' : 'classifier', read.certainty, commands)
    // "Swap my Sunday with zaphod" says with whom, and nobody is called so.
    if (isChange && phrased?.outcome === 'unknown-name' && readings[0]?.command.id === phrased.command) return phrased
    const [near, ...nearOnes] = isAsked(match) ? [] : plainRequests(request, requests, hearing, names, true)
    const isLikely = near && readings.slice(0, 2).some(({ command }) => command.id === near.command.id)
    const nearly = isLikely && !nearOnes.length ? understoodRequest(near) : undefined
    // What is no value is said to be none: "snooze it for ever".
    const isWrong = match?.filled.wrong !== undefined && readings[0]?.command.id === match.phrase.command
    if (nearly && !isWrong) return named(nearly, hearing, names)
    if (phrased && asksBack(match, readings) && !saysMore(back, phrased)) return named(phrased, hearing, names)
    if (back) return named(back, hearing, names)
    // Where no word is known nothing is offered to be done, and help is the third way out.
    const isStrange = views[0]!.strange === 1
    const reads = readings.filter(({ command }) => command.effect === 'read')
    const offered = isStrange ? reads.slice(0, 2) : isNegated(words) ? reads : readings
    return suggest(offered, whole, names, hearing)
  }

  /** Whether a question stands beside a "not", or has it within: "it says I do not have permission, why", "which have not been backed up". */
  function isAskedAnyway({ view, certainty }: Reading): boolean {
    return certainty >= surelyAsked || (view.asks && !saysNotTo(view.spotted.tokens.map(({ word }) => word)))
  }

  /** Whether all that a command needs is found in words of which its phrase took some for a name that nothing has. */
  function saysMore(back: Understanding | undefined, phrased: Understanding): boolean {
    if (back?.outcome !== 'confirm') return false
    const command = phrased.outcome === 'unknown-name' ? phrased.command : phrased.outcome === 'incomplete' ? phrased.intent.command : undefined
    return command === back.intent.command
  }

  /** A request that names nothing, beside words that name what it may be meant for: "I've got 129, ack it". It is asked whether that is meant. */
  function named(heard: Understanding, hearing: Hearing, names: NameIndex): Understanding {
    if (heard.outcome !== 'incomplete' || heard.missing.length !== 1) return heard
    const [argument] = heard.missing
    const arg = byId.get(heard.intent.command)!.args[argument!]!
    if (arg.type !== 'entity') return heard
    const { slots } = placeAnywhere(
      { [argument!]: arg },
      spot(tokensOf(hearing.text), hearing, names, classifier().vocabulary),
      names,
    )
    const filled = fillSlots({ [argument!]: arg }, slots, names, { ...hearing, subjects: [] })
    const found =
      filled.choose?.options ?? filled.recognised.map(({ ref, name, certainty }) => ({ ref, name, certainty }))
    // "My" says whose, and not whom.
    const options = found.filter(({ ref }) => ref.kind !== hearing.speaker.kind || ref.id !== hearing.speaker.id)
    if (!options.length || filled.unknown) return heard
    const intent = { ...heard.intent, args: { ...heard.intent.args, [argument!]: { ...options[0]!.ref } } }
    return { outcome: 'choose', intent, argument: argument!, options }
  }

  /** Whether a phrase that is not whole, or says little, is what was meant. */
  function asksBack(match: FilledMatch, readings: readonly Reading[]): boolean {
    const { command } = match.phrase
    const { wrong, args } = match.filled
    // A number out of bounds is refused with its reason.
    if (wrong !== undefined && typeof args[wrong.argument] === 'number') return readings[0]?.command.id === command
    if (isWhole(match) && (pointsAt(match) || effectOf(command) === 'note')) return true
    // A question of which every word is understood needs no more than to be the likeliest.
    if (isAsked(match)) return readings[0]?.command.id === command
    // What changes the world fits a request alone: nothing in it is left over but the name.
    if (effectOf(command) !== 'read' && readings[0]?.command.id === command) return !isTalk(match)
    return !isTalk(match) && isMeant(command, readings)
  }

  /** What is asked on the last of several lines, below something that was pasted; only what reads. */
  function askedBelow(hearing: Hearing, names: NameIndex): FilledMatch | undefined {
    const line = lastLineOf(hearing.text)
    const found = line && phrases.read(line.tokens, hearing, names, undefined)
    return found && found.phrase.words >= 2 && isWhole(found) && !isWeak(found) ? found : undefined
  }

  /** A text and its parts; a part is matched with phrases that only read. */
  function viewsIn(hearing: Hearing, names: NameIndex, match: FilledMatch | undefined, known: KnownWords): View[] {
    const { text } = hearing
    const { vocabulary } = classifier()
    const all = tokensOf(text)
    const said = wholeOf(text, all, clausesOf(text), known)
    const partOf = ({ tokens, asks }: Clause, isLine: boolean): Part => {
      const found = phrases.read(tokens, hearing, names, undefined)
      const says = found && found.phrase.words >= 2 && isWhole(found) ? found : undefined
      return {
        asks,
        isLine,
        spotted: spot(tokens, hearing, names, vocabulary),
        match: says,
        manner: mannerOf(tokens, said, known),
      }
    }
    const line = lastLineOf(text)
    const parts = [...(line ? [partOf(line, true)] : []), ...clausesOf(text).map((one) => partOf(one, false))]
    const spotted = spot(all, hearing, names, vocabulary)
    const whole = { asks: text.includes('?'), isLine: false, spotted, match, manner: mannerOf(all, said, known) }
    return viewsOf(whole, parts, classifier())
  }
}
