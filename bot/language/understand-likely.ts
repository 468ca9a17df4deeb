import { isDeepStrictEqual } from 'node:util'
import type { Ref } from '../../skills/kit/model.js'
import type { Intent } from '../../skills/kit/reply.js'
import type { Effect } from '../../skills/kit/effect.js'
import { askForBeside, askWhether } from './ask-back.js'
import type { FilledMatch } from './choose-phrase.js'
import { answerable, isMeant, readingsOf, type Reading } from './classified.js'
import type { Clause } from './clauses.js'
import { viewsOf, type LearntRequests, type Part, type View } from './evidence.js'
import { withRest } from './fill-beside.js'
import { fillSlots } from './fill-slots.js'
import { leadingFrames } from './frames.js'
import { mannerOf, wholeOf } from './manner.js'
import { isNegated, saysNotTo } from './negation.js'
import { wouldNeed } from './openings.js'
import { isAsked, isTalk, isWhole, pointsAt } from './phrase-reader.js'
import { joins } from './pointed-at.js'
import type { Said } from './said.js'
import type { Slots } from './slots.js'
import { placeAnywhere } from './slots-anywhere.js'
import { withoutCourtesies, type KnownWords } from './request.js'
import { isWithin, spot } from './spotted.js'
import { insteadOf, leaveAlone, suggest } from './suggest.js'
import type { Token } from './tokens.js'
import { ofPhrase, ofRequest, plainlyAsked } from './understand-plainly.js'
import { startsWith } from './word-phrases.js'
import { understood } from './understood.js'
import type { Suggestion, Understanding } from './understanding.js'

/** Is shown the views of each text that is weighed, for fitting the weights. */
export type Observe = (views: readonly View[], learnt: LearntRequests) => void

/** A reading command this certain is what was asked, whatever "not" is said beside it. */
const surelyAsked = 0.9

/** Beside what is less certain stands what may have been meant instead. */
const surelyMeant = 0.9

/** How many commands, the likeliest first, what words nearly ask for may be one of. */
const likeliest = 2

/**
 * What words come to that are no command's own: they are weighed by all that is known of them. What only reads is answered where it is likely, what changes
 * something is asked back or suggested, and what says not to do something is left alone.
 */
export function byWeighing(said: Said, observe?: Observe): Understanding {
  const { hearing, names, learnt, words, match, spotted } = said
  const views = viewsIn(said)
  observe?.(views, learnt.learntRequests)
  const readings = readingsOf(views, names, hearing, learnt.learntRequests)
  const likely = answerable(readings)
  const read = likely && withRest(likely, said)
  const back = askWhether(readings[0] && withRest(readings[0], said), learnt.denying)
  if (saysNotTo(words) && !isAsked(match) && !(read && isAskedAnyway(read))) {
    const reading = learnt.commands.filter(({ effect }) => effect === 'read')
    return back ? askForBeside(back, said) : leaveAlone(reading, spotted(), names, hearing)
  }
  if (read) return answered(read, readings, said)
  const heard =
    unknownName(said, readings) ??
    strangeTarget(said, readings) ??
    nearRequest(said, readings) ??
    likelyPhrase(said, readings)
  const asked = heard && !saysMore(back, heard, hearing.speaker) ? heard : back
  // Where no word is known nothing is offered to be done, and help is the third way out.
  const isStrange = views[0]!.strange === 1
  const reads = readings.filter(({ command }) => command.effect === 'read')
  const offered = isStrange ? reads.slice(0, 2) : isNegated(words) ? reads : readings
  const question = asked && askForBeside(asked, said)
  if (question) return question.outcome === 'confirm' ? besides(question, offered, said) : question
  return suggest(offered, spotted(), names, hearing)
}

/** A reading command with all that was said, and where it is not sure that it was meant or leaves a name out, what may have been meant instead. */
function answered(
  { command, filled, match, certainty, leaves }: Reading,
  readings: readonly Reading[],
  said: Said,
): Understanding {
  const answer = understood(command, filled, match ? 'phrase' : 'classifier', certainty, said.learnt.commands)
  const isSure = certainty >= surelyMeant && !leaves
  return answer.outcome === 'intent' && !isSure ? besides(answer, readings, said) : answer
}

