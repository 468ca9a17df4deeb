import { isDeepStrictEqual } from 'node:util'
import type { Claim, Instant, Ref } from '../../../skills/kit/model.js'
import type { TenantStore, Write } from '../contract.js'
import type { Json } from '../json.js'
import { storedClaim, type CatalogRecord, type SourceClaim } from '../read-model/catalog-record.js'
import { versionWrite } from './catalog-versions.js'

/** The kind of the records by which skills publish entities; they are written with the skill's own record, in one commit. */
export const publishedKind = 'published-claim'

/** An entity as a skill publishes it. */
export interface PublishedClaim extends Ref {
  claim: SourceClaim
}

/** The source that published entities name. */
export const ownSource = 'nexus'

/** What is published, as a record of claims. */
export const recordOf = ({ kind, id, claim }: PublishedClaim): CatalogRecord => ({
  kind,
  id,
  claims: { [ownSource]: claim },
  since: claim.at,
})

/** How a partition's published claims are read. */
export type ReadPublished = (partition: string, name: string) => Promise<PublishedClaim | undefined>

/** Reads what a record published last. */
export const readPublished =
  (store: TenantStore): ReadPublished =>
  async (partition, name) =>
    (await store.get({ partition, kind: publishedKind, id: name }))?.data as unknown as PublishedClaim | undefined

/**
 * The writes that publish what a skill's record shows in the catalog, and keep what it showed before; none where it shows the same.
 * @param publishes the entity, null where it shows nothing any more, undefined where nothing changes
 */
export async function publishWrites(
  partition: string,
  name: string,
  publishes: Claim | null | undefined,
  at: Instant,
  read: ReadPublished,
): Promise<Write[]> {
  if (publishes === undefined) return []
  const before = await read(partition, name)
  if (publishes && before && before.kind === publishes.kind && before.id === publishes.id) {
    if (isDeepStrictEqual({ ...before.claim, at }, storedClaim(publishes, at))) return []
  }
  const over =
    before && before.claim.at < at
      ? [versionWrite({ layer: 'published', record: recordOf(before), since: before.claim.at, until: at }, name)]
      : []
  if (publishes === null) return [{ op: 'delete', kind: publishedKind, id: name }, ...over]
  const { kind, id } = publishes
  const published: PublishedClaim = { kind, id, claim: storedClaim(publishes, at) }
  return [{ op: 'put', kind: publishedKind, id: name, data: published as unknown as Json }, ...over]
}
