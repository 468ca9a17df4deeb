import { candidatesOf, evidenceForNone, type Candidate, type LearntRequests, type View } from './evidence.js'
import { weights } from './evidence-weights.js'
import type { NameIndex } from './name-index.js'
import { isOfOneType } from './resource-type.js'
import { isWhole } from './phrase-reader.js'
import type { Hearing } from './understanding.js'

/** A command that words may mean, its arguments as far as they are said. */
export interface Reading extends Candidate {
  /** How likely it is what was meant, 0 to 1; all commands together and no command at all sum to 1. */
  certainty: number
}

/** The commands that a text may mean, the likeliest first, each as the view says it that speaks for it most. */
export function readingsOf(
  views: readonly View[],
  names: NameIndex,
  hearing: Hearing,
  learnt: LearntRequests,
): Reading[] {
  const candidates = views.flatMap((view) => candidatesOf(view, names, hearing, learnt))
  const scores = candidates.map(({ evidence }) => weighed(evidence, weights.command))
  const none = weighed(evidenceForNone(views), weights.none)
  const most = Math.max(none, ...scores)
  const shares = scores.map((score) => Math.exp(score - most))
  const total = shares.reduce((sum, share) => sum + share, Math.exp(none - most))
  const best = new Map<string, Reading & { own: number }>()
  const likeness = fitted(candidates, shares)
  candidates.forEach((candidate, at) => {
    if (candidate.isOfOtherType) return
    const known = best.get(candidate.command.id)
    const [own, certainty] = [likeness[at]! / total, (known?.certainty ?? 0) + likeness[at]! / total]
    best.set(
      candidate.command.id,
      known && known.own >= own ? { ...known, certainty } : { ...candidate, own, certainty },
    )
  })
  return [...best.values()].sort((a, b) => b.certainty - a.certainty)
}

/** The shares, those of commands for another type of resource given to the likeliest that is for the type of what is named: "relaunch vm-jumpbox". */
function fitted(candidates: readonly Candidate[], shares: readonly number[]): number[] {
  const misfit = candidates.reduce((sum, { isOfOtherType }, at) => sum + (isOfOtherType ? shares[at]! : 0), 0)
  const takes = candidates.map(({ command, filled, isOfOtherType }, at) =>
    !isOfOtherType && Object.keys(filled.args).some((name) => isOfOneType(command.args[name])) ? shares[at]! : 0,
  )
  const most = Math.max(0, ...takes)
  return shares.map((share, at) => (misfit && most && at === takes.indexOf(most) ? share + misfit : share))
}

const weighed = (evidence: readonly number[], by: readonly number[]): number =>
  evidence.reduce((sum, figure, at) => sum + figure * by[at]!, 0)

/**
 * How likely a reading command must be to be answered or asked about: more where nothing in the words is known to the catalog, because talk mostly names
 * nothing. Chosen on the set "weigh" of test/language: more certainty costs many right answers.
 */
const least = { named: 0.5, unnamed: 0.6 }

/** Words of which no example has any are answered only where all else speaks for a command. */
const surely = 0.95

/** The likeliest command, where it is likely enough and only reads. */
export function answerable([best]: readonly Reading[]): Reading | undefined {
  if (best?.command.effect !== 'read' || (best.view.strange === 1 && !best.match && best.certainty < surely))
    return undefined
  // "Purple databases" are not all databases: a word of the question that nothing knows is not left out in silence.
  if (
    best.leaves &&
    best.view.strange > 0 &&
    best.filled.args.filter !== undefined &&
    !(best.match && isWhole(best.match))
  )
    return undefined
  const isOpen = best.missing.length > 0 || best.filled.unknown !== undefined || best.filled.wrong !== undefined
  if (isOpen && best.view.strange > 0.5 && !best.match) return undefined
  // A word alone that no phrase has may be anything.
  if (!best.match && best.view.spotted.tokens.length === 1 && !best.view.spotted.names.length) return undefined
  const isNamed = best.view.spotted.names.length > 0 || best.view.spotted.times.length > 0
  return best.certainty >= (isNamed || isOpen ? least.named : least.unnamed) ? best : undefined
}

/** Whether a phrase that leaves something open is meant at all. */
export const isMeant = (command: string, readings: readonly Reading[]): boolean =>
  readings[0]?.command.id === command && readings[0].certainty >= least.named
