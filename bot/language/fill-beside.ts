import type { Arg, Args } from '../../skills/kit/arguments.js'
import { takesKind } from '../../skills/kit/model.js'
import type { Reading } from './classified.js'
import { fillSlots } from './fill-slots.js'
import type { Said } from './said.js'
import { placeAnywhere } from './slots-anywhere.js'
import type { Slots } from './slots.js'

/** Of these types an argument tells by itself what it is; a number or free words may be anything. */
const taken: ReadonlySet<Arg['type']> = new Set(['entity', 'range', 'time', 'duration', 'choice'])

const speaks = /^(?:i|me|my|mine)$/i

/**
 * What one part of a text asks, with what it leaves open from the rest of it: "the orders queue has a backlog since nine, what is causing it". Only the one
 * thing of the whole text that fits is taken, and the one time.
 */
export function withRest(reading: Reading, { hearing, names, spotted }: Said): Reading {
  const { command, view, filled, missing } = reading
  if (!view.omits) return reading
  const open: Args = Object.fromEntries(
    Object.entries(command.args).filter(([name, { type }]) => !(name in filled.args) && taken.has(type)),
  )
  const placed = placeAnywhere(open, spotted(), names)
  const isOne = ([name, { words }]: [string, { words: string }]): boolean => {
    const arg = open[name]!
    // "My" in a tale says nothing of whom is asked for.
    if (speaks.test(words)) return false
    return arg.type === 'entity'
      ? !placed.leftNames.some(({ candidates }) => candidates.some(({ ref }) => takesKind(arg.kinds, ref.kind)))
      : placed.leftTimes.every(({ is }) => is === 'number')
  }
  const slots: Slots = Object.fromEntries(Object.entries(placed.slots).filter(isOne))
  const more = fillSlots(open, slots, names, { ...hearing, subjects: [] })
  if (!Object.keys(more.args).length || more.unknown || more.wrong || more.choose) return reading
  const { unknown, wrong, ...known } = filled
  const isOpen = (one: { argument: string } | undefined) => one && !(one.argument in more.args)
  return {
    ...reading,
    slots: { ...reading.slots, ...slots },
    missing: missing.filter((name) => !(name in more.args)),
    filled: {
      ...known,
      ...(isOpen(unknown) && { unknown: unknown! }),
      ...(isOpen(wrong) && { wrong: wrong! }),
      args: { ...filled.args, ...more.args },
      recognised: [...filled.recognised, ...more.recognised],
    },
  }
}
