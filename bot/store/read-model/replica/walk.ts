import type { Neighbour, Reached } from '../../../../skills/kit/catalog/catalog.js'
import type { Entity, Ref, Relation, RelationType } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import type { FilterScope } from './statement.js'
import { saidStepsFrom, stepsFrom } from './steps.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** Whether somebody may see an entity. */
export type Sees = (entity: Entity) => boolean

/** An entity as it was at the moment of a scope. */
export function entityAt(database: ScratchDatabase, { kind, id }: Ref, { at }: FilterScope): Entity | undefined {
  const key = [kind, id].map(readableText)
  const node = '(SELECT n FROM node WHERE kind = ? AND id = ?)'
  const now = database.get<{ data: string; since: string }>(
    `SELECT data, since FROM now_version WHERE n = ${node}`,
    ...key,
  )
  if (now && (!at || now.since <= at)) return JSON.parse(now.data) as Entity
  const then =
    at &&
    database.get<{ data: string }>(
      `SELECT data FROM then_version WHERE n = ${node} AND until > ? AND since <= ?`,
      ...[...key, at, at],
    )
  return then ? (JSON.parse(then.data) as Entity) : undefined
}

/** Entities one step away, a neighbour for each source that says so; those that nobody describes are not there. */
export function neighboursAt(
  database: ScratchDatabase,
  ref: Ref,
  { type, direction }: { type?: RelationType; direction: 'out' | 'in' },
  scope: FilterScope,
): Neighbour[] {
  const n = numberOf(database, ref)
  if (n === undefined) return []
  return saidStepsFrom(database, n, { ...(type && { type }), direction }, scope).flatMap((row) => {
    const entity = JSON.parse(row.data) as Entity
    const own = { kind: ref.kind, id: ref.id }
    const other = { kind: entity.kind, id: entity.id }
    const [from, to] = direction === 'out' ? [own, other] : [other, own]
    return (JSON.parse(row.said) as { source: string; why?: string }[]).map((one): Neighbour => ({
      entity,
      relation: { from, type: row.type, to, ...one } satisfies Relation,
    }))
  })
}

/**
 * Breadth first over `dependsOn`: each entity once, at its least depth, those of one depth by name; cycles end where they began. What is
 * hidden is no way either.
 */
export function reachAt(
  database: ScratchDatabase,
  start: Ref,
  way: { direction: 'up' | 'down'; depth?: number; to?: Ref },
  scope: FilterScope,
  sees: Sees,
): Reached[] {
  const { depth = Infinity, to } = way
  const first = numberOf(database, start)
  if (first === undefined) return []
  const goal = to && numberOf(database, to)
  const refs = new Map<number, Ref>([[first, { kind: start.kind, id: start.id }]])
  const found: Reached[] = []
  let ring = [first]
  for (let level = 1; ring.length && level <= depth; level++) {
    const next: number[] = []
    for (const { n, through, data } of stepsFrom(
      database,
      ring,
      { type: 'dependsOn', direction: way.direction === 'down' ? 'out' : 'in' },
      scope,
    )) {
      if (refs.has(n)) continue
      const entity = JSON.parse(data) as Entity
      if (!sees(entity)) continue
      refs.set(n, { kind: entity.kind, id: entity.id })
      next.push(n)
      found.push({ entity, depth: level, through: refs.get(through)! })
    }
    if (goal !== undefined && refs.has(goal)) break
    ring = next
  }
  return found
}

const numberOf = (database: ScratchDatabase, { kind, id }: Ref): number | undefined =>
  database.get<{ n: number }>('SELECT n FROM node WHERE kind = ? AND id = ?', ...[kind, id].map(readableText))?.n

/** A shortest way down from one entity to another, both included; from one to itself it is that one. */
export function pathAt(
  database: ScratchDatabase,
  from: Ref,
  to: Ref,
  scope: FilterScope,
  sees: Sees,
): Entity[] | undefined {
  const start = entityAt(database, from, scope)
  if (!start || !sees(start)) return undefined
  if (from.kind === to.kind && from.id === to.id) return [start]
  const reached = new Map(
    reachAt(database, from, { direction: 'down', to }, scope, sees).map((one) => [refKey(one.entity), one]),
  )
  const way: Entity[] = []
  for (let step = reached.get(refKey(to)); step; step = reached.get(refKey(step.through))) way.unshift(step.entity)
  return way.length ? [start, ...way] : undefined
}
