import { readableText } from '../../../skills/kit/readable-text.js'
import type { Claim, Entity, Instant, Json, Kind, Ref, Relation } from '../../../skills/kit/model.js'

/** The catalog's record of one entity: what each source claims of it, side by side, so that none overwrites another. */
export interface CatalogRecord extends Ref {
  claims: Record<string, SourceClaim>
  /** Since when the record reads so; also a claim that went moved it. */
  since?: Instant
}

/** One source's claim, and when it last changed. */
export interface SourceClaim {
  name: string
  aliases: string[]
  props: Record<string, Json>
  relations: { type: Relation['type']; to: Ref; why?: string }[]
  at: Instant
}

/** Since when a record reads as it does: as it says, else since its newest claim. */
export const sinceOf = ({ since, claims }: CatalogRecord): Instant =>
  since ?? Object.values(claims).reduce((newest, { at }) => (at > newest ? at : newest), '')

/** The kind of records the catalog keeps in the store. */
export const catalogRecordKind = 'catalog-entity'

/**
 * Who is believed first, by kind: what people declare on purpose stands before what is observed; a kind's own home stands before
 * those that only mention it.
 */
const precedence: Partial<Record<Kind, readonly string[]>> = {
  Person: ['entra', 'pagerduty', 'azure-devops', 'github'],
  Team: ['entra', 'github', 'declared', 'pagerduty', 'azure-devops'],
  Service: ['declared', 'github', 'azure-devops', 'pagerduty', 'azure'],
  Api: ['declared', 'api-management'],
  Resource: ['azure'],
  Repository: ['github', 'azure-devops', 'declared'],
  Incident: ['nexus', 'pagerduty'],
}

/** The sources of a record, the most believed first. */
export function bySource(record: CatalogRecord): [string, SourceClaim][] {
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
  return {
    kind: record.kind,
    id: record.id,
    tenant,
    name,
    aliases: [...aliases],
    props,
    sources,
    from: sinceOf(record),
  }
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

/** The claim as it is stored: names are one line, and no text has what no store can hold. */
export const storedClaim = (claim: Claim, at: Instant): SourceClaim => ({
  name: nameOf(claim.name),
  aliases: [...new Set((claim.aliases ?? []).map(nameOf))].sort(),
  props: readableJson(claim.props) as SourceClaim['props'],
  relations: claim.relations ?? [],
  at,
})

/** A name without control characters and line breaks. */
const nameOf = (text: string): string =>
  readableText(text)
    .replace(/[\p{Cc}\u2028\u2029\ufffd]+/gu, ' ')
    .trim()

function readableJson(value: Json): Json {
  if (typeof value === 'string') return readableText(value)
  if (Array.isArray(value)) return value.map(readableJson)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [readableText(key), readableJson(item)]))
}
