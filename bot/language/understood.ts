import type { Json } from '../../skills/kit/model.js'
import type { CommandInfo } from '../../skills/kit/ports.js'
import { fillSlots, type Filled } from './fill-slots.js'
import type { Slots } from './slots.js'
import type { NameIndex } from './name-index.js'
import { mostGeneral, showing } from './showing-command.js'
import type { Slash } from './slash.js'
import type { Hearing, Understanding } from './understanding.js'

const isRef = (value: Json): value is { kind: string; id: string } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && 'kind' in value

/** What a command and its filled arguments come to: an intent, or the question that is left. */
export function understood(
  { id, args, effect }: CommandInfo,
  filled: Filled,
  via: 'slash' | 'phrase' | 'classifier',
  certainty: number,
  /** Where those that show one kind only take the place of the one that shows most. */
  others: readonly CommandInfo[] = [],
): Understanding {
  const shown = Object.values(filled.args)
  const own =
    shown.length === 1 && isRef(shown[0]!) && mostGeneral(others)?.id === id
      ? showing(shown[0].kind, others)
      : undefined
  if (own && own.id !== id && others.length) {
    const [name = ''] = Object.keys(own.args)
    const renamed = {
      ...filled,
      args: { [name]: shown[0]! },
      recognised: filled.recognised.map((one) => ({ ...one, argument: name })),
    }
    return understood(
      own,
      { ...renamed, ...(filled.choose && { choose: { ...filled.choose, argument: name } }) },
      via,
      certainty,
    )
  }
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
  const asked = filled.choose ?? (effect === 'read' ? undefined : filled.unsure)
  if (asked) return { outcome: 'choose', intent, ...asked }
  const missing = Object.keys(args).filter((name) => !args[name]!.optional && !(name in filled.args))
  if (missing.length) return { outcome: 'incomplete', intent, missing }
  return { outcome: 'intent', intent, via, certainty: certainty * filled.certainty, recognised: filled.recognised }
}

/** Positional words fill the arguments in their order; the last one that takes words takes all that are left. */
export function understandSlash(
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
