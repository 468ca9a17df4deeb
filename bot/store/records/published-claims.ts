import type { Claim, Instant } from '../../../skills/kit/model.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'
import { storedClaim, type SourceClaim } from '../read-model/catalog-record.js'
import type { Ref } from '../../../skills/kit/model.js'

/** The kind of the records by which skills publish entities; they are written with the skill's own record, in one commit. */
export const publishedKind = 'published-claim'

/** An entity as a skill publishes it. */
export interface PublishedClaim extends Ref {
  claim: SourceClaim
}

/** The source that published entities name. */
export const ownSource = 'nexus'

/**
 * The write that publishes what a skill's record shows in the catalog.
 * @param publishes the entity, null where it shows nothing any more, undefined where nothing changes
 */
export function publishWrites(kind: string, id: string, publishes: Claim | null | undefined, at: Instant): Write[] {
  if (publishes === undefined) return []
  const name = `${kind}/${id}`
  if (publishes === null) return [{ op: 'delete', kind: publishedKind, id: name }]
  const published: PublishedClaim = {
    kind: publishes.kind,
    id: publishes.id,
    claim: storedClaim(publishes, at),
  }
  return [{ op: 'put', kind: publishedKind, id: name, data: published as unknown as Json }]
}