/** An intent, or a question whether one is meant, with what may have been meant instead. */
function besides<One extends { intent: Intent }>(
  one: One,
  readings: readonly Reading[],
  { spotted, names, hearing }: Said,
): One & { instead?: Suggestion[] } {
  const instead = insteadOf(one.intent.command, readings, spotted(), names, hearing)
  return instead.length ? { ...one, instead } : one
}

/** Whether a question stands beside a "not", or has it within: "it says I do not have permission, why", "which have not been backed up". */
const isAskedAnyway = ({ view, certainty, slots }: Reading): boolean => {
  const { tokens } = view.spotted
  const isAsked = view.asks && !saysNotTo(tokens.map(({ word }) => word))
  const denials = tokens.filter(({ word }) => isNegated([word]))
  const isOfArgument = denials.length > 0 && denials.every((one) => isSaidIn(slots, one))
  return certainty >= surelyAsked || isAsked || isOfArgument
}

/** Whether a word is of what stands for an argument: "services without a runbook" are asked for by that "without". */
const isSaidIn = (slots: Slots, { start, end }: Token): boolean =>
  Object.values(slots).some((slot) => slot.start <= start && end <= slot.end)

const isLikeliest = ({ phrase: { command } }: FilledMatch, [best]: readonly Reading[]): boolean =>
  best?.command.id === command

/** "Swap my Sunday with zaphod" says with whom, and nobody is called so. */
function unknownName(said: Said, readings: readonly Reading[]): Understanding | undefined {
  const { match, learnt } = said
  if (!match || !isLikeliest(match, readings) || learnt.effectOf(match.phrase.command) !== 'change') return undefined
  const heard = ofPhrase(match, said)
  return heard.outcome === 'unknown-name' ? heard : undefined
}

/** "Restart nonexistent": a verb of a change that needs no other word, what is its own, and one word that nothing knows, which is a name that nothing has. */
function strangeTarget(
  { request, hearing, names, learnt }: Said,
  [best]: readonly Reading[],
): Understanding | undefined {
  const [verb, ...rest] = request.tokens
  if (!best || best.command.effect !== 'change' || request.doubtful || request.surrounded || request.isUnsure)
    return undefined
  const { command } = best
  const { vocabulary } = learnt.classifier()
  const isOwn = learnt.learntRequests.of
    .get(command.id)
    ?.forms.some((one) => one.verb === verb?.word && !one.words.length)
  const [argument, ...others] = Object.keys(command.args).filter((name) => !command.args[name]!.optional)
  if (!isOwn || argument === undefined || others.length || command.args[argument]!.type !== 'entity') return undefined
  const { slots, used } = placeAnywhere(command.args, spot(rest, hearing, names, vocabulary), names)
  const [strange, ...more] = rest.filter(({ word }, at) => !isWithin(at, used) && !joins.has(word))
  if (!strange || more.length || argument in slots || vocabulary.has(strange.word)) return undefined
  const { word: words, start, end } = strange
  const filled = fillSlots(command.args, { ...slots, [argument]: { words, start, end } }, names, {
    ...hearing,
    subjects: [],
  })
  return filled.unknown ? understood(command, filled, 'classifier', best.certainty) : undefined
}

/** A request with a few words in it that nothing explains, where it is likely too. What is no value is said to be none: "snooze it for ever". */
function nearRequest(said: Said, readings: readonly Reading[]): Understanding | undefined {
  const { match } = said
  if (match?.filled.wrong !== undefined && isLikeliest(match, readings)) return undefined
  const near = plainlyAsked(said, true)
  const isLikely = near && readings.slice(0, likeliest).some(({ command }) => command.id === near.command.id)
  return isLikely ? ofRequest(near) : undefined
}

