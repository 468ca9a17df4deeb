import type { Instant } from '../../../../skills/kit/model.js'
import type { CatalogRecord } from '../catalog-record.js'

/** One record of an entity over the time it held: what the sources claim, or what skills publish of it. */
export interface LayerVersion {
  layer: string
  since: Instant
  /** `open` (of `schema.ts`) while it holds. */
  until: Instant
  record: CatalogRecord
}

/** An entity's claims over a stretch of time in which none of them moved. */
export interface MergedVersion {
  since: Instant
  until: Instant
  record: CatalogRecord
}

/**
 * Lays the layers of one entity over each other: a version for each stretch in which the same records held, and none where there were
 * none. Pure. Versions of one layer may not overlap; where clocks of two hubs made them, the later one counts.
 */
export function mergeLayers(given: readonly LayerVersion[]): MergedVersion[] {
  const layers = given.filter(({ since, until }) => since < until)
  const moments = [...new Set(layers.flatMap(({ since, until }) => [since, until]))].sort()
  return moments.slice(0, -1).flatMap((since, index) => {
    const until = moments[index + 1]!
    const held = new Map<string, LayerVersion>()
    for (const one of layers) {
      if (one.since > since || one.until < until) continue
      const other = held.get(one.layer)
      if (!other || other.since < one.since) held.set(one.layer, one)
    }
    const [first, ...others] = [...held.values()].sort((a, b) => (a.layer < b.layer ? -1 : 1))
    if (!first) return []
    const claims = Object.assign(
      {},
      first.record.claims,
      ...others.map(({ record }) => record.claims),
    ) as CatalogRecord['claims']
    return [{ since, until, record: { kind: first.record.kind, id: first.record.id, claims } }]
  })
}
