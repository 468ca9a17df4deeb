import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Reading } from './classified.js'
import { isNegated } from './negation.js'
import { isDifference } from './plain-request.js'
import type { Slots } from './slots.js'
import { titled } from './suggest.js'
import { understood } from './understood.js'
import type { Understanding } from './understanding.js'

/**
 * How likely a command that changes something must be to be asked back for: more where a word makes it doubtful that it is asked for, or denies something.
 * Chosen on the sets "tune" and "weigh" of test/language.
 */
const leastAsked = { usual: 0.55, doubtful: 0.8, denied: 0.88 }

/**
 * Asks whether what is likely asked for is meant, where the words are not the command's own. Nothing is proposed or done: what is missing or could be
 * several things is asked for, and else whether it is meant at all.
 */
export function askBack(reading: Reading | undefined): Understanding | undefined {
  if (!reading || reading.command.effect === 'read') return undefined
  const { command, view, filled, slots } = reading
  const { tokens } = view.spotted
  if (tokens.length < 2 || view.manner.doubt === 'much') return undefined
  const isDenied = isNegated(tokens.map(({ word }) => word))
  if (reading.certainty < leastAsked[isDenied ? 'denied' : view.manner.doubt === 'some' ? 'doubtful' : 'usual'])
    return undefined
  // "Restart the coffee machine": what is to be done to is no thing of the catalog.
  if (reading.missing.length && view.strange > 0 && !filled.recognised.length) return undefined
  const { wrong, ...rest } = filled
  const isOff = isDifference(command.args, slots, tokens, tokens[0]?.word ?? '')
  const isKept = (name: string) => name !== wrong?.argument && !(isOff && command.args[name]?.type === 'number')
  const args = Object.fromEntries(Object.entries(filled.args).filter(([name]) => isKept(name)))
  return confirmed(understood(command, { ...rest, args }, 'classifier', reading.certainty), command, slots)
}

/** What would go on as a question whether it is meant. */
const confirmed = (heard: Understanding, command: CommandInfo, slots: Slots): Understanding =>
  heard.outcome === 'intent'
    ? { outcome: 'confirm', intent: heard.intent, title: titled(command, heard.recognised, slots, heard.intent.args) }
    : heard
