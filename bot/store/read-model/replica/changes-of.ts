import { isDeepStrictEqual } from 'node:util'
import type { EntityChange } from '../../../../skills/kit/catalog/catalog.js'
import type { Instant, Json } from '../../../../skills/kit/model.js'
import { bySource, entityOf, relationsOf, type CatalogRecord } from '../catalog-record.js'
import type { MergedVersion } from './merge-layers.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/**
 * What became different with an entity after a moment, up to another, the newest first. Pure.
 * @param versions all of its versions that were not over before the stretch, in order
 */
export function changesOf(
  tenant: string,
  versions: readonly MergedVersion[],
  from: Instant,
  to: Instant,
): EntityChange[] {
  const within = (moment: Instant): boolean => moment > from && moment <= to
  const changes: EntityChange[][] = []
  for (const [place, version] of versions.entries()) {
    const before = versions[place - 1]
    const follows = before?.until === version.since
    if (within(version.since))
      changes.push(differences(tenant, follows ? before.record : undefined, version.record, version.since))
    const next = versions[place + 1]
    if (within(version.until) && next?.since !== version.until)
      changes.push(differences(tenant, version.record, undefined, version.until))
  }
  return changes.reverse().flat()
}

/** How a record differs from the one before it, each difference with the source that made it. */
function differences(
  tenant: string,
  before: CatalogRecord | undefined,
  after: CatalogRecord | undefined,
  at: Instant,
): EntityChange[] {
  const record = (after ?? before)!
  const shown = entityOf(tenant, record)
  const change = (source: string, what: EntityChange['what']): EntityChange => ({
    ref: { kind: record.kind, id: record.id },
    name: shown.name,
    at,
    source,
    what,
  })
  const [first] = bySource(record)
  if (!before) return [change(first?.[0] ?? '', { created: true })]
  if (!after) return [change(first?.[0] ?? '', { deleted: true })]
  return [
    ...propertyChanges(tenant, before, after).map(({ source, what }) => change(source, what)),
    ...relationChanges(before, after).map(({ source, what }) => change(source, what)),
  ]
}

interface Difference {
  source: string
  what: EntityChange['what']
}

function propertyChanges(tenant: string, before: CatalogRecord, after: CatalogRecord): Difference[] {
  const valuesOf = (record: CatalogRecord): Record<string, Json> => {
    const { name, aliases, props } = entityOf(tenant, record)
    return { ...props, name, ...(aliases.length > 0 && { aliases }) }
  }
  const [was, is] = [valuesOf(before), valuesOf(after)]
  return [...new Set([...Object.keys(is), ...Object.keys(was)])].flatMap((property): Difference[] => {
    const [old, now] = [was[property], is[property]]
    if (isDeepStrictEqual(old, now)) return []
    const what = { property, ...(old !== undefined && { before: old }), ...(now !== undefined && { after: now }) }
    return [{ source: moverOf(property, before, after), what }]
  })
}

/** Whose claim moved a property: the most believed source whose own value is another than before. */
function moverOf(property: string, before: CatalogRecord, after: CatalogRecord): string {
  const sources = [...bySource(after), ...bySource(before)].map(([source]) => source)
  const valueOf = ({ claims }: CatalogRecord, source: string): unknown => {
    const claim = claims[source]
    if (property === 'name') return claim?.name
    return property === 'aliases' ? claim && [claim.name, claim.aliases] : claim?.props[property]
  }
  return sources.find((one) => !isDeepStrictEqual(valueOf(before, one), valueOf(after, one))) ?? sources[0] ?? ''
}

function relationChanges(before: CatalogRecord, after: CatalogRecord): Difference[] {
  const edges = (record: CatalogRecord) =>
    new Map(relationsOf(record).map((relation) => [`${relation.type}/${refKey(relation.to)}`, relation]))
  const [was, is] = [edges(before), edges(after)]
  const missing = (some: typeof was, others: typeof was, now: 'added' | 'removed'): Difference[] =>
    [...some].flatMap(([key, { type, to, source }]) =>
      others.has(key) ? [] : [{ source, what: { relation: type, to, now } }],
    )
  return [...missing(is, was, 'added'), ...missing(was, is, 'removed')]
}