/** A phrase that is not whole, or says little, where it is what was meant. */
function likelyPhrase(said: Said, readings: readonly Reading[]): Understanding | undefined {
  const { match, learnt } = said
  return match && isPhraseMeant(match, learnt.effectOf(match.phrase.command), readings)
    ? ofPhrase(match, said)
    : undefined
}

/** Whether a question says more than another of the same command. */
const asksMore = (back: Understanding, phrased: Understanding): boolean =>
  back.outcome === 'confirm' &&
  phrased.outcome === 'confirm' &&
  back.intent.command === phrased.intent.command &&
  Object.keys(phrased.intent.args).every((name) => isDeepStrictEqual(back.intent.args[name], phrased.intent.args[name]))

/** Whether all that a command needs is found in words of which its phrase took some for a name that nothing has. "My" says whose, and not whom. */
function saysMore(back: Understanding | undefined, phrased: Understanding, speaker: Ref): boolean {
  if (back?.outcome !== 'confirm') return false
  if (asksMore(back, phrased)) return true
  if (phrased.outcome === 'incomplete') return phrased.intent.command === back.intent.command
  if (phrased.outcome !== 'unknown-name' || phrased.command !== back.intent.command) return false
  const instead = back.intent.args[phrased.argument]
  return instead !== undefined && !isDeepStrictEqual(instead, { ...speaker })
}

function isPhraseMeant(match: FilledMatch, effect: Effect, readings: readonly Reading[]): boolean {
  const { wrong, args } = match.filled
  // A number out of bounds is refused with its reason.
  if (wrong !== undefined && typeof args[wrong.argument] === 'number') return isLikeliest(match, readings)
  if (isWhole(match) && (pointsAt(match) || effect === 'note')) return true
  // A question of which every word is understood needs no more than to be the likeliest.
  if (isAsked(match)) return isLikeliest(match, readings)
  // What changes the world fits a request alone: nothing in it is left over but the name.
  if (effect !== 'read' && isLikeliest(match, readings)) return !isTalk(match)
  return !isTalk(match) && isMeant(match.phrase.command, readings)
}

/** What is asked for without the words that only ask: "I'd need the owner of it" asks for its owner. */
function withoutShell(tokens: readonly Token[], known: KnownWords): readonly Token[] {
  const need = wouldNeed.find((words) => startsWith(tokens, words))
  const { rest, isWanted } = withoutCourtesies(need ? tokens.slice(need.length) : tokens, known)
  return isWanted ? rest.slice(1) : rest
}

/** A text and its parts; a part is matched with phrases that only read. */
function viewsIn({ hearing, names, learnt, tokens, clauses, line, known, match, spotted }: Said): View[] {
  const { text } = hearing
  const { vocabulary } = learnt.classifier()
  const whole = wholeOf(text, tokens, clauses, known)
  const partOf = ({ tokens, asks, isLedTo }: Clause, isLine: boolean): Part => {
    const fits = (said: readonly Token[]): FilledMatch | undefined => {
      const found = learnt.phrases.read(said, hearing, names, undefined)
      return found && found.phrase.words >= (isLedTo ? 1 : 2) && isWhole(found) ? found : undefined
    }
    const says = fits(tokens) ?? fits(withoutShell(tokens, known))
    return {
      ...{ asks, isLine, match: says },
      spotted: spot(tokens, hearing, names, vocabulary),
      manner: mannerOf(tokens, whole, known),
    }
  }
  const parts = [...(line ? [partOf(line, true)] : []), ...clauses.map((one) => partOf(one, false))]
  const frames = leadingFrames(clauses)
  const framed = frames ? tokens.filter(({ start }) => start >= clauses[frames]!.tokens[0]!.start) : tokens
  const all = {
    asks: text.includes('?'),
    isLine: false,
    match: frames ? learnt.phrases.read(framed, hearing, names, undefined) : match,
    spotted: frames ? spot(framed, hearing, names, vocabulary) : spotted(),
    manner: mannerOf(tokens, whole, known),
  }
  return viewsOf(all, parts, learnt.classifier())
}
