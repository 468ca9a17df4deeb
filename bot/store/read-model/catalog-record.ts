import type { Claim, Entity, Instant, Json, Kind, Ref, Relation } from '../../../skills/kit/model.js'

/** The catalog's record of one entity: what each source claims of it, side by side, so that none overwrites another. */
export interface CatalogRecord extends Ref {
  claims: Record<string, SourceClaim>
}

/** One source's claim, and when it last changed. */
export interface SourceClaim {
  name: string
  aliases: string[]
  props: Record<string, Json>
  relations: { type: Relation['type']; to: Ref; why?: string }[]
  at: Instant
}

/** The kind of records the catalog keeps in the store. */
export const catalogRecordKind = 'catalog-entity'

/**
 * Who is believed first, by kind: what people declare on purpose stands before what is observed; a kind's own home stands before
 * those that only mention it.
 */
const precedence: Partial<Record<Kind, readonly string[]>> = {
  Person: ['entra', 'pagerduty', 'azure-devops', 'github'],
  Team: ['entra', 'github', 'pagerduty', 'azure-devops'],
  Service: ['github', 'azure-devops', 'pagerduty', 'azure'],
  Incident: ['nexus', 'pagerduty'],
}

/** The sources of a record, the most believed first. */
function bySource(record: CatalogRecord): [string, SourceClaim][] {
  const order = precedence[record.kind] ?? []
  const rank = (source: string) => (order.includes(source) ? order.indexOf(source) : order.length)
  return Object.entries(record.claims).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
}

/** Merges the claims of a record into the entity that is shown: each property from the most believed source that gives it. */
export function entityOf(tenant: string, record: CatalogRecord): Entity {
  const claims = bySource(record)
  const name = claims[0]?.[1].name ?? record.id
  const aliases = new Set(claims.flatMap(([, claim]) => [claim.name, ...claim.aliases]))
  aliases.delete(name)
  // Names come from outside: one called `__proto__` is a name like any other.
  const props = Object.create(null) as Record<string, Json>
  for (const [, claim] of claims)
    for (const [key, value] of Object.entries(claim.props)) if (!(key in props) && value !== null) props[key] = value
  const sources = claims.map(([source, { at }]) => ({ source, at }))
  const from = sources.reduce((newest, { at }) => (at > newest ? at : newest), '')
  return { kind: record.kind, id: record.id, tenant, name, aliases: [...aliases], props, sources, from }
}

/** The relations of a record, with their sources; two sources may claim the same one. */
export const relationsOf = (record: CatalogRecord): Relation[] =>
  bySource(record).flatMap(([source, claim]) =>
    claim.relations.map(({ type, to, why }) => ({
      from: { kind: record.kind, id: record.id },
      type,
      to,
      source,
      ...(why && { why }),
    })),
  )

/** The claim as it is stored. */
export const storedClaim = (claim: Claim, at: Instant): SourceClaim => ({
  name: claim.name,
  aliases: [...new Set(claim.aliases ?? [])].sort(),
  props: claim.props,
  relations: claim.relations ?? [],
  at,
})

/** Key of a ref in maps. */
export const keyOf = ({ kind, id }: Ref): string => `${kind}/${id}`
