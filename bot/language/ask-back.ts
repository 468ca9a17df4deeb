import { isDeepStrictEqual } from 'node:util'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { takesKind } from '../../skills/kit/model.js'
import type { Reading } from './classified.js'
import { fillSlots } from './fill-slots.js'
import { withFreeText } from './free-text.js'
import type { NameIndex } from './name-index.js'
import { isNegated } from './negation.js'
import { isDifference } from './plain-request.js'
import { readValue } from './read-value.js'
import { isOfType } from './resource-type.js'
import type { Said } from './said.js'
import { placeAnywhere } from './slots-anywhere.js'
import type { Spotted } from './spotted.js'
import { titled } from './suggest.js'
import type { Token } from './tokens.js'
import { isForeign } from './tongues/tongue-words.js'
import { understood } from './understood.js'
import type { Understanding } from './understanding.js'

/**
 * Asking back: where words are nearly plain, nothing is proposed and nothing is done, and the person is asked. There are two questions.
 *
 * - *Whether it is meant*, outcome `confirm`: all that the command needs is known, but the words are not its own (`askWhether`), or a request stands
 *   among others, or may only be told of (`askIfMeant`).
 * - *Which thing is meant*, outcome `choose`: several are named beside a request that names none (`askForBeside`).
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
 * Asks whether a request is meant that stands among words that are not understood to the last, or that may only be told of: "INC-131 is fixed".
 * @param said what stands for its arguments, as it was said
 */
export const askIfMeant = (
  { intent, recognised }: Intended,
  command: CommandInfo,
  said: Parameters<typeof titled>[2],
): Understanding => ({ outcome: 'confirm', intent, title: titled(command, recognised, said, intent.args) })

/**
 * Asks whether what is named beside a request is meant, where the request lacks one thing and names none: "I've got 129, ack it"; which of it, where
 * several things are.
 * @param heard what the request came to
 * @returns `heard` itself where something else is open, or nothing fitting is named
 */
export function askForBeside(heard: Understanding, { hearing, names, learnt, spotted }: Said): Understanding {
  if (heard.outcome !== 'incomplete') return heard
  const [argument = ''] = heard.missing
  const command = learnt.commandOf(heard.intent.command)
  if (heard.missing.length > 1) return withThingsBeside(heard, command, { hearing, names, spotted })
  const arg = command.args[argument]!
  if (arg.type === 'text') return withWordsBeside(heard, argument, command, spotted(), names)
  if (arg.type !== 'entity') return heard
  const { slots, leftNames } = placeAnywhere({ [argument]: arg }, spotted(), names)
  const filled = fillSlots({ [argument]: arg }, slots, names, { ...hearing, subjects: [] })
  const found = [
    ...(filled.choose?.options ?? filled.recognised.map(({ ref, name, certainty }) => ({ ref, name, certainty }))),
    ...leftNames.flatMap(({ candidates }) =>
      candidates.filter(({ ref }) => takesKind(arg.kinds, ref.kind) && isOfType(ref, arg)).slice(0, 1),
    ),
  ]
  const given = [...Object.values(heard.intent.args), { kind: hearing.speaker.kind, id: hearing.speaker.id }]
  // "My" says whose, and not whom; what is said already is not said again.
  const options = found.filter(({ ref }) => !given.some((one) => isDeepStrictEqual(one, { ...ref })))
  if (!options.length || filled.unknown) return heard
  const intent = { ...heard.intent, args: { ...heard.intent.args, [argument]: { ...options[0]!.ref } } }
  if (options.length > 1) return { outcome: 'choose', intent, argument, options }
  const said = placeAnywhere(command.args, spotted(), names).slots
  const named = [...namedIn(heard.intent.args, spotted()), { argument, ...options[0]! }]
  return { outcome: 'confirm', intent, title: titled(command, named, said, intent.args) }
}

/** Asks whether the things are meant that are named beside a request, where just as many are as it lacks: "129 looks like 130, merge them". */
function withThingsBeside(
  heard: Extract<Understanding, { outcome: 'incomplete' }>,
  command: CommandInfo,
  { hearing, names, spotted }: Pick<Said, 'hearing' | 'names' | 'spotted'>,
): Understanding {
  const lacks = Object.fromEntries(heard.missing.map((name) => [name, command.args[name]!]))
  if (Object.values(lacks).some(({ type }) => type !== 'entity')) return heard
  const { slots, leftNames, leftTimes } = placeAnywhere(lacks, spotted(), names)
  const { args, recognised, choose, unknown } = fillSlots(lacks, slots, names, { ...hearing, subjects: [] })
  if (heard.missing.some((name) => !(name in args)) || choose || unknown || leftNames.length || leftTimes.length)
    return heard
  const intent = { ...heard.intent, args: { ...heard.intent.args, ...args } }
  return { outcome: 'confirm', intent, title: titled(command, recognised, slots, intent.args) }
}

/** Asks whether the free words are meant that seem to be said, where nothing else is missing: "put the tier of orders on critical". */
function withWordsBeside(
  heard: Extract<Understanding, { outcome: 'incomplete' }>,
  argument: string,
  command: CommandInfo,
  spotted: Spotted,
  names: NameIndex,
): Understanding {
  const said = withFreeText(command.args, placeAnywhere(command.args, spotted, names), spotted)
  const arg = command.args[argument]
  const words = said[argument]?.words
  const value = arg?.type === 'text' && words !== undefined ? readValue(arg, words) : undefined
  if (value === undefined) return heard
  const intent = { ...heard.intent, args: { ...heard.intent.args, [argument]: value } }
  return { outcome: 'confirm', intent, title: titled(command, namedIn(intent.args, spotted), said, intent.args) }
}

/** What the things are called that arguments name, as far as the text says them. */
const namedIn = (args: Intended['intent']['args'], { names, apart }: Spotted) =>
  Object.entries(args).flatMap(([argument, value]) => {
    const candidates = [...names, ...apart].flatMap((one) => one.candidates)
    const found = candidates.find(({ ref }) => isDeepStrictEqual({ ...ref }, value))
    return found ? [{ argument, ...found }] : []
  })
