import { checkClaim, sayMistake, type ClaimMistake } from '../../../skills/kit/catalog/check-claim.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Claim, Ref } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'
import { keyOf } from '../../store/read-model/catalog-record.js'
import { addSkipped } from './tallies.js'

/** What of a source's claims is taken in. */
export interface Accepted {
  /** One an entity. */
  claims: Claim[]
  /** Every entity that was named, also by a claim that was passed over: it is there, whatever is wrong with what is said of it. */
  named: Ref[]
  skipped: Skipped[]
}

/** Most characters of a claim's JSON: the store keeps the claims of several sources, and what was before, in one commit. */
const longestClaim = 400_000

/**
 * Holds claims against the declarations of their kinds. Pure. What is wrong is left out and said: a property or a relation by itself where
 * the entity can be told without it, else the whole claim. Of two claims of one entity the first stands.
 * @param isTold whether an entity was told before, in the same sweep
 */
export function acceptClaims(
  claims: readonly Claim[],
  kinds: readonly KindDeclaration[],
  isTold: (ref: Ref) => boolean = () => false,
): Accepted {
  const accepted = new Map<string, Claim>()
  const [named, skipped]: [Ref[], Skipped[]] = [[], []]
  const pass = (claim: Claim, reason: string) =>
    skipped.push({ reason, count: 1, example: typeof claim.id === 'string' ? claim.id.slice(0, 200) : 'without an id' })
  for (const claim of claims) {
    const { mended, mistakes } = mend(claim, kinds)
    for (const mistake of mistakes) pass(claim, `${sayKind(claim)}: ${sayMistake(mistake)}`)
    if (isRef(claim)) named.push({ kind: claim.kind, id: claim.id })
    if (!mended) continue
    const known = accepted.get(keyOf(mended))
    if (known || isTold(mended)) pass(claim, `${sayKind(claim)}: told more than once; what was told first stands`)
    else accepted.set(keyOf(mended), mended)
  }
  return { claims: [...accepted.values()], named, skipped: addSkipped([], skipped) }
}

/** A claim without what is wrong with it; undefined where nothing of it can be kept. */
function mend(claim: Claim, kinds: readonly KindDeclaration[]): { mended?: Claim; mistakes: ClaimMistake[] } {
  try {
    const short = shorten(claim)
    const mistakes = [...short.mistakes, ...checkClaim(short.claim, kinds)]
    if (!mistakes.length) return { mended: claim, mistakes }
    if (mistakes.some(isOfWhole)) return { mistakes }
    return { mended: withoutMistakes(short.claim, kinds), mistakes }
  } catch {
    return { mistakes: [{ reason: 'it is no claim: it needs a kind, an id, a name and properties' }] }
  }
}
