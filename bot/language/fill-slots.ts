import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { faultOf, type Args } from '../../skills/kit/arguments.js'
import type { Instant, Json, Kind } from '../../skills/kit/model.js'
import type { Candidate, NameIndex } from './name-index.js'
import { readEnd } from './read-end.js'
import { readQuestion } from './read-question.js'
import { readValue } from './read-value.js'
import { pointsAtIt, spokenOf } from './spoken-of.js'
import type { Hearing, Recognition } from './understanding.js'

/** Words given for arguments, and where they stood. */
export type Slots = Record<string, { words: string; start: number; end: number }>

/** What became of the words: filled arguments, and at most one that is ambiguous or unknown. */
export interface Filled {
  args: Record<string, Json>
  recognised: Recognition[]
  /** How sure the names are, all together. */
  certainty: number
  choose?: { argument: string; options: Candidate[] }
  unknown?: { argument: string; kinds: readonly Kind[]; words: string; near: Candidate[] }
  /** A plain argument whose words are not a value of its type. */
  wrong?: { argument: string }
  /** A name was found by less than all of its words. */
  loose?: true
}

/** Candidates this near to the best are as likely as it. */
const closeCall = 0.04
/** Names at least this sure are taken without asking: one slip in the four letters of a short form still is. */
const sure = 0.65
const pronouns = /^(me|my|mine|i|myself)$/i

/** How sure words are that point at something where nothing is spoken of: surer than an unknown name, because it can be asked for. */
const pointless = 0.5

/** Fills arguments from words: names through the index, plain values by their type, and from what is spoken of what is not said. */
export function fillSlots(
  args: Args,
  slots: Slots,
  names: NameIndex,
  { speaker, now, zone, subjects = [] }: Pick<Hearing, 'speaker' | 'now' | 'zone' | 'subjects'>,
): Filled {
  const filled: Filled = { args: {}, recognised: [], certainty: 1 }
  let begin: Instant | undefined
  for (const [argument, { words, start, end }] of Object.entries(slots)) {
    const arg = args[argument]!
    if (arg.type !== 'entity') {
      const value =
        arg.type === 'filter'
          ? readQuestion(words, builtInKinds, names)
          : (endAfter(begin, arg, words, zone) ?? readValue(arg, words, { now, zone }))
      if (arg.type === 'time' && value !== undefined) begin = value as Instant
      if (value === undefined || faultOf(arg, value)) filled.wrong = { argument }
      // Words that are no value go on as they are: the check of the intent says what is wrong with them, and nothing is left out in silence.
      filled.args[argument] = value ?? words
      continue
    }
    if (arg.kinds.includes('Person') && pronouns.test(words)) {
      filled.args[argument] = { ...speaker }
      continue
    }
    if (pointsAtIt(words, arg)) {
      if (!spokenOf(arg, subjects).length) filled.certainty = Math.min(filled.certainty, pointless)
      take(argument, spokenOf(arg, subjects), filled)
      continue
    }
    const found = names.find(words, arg.kinds)
    const [best] = found
    if (!best || best.certainty < sure) {
      filled.unknown = { argument, kinds: arg.kinds, words, near: found.slice(0, 3) }
      filled.certainty = Math.min(filled.certainty, 0.3)
      continue
    }
    // An equally good name of a kind the command prefers less is no reason to ask; two of the same kind are.
    const rivals = found.filter((one) => one !== best && one.certainty > best.certainty - closeCall)
    const alike = rivals.filter(({ ref }) => ref.kind === best.ref.kind)
    if (alike.length) filled.choose = { argument, options: [best, ...alike] }
    if (!best.wordForWord) filled.loose = true
    filled.args[argument] = { ...best.ref }
    filled.recognised.push({
      argument,
      ref: best.ref,
      name: best.name,
      span: { start, end },
      certainty: best.certainty,
      rivals,
    })
    filled.certainty = Math.min(filled.certainty, best.certainty)
  }
  for (const [argument, arg] of Object.entries(args))
    if (!arg.optional && !(argument in slots)) take(argument, spokenOf(arg, subjects), filled)
  return filled
}

/** Takes what is spoken of; of several one is asked for, and of none an argument stays open. */
function take(argument: string, about: Candidate[], filled: Filled): void {
  const [only, ...more] = about
  if (only) filled.args[argument] = { ...only.ref }
  if (more.length) filled.choose ??= { argument, options: about }
}

/** The end of a stretch whose beginning was read before it. */
const endAfter = (begin: Instant | undefined, { type }: Args[string], words: string, zone: string) =>
  type === 'time' && begin !== undefined ? readEnd(words, begin, zone) : undefined
