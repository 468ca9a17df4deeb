import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Ref } from '../../../skills/kit/model.js'
import { digestOf } from '../../store/records/ref-digest.js'
import type { SweepState } from '../../store/records/sync-state.js'
import { acceptClaims } from './accept-claims.js'
import type { Taken } from './advance-state.js'
import type { Said } from './compare-claims.js'
import { addSkipped, isBehind } from './tallies.js'
import type { Told } from './told.js'
import { writeSaid, type SaidParts } from './write-said.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What the taking in of what a source says is made of. */
export interface TakingParts extends SaidParts {
  /** The kinds that claims are held against. */
  kinds(): readonly KindDeclaration[]
}

/**
 * Writes what is right of what a source says.
 * @param isTold whether an entity was told before in the same reading
 * @returns what came of it, and the digests of all that was named
 */
export async function takeSaid(
  { claims, gone = [] }: Said,
  parts: TakingParts,
  isTold?: (ref: Ref) => boolean,
): Promise<{ taken: Taken; digests: string[] }> {
  const accepted = acceptClaims(claims, parts.kinds(), isTold)
  const named = new Set(accepted.named.map(refKey))
  const isGone = ({ kind, id }: Ref) => !named.has(refKey({ kind, id }))
  await parts.catalog.catchUp()
  const written = await writeSaid({ claims: accepted.claims, gone: gone.filter(isGone) }, parts)
  const skipped = addSkipped(accepted.skipped, written.skipped)
  return { taken: { ...written, read: claims.length, skipped }, digests: accepted.named.map(digestOf) }
}

/** Takes a source's claim out of every entity that no page of its sweep named and that is behind no gap. */
export async function closeUnnamed(sweep: SweepState, told: Told, parts: TakingParts): Promise<Taken> {
  const { catalog, source } = parts
  const closed: Taken = { read: 0, written: 0, dropped: 0, skipped: [] }
  await catalog.catchUp()
  for (const batch of catalog.index.claimedBy(source)) {
    const gone = batch.map(({ record }): Ref => record).filter((ref) => !told.has(ref) && !isBehind(ref, sweep.gaps))
    const { written, dropped, skipped } = await writeSaid({ claims: [], gone }, parts)
    closed.written += written
    closed.dropped += dropped
    closed.skipped.push(...skipped)
  }
  return closed
}
