import type { Reading } from './classified.js'
import { fillSlots } from './fill-slots.js'
import { isNegated } from './negation.js'
import { isDifference } from './plain-request.js'
import type { Said } from './said.js'
import { placeAnywhere } from './slots-anywhere.js'
import { titled } from './suggest.js'
import type { Token } from './tokens.js'
import { isForeign } from './tongues/tongue-words.js'
import { understood } from './understood.js'
import type { Understanding } from './understanding.js'

/**
 * Asking back: where words are nearly plain, nothing is proposed and nothing is done, and the person is asked. There are two questions.
 *
 * - *Whether it is meant*, outcome `confirm`: all that the command needs is known, but the words are not its own (`askWhether`).
 * - *Which thing is meant*, outcome `choose`: what was named is offered, be it by words that may only tell of it (`askForNamed`), or beside a
 *   request that names nothing (`askForBeside`).
 *
 * What is missing is asked for as everywhere else, by outcome `incomplete`. A question takes nothing from the answer: what it comes to is
 * permitted, planned and proposed like any other request. How questions are said stands in `hub/ask-back.ts`, how answers are read in
 * `follow-up-answers.ts`.
 */

/** Outcomes that go on to a command's run. */
type Intended = Extract<Understanding, { outcome: 'intent' }>

/**
 * How likely a command that changes something must be to be asked back for: more where a word makes it doubtful that it is asked for, or denies something.
 * Chosen on the sets "tune" and "weigh" of test/language.
 */
const leastAsked = { usual: 0.55, doubtful: 0.8, denied: 0.88 }

/** Share of words that no example has from which on a word of another language says that all of it is. */
const mostStrange = 0.5

/**
 * Asks whether what is likely asked for is meant, where the words are not the command's own; asks for what is missing or could be several things instead,
 * where something is.
 * @param reading the likeliest command
 * @param denying commands for which a "not" is no refusal
 * @returns undefined where it only reads, is not likely enough, or something in the words makes it doubtful that anything is asked for
 */
export function askWhether(reading: Reading | undefined, denying: ReadonlySet<string>): Understanding | undefined {
  if (!reading || reading.command.effect === 'read') return undefined
  const { command, view, filled, slots } = reading
  const { tokens } = view.spotted
  const { doubt } = view.manner
  if (tokens.length < 2 || doubt === 'much' || (doubt === 'denied' && !denying.has(command.id))) return undefined
  const isDenied = isNegated(tokens.map(({ word }) => word))
  // "Do not" and "no" may stand beside what is noted: "no digest any more".
  if (isDenied && (command.effect === 'change' || filled.recognised.some(({ span }) => isNone(tokens, span.start))))
    return undefined
  if (view.strange >= mostStrange && (isDenied || tokens.some(({ word }) => isForeign(word)))) return undefined
  const isRefused = isDenied && !denying.has(command.id)
  if (reading.certainty < leastAsked[isRefused ? 'denied' : doubt === 'some' ? 'doubtful' : 'usual']) return undefined
  // "Restart the coffee machine": what is to be done to is no thing of the catalog.
  if (reading.missing.length && view.strange > 0 && !filled.recognised.length) return undefined
  const { wrong, ...rest } = filled
  const isOff = isDifference(command.args, slots, tokens, tokens[0]?.word ?? '')
  const isKept = (name: string) => name !== wrong?.argument && !(isOff && command.args[name]?.type === 'number')
  const args = Object.fromEntries(Object.entries(filled.args).filter(([name]) => isKept(name)))
  const heard = understood(command, { ...rest, args }, 'classifier', reading.certainty)
  if (heard.outcome !== 'intent') return heard
  const { intent, recognised } = heard
  return { outcome: 'confirm', intent, title: titled(command, recognised, slots, intent.args) }
}

/** "No INC-12": what begins there is what is not meant. */
const isNone = (tokens: readonly Token[], start: number): boolean =>
  tokens[tokens.findIndex((token) => token.start === start) - 1]?.word === 'no'

/**
 * Asks which thing is meant, the one that was named offered, so that somebody says yes to it: of a request among words that are not understood to the
 * last, or of what may be a tale.
 * @returns undefined where nothing was named, and so no question can be put
 */
export function askForNamed({ intent, recognised }: Intended): Understanding | undefined {
  const named =
    recognised.find(({ argument, ref }) => argument !== undefined && ref.kind !== 'Environment') ?? recognised[0]
  if (named?.argument === undefined) return undefined
  const { argument, ref, name, certainty } = named
  return { outcome: 'choose', intent, argument, options: [{ ref, name, certainty }] }
}

/**
 * Asks whether what is named beside a request is meant, where the request lacks one thing and names none: "I've got 129, ack it".
 * @param heard what the request came to
 * @returns `heard` itself where something else is open, or nothing fitting is named
 */
export function askForBeside(heard: Understanding, { hearing, names, learnt, spotted }: Said): Understanding {
  if (heard.outcome !== 'incomplete' || heard.missing.length !== 1) return heard
  const [argument = ''] = heard.missing
  const arg = learnt.commandOf(heard.intent.command).args[argument]!
  if (arg.type !== 'entity') return heard
  const { slots } = placeAnywhere({ [argument]: arg }, spotted(), names)
  const filled = fillSlots({ [argument]: arg }, slots, names, { ...hearing, subjects: [] })
  const found =
    filled.choose?.options ?? filled.recognised.map(({ ref, name, certainty }) => ({ ref, name, certainty }))
  // "My" says whose, and not whom.
  const options = found.filter(({ ref }) => ref.kind !== hearing.speaker.kind || ref.id !== hearing.speaker.id)
  if (!options.length || filled.unknown) return heard
  const intent = { ...heard.intent, args: { ...heard.intent.args, [argument]: { ...options[0]!.ref } } }
  return { outcome: 'choose', intent, argument, options }
}
