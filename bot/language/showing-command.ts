import type { Kind } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import type { Slots } from './slots.js'
import { mayBeSpokenOf } from './spoken-of.js'
import type { Spotted } from './spotted.js'

/** A name alone asks to be shown: by the command that shows things of its kind and of no other, or else by the one that shows most kinds. */
export function shownAlone(
  { tokens, names: [only, ...more] }: Spotted,
  commands: readonly CommandInfo[],
): CommandInfo | undefined {
  if (!only || more.length || only.from !== 0 || only.to !== tokens.length) return undefined
  return showing(only.candidates[0]!.ref.kind, commands)
}

/** The name alone as what a command shows. */
export const bareSlot = ({ args }: CommandInfo, { tokens, text }: Spotted): Slots => {
  const [start, end] = [tokens[0]!.start, tokens.at(-1)!.end]
  return { [Object.keys(args)[0]!]: { words: text.slice(start, end).replace(/[?!.,;:]+$/g, ''), start, end } }
}

/** The command that shows a thing of a kind: of a record such as an incident its own, of all else the one that shows most kinds. */
export function showing(kind: Kind, commands: readonly CommandInfo[]): CommandInfo | undefined {
  const shows = commands.flatMap((command) => {
    const [[, first] = [], ...more] = Object.entries(command.args)
    const fits = first?.type === 'entity' && !first.optional && first.kinds.includes(kind)
    return fits && command.effect === 'read' && command.id.endsWith('.show') && more.every(([, arg]) => arg.optional)
      ? [{ command, kinds: first.kinds.length, isRecord: mayBeSpokenOf(first) }]
      : []
  })
  const own = shows.filter(({ kinds, isRecord }) => kinds === 1 && isRecord)
  return (own[0] ?? shows.sort((a, b) => b.kinds - a.kinds)[0])?.command
}

const found = new WeakMap<readonly CommandInfo[], CommandInfo>()

/** The command that shows things of the most kinds; looked for once in the same commands. */
export function mostGeneral(commands: readonly CommandInfo[]): CommandInfo | undefined {
  const before = found.get(commands)
  if (before) return before
  const kindsOf = ({ id, args, effect }: CommandInfo) => {
    const [first] = Object.values(args)
    return effect === 'read' && id.endsWith('.show') && first?.type === 'entity' && !first.optional
      ? first.kinds.length
      : 0
  }
  const [most] = commands.toSorted((one, other) => kindsOf(other) - kindsOf(one))
  if (most) found.set(commands, most)
  return most
}
