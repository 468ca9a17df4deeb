import type { Args } from '../../skills/kit/arguments.js'
import { bothEnds as endsIn } from './both-ends.js'
import { isSurely } from './environment-apart.js'
import type { NameIndex } from './name-index.js'
import type { Spoken } from './read-moment.js'
import { readValue, type PlainArg } from './read-value.js'
import type { Slots } from './slots.js'
import { mayBeginTime } from './spot-times.js'

/**
 * Words in the place of a name that say when as well, as two: "payments tomorrow" is a team and a day, where the command asks for both; and
 * both ends of a stretch that stand in the place of its beginning, "9 to 12".
 */
export function timesApart(args: Args, given: Slots, names: NameIndex, spoken: Spoken): Slots {
  const slots = bothEnds(args, given, spoken)
  for (const [name, slot] of Object.entries(slots)) {
    const arg = args[name]
    if (arg?.type !== 'entity') continue
    // "October's deployments": what need not be said and is no name may be nothing but when.
    const instead = arg.optional && !isSurely(slot.words, arg.kinds, names) && withTime(args, slots, slot, spoken)
    if (instead) return { ...Object.fromEntries(Object.entries(slots).filter(([other]) => other !== name)), ...instead }
    const parts = [...slot.words.matchAll(/\S+/g)]
    const [, ...behind] = parts
    if (!behind.some(({ 0: word }) => mayBeginTime(word.toLowerCase())) || isSurely(slot.words, arg.kinds, names))
      continue
    for (const { 0: word, index } of behind) {
      if (!mayBeginTime(word.toLowerCase())) continue
      const thing = slot.words.slice(0, index).replace(/[\s,]+$/, '')
      const when = withTime(
        args,
        slots,
        { words: slot.words.slice(index), start: slot.start + index, end: slot.end },
        spoken,
      )
      if (when && isSurely(thing, arg.kinds, names))
        return { ...slots, ...when, [name]: { words: thing, start: slot.start, end: slot.start + thing.length } }
    }
  }
  return slots
}

/** The arguments that say when, of a command that takes both ends. */
const [begin, end] = ['from', 'to']
/** "9 to 12" in the place of the beginning, where the end has none of its own. */
function bothEnds(args: Args, slots: Slots, spoken: Spoken): Slots {
  const slot = slots[begin!]
  if (!slot || end! in slots) return slots
  return { ...slots, ...endsOf(args, slot, spoken) }
}

function endsOf(args: Args, slot: Slots[string], spoken: Spoken): Slots | undefined {
  if (args[begin!]?.type !== 'time' || args[end!]?.type !== 'time') return undefined
  const ends = endsIn(slot.words, spoken)
  return ends && { [begin!]: { ...slot, words: ends.begin }, [end!]: { ...slot, words: ends.end } }
}

/** Words of time in the place of an argument that takes them and is not said; a day may belong to the hour that is. */
function withTime(args: Args, slots: Slots, said: Slots[string], spoken: Spoken): Slots | undefined {
  const slot = { ...said, words: said.words.replace(/^for (?=(?:the )?(?:next|last|past|\d))/i, '') }
  const ends = begin! in slots || end! in slots ? undefined : endsOf(args, slot, spoken)
  if (ends) return ends
  const reads = (name: string, words: string) => readValue(args[name] as PlainArg, words, spoken) !== undefined
  const open = Object.keys(args).find(
    (name) => !(name in slots) && timely.has(args[name]!.type) && reads(name, slot.words),
  )
  if (open !== undefined) return { [open]: slot }
  const hour = slots[begin!]
  const joined = hour && `${slot.words} ${hour.words}`
  return joined && args[begin!]?.type === 'time' && reads(begin!, joined)
    ? { [begin!]: { ...hour, words: joined } }
    : undefined
}

const timely: ReadonlySet<string> = new Set(['range', 'duration', 'time'])
