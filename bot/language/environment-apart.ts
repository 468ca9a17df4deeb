import type { Args } from '../../skills/kit/arguments.js'
import { usualEnvironment } from '../../skills/kit/environment-names.js'
import type { Ref } from '../../skills/kit/model.js'
import type { Slots } from './slots.js'
import { exactly, type NameIndex } from './name-index.js'
import { asItIs } from './spot-names.js'

/** The argument that says where. */
const place = 'environment'

/**
 * Words of a name that say where as well, as two: "checkout in staging" is a service and an environment, where the command asks for both. What is
 * called just so, "checkout-web-stg", is one.
 */
export function environmentApart(args: Args, slots: Slots, names: NameIndex): Slots {
  const where = args[place]
  if (where?.type !== 'entity' || place in slots) return slots
  for (const [name, slot] of Object.entries(slots)) {
    const arg = args[name]
    if (arg?.type !== 'entity' || name === place) continue
    const [called] = names.find(slot.words, arg.kinds)
    if (called && called.certainty >= exactly) continue
    const parts = [...slot.words.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
      word,
      start: slot.start + index,
      end: slot.start + index + word.length,
    }))
    for (const at of [parts.length - 1, 0]) {
      const said = parts[at]!
      const rest = withoutJoins(parts.filter((one) => one !== said))
      if (!rest.length || !isSurely(said.word, where.kinds, names)) continue
      const words = rest.map(({ word }) => word).join(' ')
      if (!isSurely(words, arg.kinds, names)) continue
      return {
        ...slots,
        [name]: { words, start: rest[0]!.start, end: rest.at(-1)!.end },
        [place]: { words: said.word, start: said.start, end: said.end },
      }
    }
  }
  return slots
}

/** Whether words are what a thing of these kinds is called, nearly as they are. */
export function isSurely(words: string, kinds: readonly string[], names: NameIndex): boolean {
  const [best] = names.find(words, kinds)
  return best !== undefined && best.certainty >= asItIs && best.wordForWord && !best.doubtful
}

/**
 * Where a target runs, where a word of its own in its name says that: "the jumpbox in staging" is one name, and says staging.
 * @param targets what the words of each argument were taken for
 */
export function environmentSaid(
  args: Args,
  slots: Slots,
  targets: ReadonlyMap<string, { environment?: string }>,
  names: NameIndex,
): Ref | undefined {
  const where = args[place]
  if (where?.type !== 'entity' || place in slots) return undefined
  for (const [name, { environment }] of targets) {
    const words = slots[name]?.words.split(/\s+/) ?? []
    if (environment === undefined || words.length < 2) continue
    const said = words.flatMap((word) => (isSurely(word, where.kinds, names) ? names.find(word, where.kinds)[0]! : []))
    const one = said.find(({ ref, name }) => [ref.id, name].some((called) => sameEnvironment(called, environment)))
    if (one) return { ...one.ref }
  }
  return undefined
}

/** Whether two words for an environment mean the same one: "prd" and "production". */
export const sameEnvironment = (one: string, other: string): boolean => usual(one) === usual(other)
const usual = (environment: string): string => usualEnvironment(environment) ?? environment.toLowerCase()

/** Words between a name and where it is; any other might turn what is said. */
const joins = new Set(['in', 'on', 'at', 'of', 'for', 'the', 'our'])

function withoutJoins<P extends { word: string }>(parts: readonly P[]): readonly P[] {
  const [first, last] = [parts[0]?.word.toLowerCase(), parts.at(-1)?.word.toLowerCase()]
  if (first !== undefined && joins.has(first)) return withoutJoins(parts.slice(1))
  return last !== undefined && joins.has(last) ? withoutJoins(parts.slice(0, -1)) : parts
}
