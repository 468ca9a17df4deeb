import type { Neighbour, Reached } from '../../../../skills/kit/catalog/catalog.js'
import type { Entity, Ref, Relation, RelationType } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { keyOf } from '../catalog-record.js'
import { agesOf, edgesAt, versionsOf, type FilterScope } from './compile-filter.js'

/** Whether somebody may see an entity. */
export type Sees = (entity: Entity) => boolean

interface EdgeRow {
  type: RelationType
  said: string
  data: string
}

/** An entity as it was at the moment of a scope. */
export function entityAt(database: ScratchDatabase, { kind, id }: Ref, scope: FilterScope): Entity | undefined {
  for (const age of agesOf(scope)) {
    const { sql, values } = versionsOf(scope, age)
    const row = database.get<{ data: string }>(
      `SELECT data FROM ${sql} WHERE n = (SELECT n FROM node WHERE kind = ? AND id = ?)`,
      ...[...values, kind, id],
    )
    if (row) return JSON.parse(row.data) as Entity
  }
  return undefined
}

/** Entities one step away, a neighbour for each source that says so; those that nobody describes are not there. */
export function neighboursAt(
  database: ScratchDatabase,
  ref: Ref,
  { type, direction }: { type?: RelationType; direction: 'out' | 'in' },
  scope: FilterScope,
): Neighbour[] {
  const edges = edgesAt(scope)
  const [here, there] = direction === 'out' ? ['n', 'm'] : ['m', 'n']
  return agesOf(scope).flatMap((age) => {
    const versions = versionsOf(scope, age)
    const rows = database.all<EdgeRow>(
      `SELECT g.type, g.data AS said, e.data FROM ${edges.sql} g JOIN ${versions.sql} e ON e.n = g.${there}
       WHERE g.${here} = (SELECT n FROM node WHERE kind = ? AND id = ?)${type ? ' AND g.type = ?' : ''} ORDER BY g.type, e.sort`,
      ...[...edges.values, ...versions.values, ref.kind, ref.id, ...(type ? [type] : [])],
    )
    return rows.flatMap(({ type, said, data }) => {
      const entity = JSON.parse(data) as Entity
      const own = { kind: ref.kind, id: ref.id }
      const other = { kind: entity.kind, id: entity.id }
      const [from, to] = direction === 'out' ? [own, other] : [other, own]
      return (JSON.parse(said) as { source: string; why?: string }[]).map((one): Neighbour => ({
        entity,
        relation: { from, type, to, ...one } satisfies Relation,
      }))
    })
  })
}

/** Breadth first over `dependsOn`: each entity once, at its least depth; cycles end where they began. What is hidden is no way either. */
export function reachAt(
  database: ScratchDatabase,
  start: Ref,
  { direction, depth = Infinity }: { direction: 'up' | 'down'; depth?: number },
  scope: FilterScope,
  sees: Sees,
): Reached[] {
  const seen = new Set([keyOf(start)])
  const found: Reached[] = []
  let ring: Ref[] = [start]
  for (let level = 1; ring.length && level <= depth; level++) {
    const next: Ref[] = []
    for (const through of ring)
      for (const { entity } of neighboursAt(
        database,
        through,
        { type: 'dependsOn', direction: direction === 'down' ? 'out' : 'in' },
        scope,
      )) {
        if (seen.has(keyOf(entity)) || !sees(entity)) continue
        seen.add(keyOf(entity))
        next.push(entity)
        found.push({ entity, depth: level, through: { kind: through.kind, id: through.id } })
      }
    ring = next
  }
  return found
}

/** A shortest way down from one entity to another, both included. */
export function pathAt(
  database: ScratchDatabase,
  from: Ref,
  to: Ref,
  scope: FilterScope,
  sees: Sees,
): Entity[] | undefined {
  const start = entityAt(database, from, scope)
  if (!start || !sees(start)) return undefined
  const reached = new Map(
    reachAt(database, from, { direction: 'down' }, scope, sees).map((one) => [keyOf(one.entity), one]),
  )
  const way: Entity[] = []
  for (let step = reached.get(keyOf(to)); step; step = reached.get(keyOf(step.through))) way.unshift(step.entity)
  return way.length ? [start, ...way] : undefined
}
