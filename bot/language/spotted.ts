import { speltOut } from './chat-words.js'
import type { Vocabulary } from './classifier/vocabulary.js'
import { glue } from './glue-words.js'
import type { Candidate, NameIndex } from './name-index.js'
import { allKinds, asItIs, spotNames, type SpottedName, type Stretch } from './spot-names.js'
import { spotTimes, type SpottedTime } from './spot-times.js'
import type { Token } from './tokens.js'
import type { Hearing } from './understanding.js'

/** A text with what is known of its words before any command is thought of. */
export interface Spotted {
  hearing: Hearing
  tokens: readonly Token[]
  text: string
  names: readonly SpottedName[]
  /** The same with environments by themselves: "checkout staging" is one name, or a service and where. */
  apart: readonly SpottedName[]
  times: readonly SpottedTime[]
}

/**
 * Finds what a text names and when.
 * @param known words of the commands' examples
 */
export function spot(
  tokens: readonly Token[],
  hearing: Hearing,
  names: NameIndex,
  known: { has(word: string): boolean },
): Spotted {
  const { text, now, zone } = hearing
  const found = spotNames(tokens, names, known)
  const apart = found.flatMap((name) => withoutEnvironment(name, tokens, names))
  return { hearing, tokens, text, names: found, apart, times: spotTimes(tokens, text, { now, zone }, found) }
}

/** A name that begins or ends with an environment's as two, where what is left is a name too. */
function withoutEnvironment(name: SpottedName, tokens: readonly Token[], names: NameIndex): SpottedName[] {
  const { from, to } = name
  if (to - from < 2) return [name]
  const said = (begin: number, end: number) =>
    tokens
      .slice(begin, end)
      .map(({ word }) => word)
      .join(' ')
  const sides = [
    { where: { from: to - 1, to }, what: { from, to: to - 1 } },
    { where: { from, to: from + 1 }, what: { from: from + 1, to } },
  ]
  for (const { where, what } of sides) {
    while (what.to - what.from > 1 && glue.has(tokens[what.to - 1]!.word)) what.to--
    while (what.to - what.from > 1 && glue.has(tokens[what.from]!.word)) what.from++
    if (!names.knows(said(where.from, where.to)) || !names.knows(said(what.from, what.to))) continue
    const environments = names.find(said(where.from, where.to), ['Environment']).filter(isSure)
    const things = names.find(said(what.from, what.to), allKinds).filter(isSure)
    if (environments.length && things.length)
      return [
        { ...where, candidates: environments },
        { ...what, candidates: things },
      ].sort((one, other) => one.from - other.from)
  }
  return [name]
}

const isSure = ({ certainty, wordForWord }: Candidate): boolean => certainty >= asItIs && wordForWord

/** Kinds of which one name is likelier meant than of others, where it may be of several. */
const usual = ['Service', 'Team', 'Person', 'Environment', 'Resource', 'Repository']

/**
 * The words with what varies replaced by its kind, and slips in the words of examples mended: "<Service>", "<time>". Words of a name that examples
 * have too stand behind it with a plus, because they may be meant as such: "<Service> +search".
 * @param known words of the commands' examples
 */
export function delexicalise({ tokens, names, times }: Spotted, known: Vocabulary): string[] {
  const stands = new Map<number, { to: number; as: string; isName: boolean }>()
  for (const { from, to, candidates } of names) {
    const kinds = candidates.map(({ ref }) => ref.kind)
    stands.set(from, { to, as: `<${usual.find((kind) => kinds.includes(kind)) ?? kinds[0]!}>`, isName: true })
  }
  for (const { from, to, is } of times) stands.set(from, { to, as: `<${is}>`, isName: false })
  const words: string[] = []
  for (let at = 0; at < tokens.length;) {
    const stand = stands.get(at)
    words.push(...(stand ? [stand.as] : speltOut(known.meant(tokens[at]!.word))))
    const to = stand?.to ?? at + 1
    if (stand?.isName)
      for (const { word } of tokens.slice(at, to)) if (known.has(word) && !glue.has(word)) words.push(`+${word}`)
    at = to
  }
  return words
}

/** Whether a token stands within one of some stretches. */
export const isWithin = (at: number, stretches: readonly Stretch[]): boolean =>
  stretches.some(({ from, to }) => at >= from && at < to)
