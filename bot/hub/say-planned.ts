import type { Args } from '../../skills/kit/arguments.js'
import type { PlannedCommand } from '../../skills/kit/command.js'
import { Fault } from '../../skills/kit/errors.js'
import type { Json } from '../../skills/kit/model.js'
import type { Catalog, CommandInfo, TurnFrame } from '../../skills/kit/ports.js'
import type { Button, Intent } from '../../skills/kit/reply.js'
import type { Understanding } from '../language/understanding.js'
import type { Outcome } from './outcome.js'
import { parseArguments } from './parse-arguments.js'

/**
 * What words mean as an intent of a command that is not there yet, with whatever of it is sure: nobody is asked which of several things they
 * mean, or for what they left out, to be told then that it cannot be done. Undefined where words name no command.
 */
export function plannedIntent(
  understanding: Understanding,
  isPlanned: (command: string) => boolean,
): Intent | undefined {
  const { command, args } =
    'intent' in understanding
      ? understanding.intent
      : 'command' in understanding
        ? understanding
        : { command: undefined, args: {} }
  if (command === undefined || !isPlanned(command)) return undefined
  const unsure = 'argument' in understanding ? understanding.argument : undefined
  return { command, args: Object.fromEntries(Object.entries(args).filter(([name]) => name !== unsure)) }
}

/** What is known when it is said. */
interface SaidWith extends Pick<TurnFrame, 'now' | 'person'> {
  catalog: Pick<Catalog, 'get' | 'kinds'>
  /** Whether a button leads somewhere this person may go. */
  offered(button: Button): boolean
}

/** Says that a command is known and not there yet, what there is instead, and offers what comes near as buttons. It does nothing. */
export async function sayPlanned(
  { command: { planned, args }, info }: { command: PlannedCommand<Args>; info: CommandInfo },
  intent: Intent,
  { catalog, offered, ...asked }: SaidWith,
): Promise<Outcome> {
  const sentence = `That is not there yet. ${planned.instead}`
  return {
    outcome: 'refuse',
    command: intent.command,
    args: intent.args,
    reply: {
      text: sentence,
      card: { state: 'emphasis', icon: 'unknown', topic: 'Coming', title: info.summary, sentence },
      buttons: (planned.near?.(await readable(args, intent.args, catalog), asked) ?? []).filter(offered),
    },
  }
}

/** The values of the arguments that can be read; what cannot is left out. */
async function readable(
  args: Args,
  given: Record<string, Json>,
  catalog: Pick<Catalog, 'get' | 'kinds'>,
): Promise<Record<string, unknown>> {
  const read = Object.entries(args).map(async ([name, arg]) => {
    try {
      const parsed = await parseArguments({ [name]: arg }, { [name]: given[name] ?? null }, catalog)
      return 'values' in parsed ? parsed.values : {}
    } catch (error) {
      if (error instanceof Fault) return {}
      throw error
    }
  })
  return Object.assign({}, ...(await Promise.all(read))) as Record<string, unknown>
}
