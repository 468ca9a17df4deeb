import { isDeepStrictEqual } from 'node:util'
import type { Claim, Instant, Ref } from '../../../skills/kit/model.js'
import { storedClaim, type CatalogRecord } from '../../store/read-model/catalog-record.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What a source says of some entities: how they are, and which of them it has no more. */
export interface Said {
  claims: readonly Claim[]
  gone?: readonly Ref[]
}

/**
 * Compares what a source says of some entities with what is stored of them. Pure: equal input gives equal output, and a source that says
 * what it said before gives nothing to write. What it says is there is there, whether or not it also says that it is gone.
 * @param stored the records of these entities, by `refKey`
 * @param said each entity has one claim at most
 * @returns the records as they must read, each one write, and those that no source claims any more
 */
export function compareClaims(
  source: string,
  stored: ReadonlyMap<string, CatalogRecord>,
  { claims, gone = [] }: Said,
  now: Instant,
): { put: CatalogRecord[]; drop: CatalogRecord[] } {
  const difference: { put: CatalogRecord[]; drop: CatalogRecord[] } = { put: [], drop: [] }
  const there = new Set<string>()
  for (const claim of claims) {
    const key = refKey(claim)
    there.add(key)
    const record = stored.get(key) ?? { kind: claim.kind, id: claim.id, claims: {} }
    const before = Object.hasOwn(record.claims, source) ? record.claims[source] : undefined
    const after = storedClaim(claim, before?.at ?? now)
    if (before && isDeepStrictEqual(before, after)) continue
    difference.put.push({ ...record, claims: { ...record.claims, [source]: { ...after, at: now } } })
  }
  for (const key of new Set(gone.map(refKey))) {
    const record = stored.get(key)
    if (!record || there.has(key) || !Object.hasOwn(record.claims, source)) continue
    const { [source]: _gone, ...others } = record.claims
    if (Object.keys(others).length) difference.put.push({ ...record, claims: others })
    else difference.drop.push(record)
  }
  return difference
}
