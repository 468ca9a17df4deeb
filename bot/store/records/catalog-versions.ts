import type { Instant } from '../../../skills/kit/model.js'
import type { Query, TenantStore, Write } from '../contract.js'
import type { Json } from '../json.js'
import type { CatalogRecord } from '../read-model/catalog-record.js'
import type { Layer } from '../read-model/layers.js'

/** The kind of the records that keep what an entity was, each written in the commit that ended it. */
export const versionKind = 'catalog-version'

/** What an entity's claims were from one moment to another. */
export interface StoredVersion {
  layer: Layer
  record: CatalogRecord
  since: Instant
  until: Instant
}

/**
 * The write that keeps a version which is over, in the partition of its record.
 * @param name what tells it from the versions of other records there
 */
export const versionWrite = (version: StoredVersion, name = 'entity'): Write => ({
  op: 'put',
  kind: versionKind,
  id: `${name} ${version.since}`,
  data: version as unknown as Json,
  index: { until: version.until },
})

/**
 * Forgets the versions that were over before a moment. What holds, and what held at that moment, stays.
 * @param before milliseconds since 1970
 * @returns how many were forgotten
 */
export async function forgetVersions(store: TenantStore, before: number): Promise<number> {
  const query: Query = {
    kind: versionKind,
    where: [{ field: 'until', below: new Date(before).toISOString() }],
    limit: 200,
  }
  for (let forgotten = 0; ;) {
    const { records } = await store.query(query)
    if (!records.length) return forgotten
    await Promise.all(
      records.map(({ partition, id }) => store.commit(partition, [{ op: 'delete', kind: versionKind, id }])),
    )
    forgotten += records.length
  }
}
