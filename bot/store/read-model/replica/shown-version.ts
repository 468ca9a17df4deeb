import type { Entity, Instant, Ref, RelationType } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import { entityOf, relationsOf } from '../catalog-record.js'
import { factsOf, wordsOf, type FactRow, type Words } from './facts-of.js'
import type { MergedVersion } from './merge-layers.js'
import { open } from './schema.js'

/** An edge as its row holds it. */
export interface ShownEdge {
  type: RelationType
  to: Ref
  /** Who says so, and where, as JSON. */
  said: string
}

/** A version of an entity as the tables hold it. */
export interface ShownVersion {
  since: Instant
  until: Instant
  kind: string
  sort: string
  /** The entity as JSON. */
  data: string
  facts: FactRow[]
  edges: ShownEdge[]
  words: Words
}

/** Works out what the tables hold of a version. Pure. */
export function shownVersion(tenant: string, { since, until, record }: MergedVersion): ShownVersion {
  const entity: Entity = { ...entityOf(tenant, record), from: since, ...(until !== open && { to: until }) }
  const edges = new Map<string, ShownEdge & { by: { source: string; why?: string }[] }>()
  for (const { type, to, source, why } of relationsOf(record)) {
    const key = `${type}/${to.kind}/${to.id}`
    const edge = edges.get(key) ?? { type, to, said: '', by: [] }
    edge.by.push({ source, ...(why && { why }) })
    edges.set(key, edge)
  }
  return {
    since,
    until,
    kind: entity.kind,
    sort: sortKey(entity.name),
    data: JSON.stringify(entity),
    facts: factsOf(entity),
    edges: [...edges.values()].map(({ type, to, by }) => ({ type, to, said: JSON.stringify(by) })),
    words: wordsOf(entity),
  }
}

/** Names in the order people look for them: without case, then by code point. */
export const sortKey = (name: string): string => readableText(`${name.normalize('NFC').toLowerCase()}\u0001${name}`)
