import { isDeepStrictEqual } from 'node:util'
import type { Claim, Instant } from '../../../skills/kit/model.js'
import { keyOf, storedClaim, type CatalogRecord } from '../../store/read-model/catalog-record.js'

/**
 * Compares everything a source claims with what is stored of it. Pure: equal input gives equal output, and a source that says
 * what it said before gives nothing to write.
 * @param stored the records this source has a claim in, and those its claims name
 * @param claims everything the source says now; two claims of one entity are an error of the provider
 * @returns the records as they must read, each one write, and those that no source claims any more
 * @throws Error naming an entity that is claimed twice
 */
export function compareClaims(
  source: string,
  stored: readonly CatalogRecord[],
  claims: readonly Claim[],
  now: Instant,
): { put: CatalogRecord[]; drop: CatalogRecord[] } {
  const records = new Map(stored.map((record) => [keyOf(record), record]))
  const difference: { put: CatalogRecord[]; drop: CatalogRecord[] } = { put: [], drop: [] }
  const seen = new Set<string>()
  for (const claim of claims) {
    const key = keyOf(claim)
    if (seen.has(key)) throw new Error(`${source} claims ${key} twice`)
    seen.add(key)
    const record = records.get(key) ?? { kind: claim.kind, id: claim.id, claims: {} }
    const before = record.claims[source]
    const after = storedClaim(claim, before?.at ?? now)
    if (before && isDeepStrictEqual(before, after)) continue
    difference.put.push({ ...record, claims: { ...record.claims, [source]: { ...after, at: now } } })
  }
  for (const [key, record] of records) {
    if (seen.has(key) || !(source in record.claims)) continue
    const { [source]: _gone, ...others } = record.claims
    if (Object.keys(others).length) difference.put.push({ ...record, claims: others })
    else difference.drop.push(record)
  }
  return difference
}
