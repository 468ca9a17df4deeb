import { builtInKinds } from '../../skills/kit/catalog/built-in-kinds.js'
import { ownKinds, type Kind } from '../../skills/kit/model.js'
import { glue } from './glue-words.js'
import type { Candidate, NameIndex } from './name-index.js'
import type { Token } from './tokens.js'

/** Tokens that stand for something else than themselves: from one, up to another that is no part of it. */
export interface Stretch {
  from: number
  to: number
}

/** A name found in a text, and what it may be, the likeliest first. */
export interface SpottedName extends Stretch {
  candidates: readonly Candidate[]
}

/** Every kind that a name may be of. */
export const allKinds: readonly Kind[] = [...builtInKinds.map(({ kind }) => kind), ownKinds]

/** Most words of a name that is looked for anywhere in a text. */
const widest = 5
/** A name said as it is, an alias, a short form or a first name. */
export const asItIs = 0.9
/** A name with a slip. */
const withSlip = 0.7

/**
 * Finds names anywhere in a text, the longest first, so that "payments db" is not taken for payments. A name with a slip has a word in it that
 * no example of a command has: "show" is no typo of anything.
 * @param known words that are no typos
 */
export function spotNames(
  tokens: readonly Token[],
  names: NameIndex,
  known: { has(word: string): boolean },
): SpottedName[] {
  const spotted: SpottedName[] = []
  const taken = new Set<number>()
  for (let width = Math.min(widest, tokens.length); width; width--)
    for (let from = 0; from + width <= tokens.length; from++) {
      const to = from + width
      const words = tokens.slice(from, to).map(({ word }) => word)
      if (words.some((_, at) => taken.has(from + at)) || isIdle(words)) continue
      const candidates = candidatesFor(words, names, known)
      if (!candidates.length) continue
      spotted.push({ from, to, candidates })
      words.forEach((_, at) => taken.add(from + at))
    }
  return spotted.sort((a, b) => a.from - b.from)
}

/** No name begins or ends with such a word, or is a number alone. */
const isIdle = (words: readonly string[]): boolean =>
  glue.has(words[0]!) || glue.has(words.at(-1)!) || (words.length === 1 && /^\d{1,3}$/.test(words[0]!))

function candidatesFor(words: readonly string[], names: NameIndex, known: { has(word: string): boolean }): Candidate[] {
  const said = words.join(' ')
  const mayBeSlip = words.length <= 3 && said.length >= 4 && words.some((word) => !known.has(word) && word.length >= 3)
  if (!mayBeSlip && !names.knows(said)) return []
  const found = names.find(said, allKinds)
  const least = mayBeSlip ? withSlip : asItIs
  return found.filter(({ certainty, wordForWord }) => certainty >= least && wordForWord)
}
