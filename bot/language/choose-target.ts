import type { Arg } from '../../skills/kit/arguments.js'
import { takesKind, type Kind } from '../../skills/kit/model.js'
import type { Candidate } from './name-index.js'
import { isHolder } from './resource-type.js'

/** Candidates this near to the best are as likely as it. */
const closeCall = 0.04
/** As near as that are names and what else a thing is called: neither says more than the other. */
const sameName = 0.015
/** What may not be acted on where others are as near as this: the short form of one is the name of another. */
const reach = 0.12
/** Others within reach that a recognition tells of. */
const mostRivals = 10

/** What words name, of those that an argument takes. */
export interface Target {
  best: Candidate
  /** Others within reach, likeliest first. */
  rivals: Candidate[]
  /** Those that are as likely, the best among them, where a person has to say which; none otherwise. */
  alike: Candidate[]
  /** Those that a person has to choose from before anything is done to one, though an answer may go by the best; none otherwise. */
  unsure: Candidate[]
}

/**
 * Chooses which of the things that words may mean is meant.
 * @param found surest first
 * @returns undefined where none is found
 */
export function chooseTarget(
  found: readonly Candidate[],
  { kinds }: Extract<Arg, { type: 'entity' }>,
): Target | undefined {
  const [surest] = found
  if (!surest) return undefined
  const rank = (kind: Kind) => {
    const at = kinds.indexOf(kind)
    return at < 0 && takesKind(kinds, kind) ? kinds.length : at
  }
  // What holds resources is named by its own name only.
  const named = found.find(({ ref }) => !isHolder(ref))
  const likely = named && named.certainty > surest.certainty - sameName ? named : surest
  // Of somebody and something that are called alike, the kind comes first that the command is for.
  const called = found.filter(({ certainty }) => certainty > surest.certainty - sameName)
  const preferred = called.find(
    (one) => isSomebody(one) !== isSomebody(likely) && rank(one.ref.kind) < rank(likely.ref.kind),
  )
  const best = preferred ?? likely
  const others = found.filter((one) => one !== best && !(isHolder(one.ref) && !isHolder(best.ref)))
  const rivals = others.filter(({ certainty }) => certainty > best.certainty - reach).slice(0, mostRivals)
  const near = rivals.filter(({ certainty }) => certainty > best.certainty - closeCall)
  const alike = near.filter(({ ref }) => ref.kind === best.ref.kind)
  const isUnsure = !best.wordForWord || best.doubtful === true
  const strange = rivals.filter((one) => !isNamesake(one, best))
  return {
    best,
    rivals,
    alike: alike.length ? [best, ...alike] : [],
    unsure: isUnsure || strange.length ? [best, ...strange] : [],
  }
}

/** Things of one name are each other's: a service, its repository and its web app; people and teams are somebody else. */
const isNamesake = (one: Candidate, best: Candidate): boolean =>
  one.ref.kind !== best.ref.kind && !isSomebody(one) && !isSomebody(best)

const isSomebody = ({ ref }: Candidate): boolean => ref.kind === 'Person' || ref.kind === 'Team'
