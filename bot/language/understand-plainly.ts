import { askForBeside, askIfMeant } from './ask-back.js'
import type { FilledMatch } from './choose-phrase.js'
import { asksForNote } from './closed-vocabulary.js'
import { fillSlots } from './fill-slots.js'
import { isAsked, isMiswritten, isWeak, isWhole, saysNoTime, saysWhat } from './phrase-reader.js'
import { plainRequests, type PlainRequest } from './plain-request.js'
import type { Said } from './said.js'
import { bareSlot, shownAlone } from './showing-command.js'
import { wordsOf } from './slash.js'
import { kindOfId } from './spoken-of.js'
import { understood } from './understood.js'
import type { Understanding } from './understanding.js'

// What is said in the commands' own words, each step a way to say it; undefined where it is not said in that way.

/** What a phrase comes to; one that may be a tale, or stands among words that are not understood to the last, comes to a question. */
export function ofPhrase(match: FilledMatch, { hearing, learnt }: Pick<Said, 'hearing' | 'learnt'>): Understanding {
  const { commands, commandOf, effectOf } = learnt
  const { phrase, filled, certainty } = match
  const command = commandOf(phrase.command)
  const heard = understood(command, filled, 'phrase', certainty, commands)
  const isTold = effectOf(phrase.command) === 'note' && asksForNote(match) === 'told' && filled.recognised.length > 0
  if (!(isTold || match.surrounded) || heard.outcome !== 'intent') return heard
  const said = Object.entries(match.slots).map(([name, tokens]) => [name, { words: wordsOf(tokens, hearing.text) }])
  return askIfMeant(heard, command, Object.fromEntries(said))
}

/** A phrase of which every word fits, and every place is filled. */
export function bySurePhrase(said: Said): Understanding | undefined {
  const { match, learnt } = said
  if (!match || !isSure(match)) return undefined
  return learnt.effectOf(match.phrase.command) === 'change' && match.filled.choose ? undefined : ofPhrase(match, said)
}

const isSure = (match: FilledMatch): boolean => saysWhat(match) && isWhole(match) && !isWeak(match)

/** A request in words that stand in another order than in the examples. */
export function byPlainRequest(said: Said): Understanding | undefined {
  const plain = plainlyAsked(said)
  const heard = plain && ofRequest(plain)
  return heard && askForBeside(heard, said)
}

/**
 * The one request that words make, if it is one. "Give me services" asks for things, and for nothing to be given to them.
 * @param freely whether a few words may be in it that nothing explains
 */
export function plainlyAsked(
  { match, request, hearing, names, learnt }: Said,
  freely = false,
): PlainRequest | undefined {
  if (isAsked(match)) return undefined
  const [plain, ...others] = plainRequests(request, learnt.requests, hearing, names, freely)
  return others.length ? undefined : plain
}

/** What a plain request comes to; one that is not understood to its last word comes to a question, or to nothing where none can be asked. */
export function ofRequest({ command, filled, slots, missing, asks }: PlainRequest): Understanding | undefined {
  const heard = understood(command, filled, 'phrase', 1)
  if (heard.outcome !== 'intent') return heard
  // What need not be said is asked for nowhere: where something else is unclear too, there is no question to put.
  if (missing.length && asks) return undefined
  if (missing.length) return { outcome: 'incomplete', intent: heard.intent, missing }
  return asks ? askIfMeant(heard, command, slots) : heard
}

/** A phrase that leaves open which thing or when; what is wrong with it is plain to say. */
export function byOpenPhrase(said: Said): Understanding | undefined {
  const { match } = said
  if (!match) return undefined
  const isPlain =
    isSure(match) || isMiswritten(match) || saysNoTime(match) || kindOfId(match.filled.unknown?.words ?? '')
  const heard = isPlain ? ofPhrase(match, said) : undefined
  return heard && askForBeside(heard, said)
}

/** What is asked on the last of several lines, below something that was pasted; only what reads. */
export function byLastLine({ hearing, names, learnt, match, line }: Said): Understanding | undefined {
  const found = !match && line && learnt.phrases.read(line.tokens, hearing, names, undefined)
  return found && found.phrase.words >= 2 && isWhole(found) && !isWeak(found)
    ? ofPhrase(found, { hearing, learnt })
    : undefined
}

/** A name and nothing else asks to be shown. */
export function byNameAlone({ spotted, learnt, names, hearing }: Said): Understanding | undefined {
  const alone = shownAlone(spotted(), learnt.commands)
  return alone && understood(alone, fillSlots(alone.args, bareSlot(alone, spotted()), names, hearing), 'classifier', 1)
}
