import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import type { Instant } from '../../../../skills/kit/model.js'
import { joined, type Sql } from './sql.js'

/** What a filter is compiled for. */
export interface FilterScope {
  /** What counts as this moment for ages. */
  now: Instant
  /** As of when; what is now where it is absent. */
  at?: Instant
  kinds: readonly KindDeclaration[]
  /** What the reader may see: what a step leads to must meet it too, else an answer would tell of what is hidden. */
  visible?: Filter
}

/** A set of numbers that the conditions of a statement name. */
interface NamedSet extends Sql {
  name: string
  /** What it is made of, whatever its name. */
  key: string
}

/** What one statement is compiled with: its scope, and the sets that its conditions name, each a part of its WITH clause. */
export interface Statement extends FilterScope {
  sets: NamedSet[]
  /** Set where steps are followed from each row by itself, and how many were compiled so: their tables have names. */
  lookups?: { count: number }
}

/** Begins a statement. */
export const statementOf = (scope: FilterScope): Statement => ({ ...scope, sets: [] })

/** The WITH clause of a statement, once all of its conditions are compiled; further sets are put in by their SQL. */
export function withSets({ sets }: Statement, ...more: Sql[]): Sql {
  const all = [...sets, ...more]
  return all.length
    ? { sql: `WITH RECURSIVE ${all.map(({ sql }) => sql).join(', ')}`, values: all.flatMap(({ values }) => values) }
    : { sql: '', values: [] }
}

/** Which tables a row is looked for in: those of what is, or of what was. */
export type Age = 'now' | 'then'

/** A row that a condition is of: where its own number stands in the statement, and that of its entity. */
export interface Row {
  age: Age
  own: string
  node: string
  /** Name of the row where it is one of a version table. */
  version?: string
}

/** A row of the version table of an age. */
export const versionRow = (name: string, age: Age): Row => ({
  age,
  own: `${name}.${age === 'now' ? 'n' : 'v'}`,
  node: `${name}.n`,
  version: name,
})

/** The tables that together hold what was at the moment of a scope. */
export const agesOf = ({ at }: FilterScope): Age[] => (at ? ['now', 'then'] : ['now'])

/**
 * Whether a version held at the moment of a scope, as a condition on a row of a version table (or, of what is, on any row). What came
 * after the moment is far less than what there is, so it is that which is worked out.
 */
export function heldAt({ at }: FilterScope, { age, own, version }: Row): Sql {
  if (!at) return { sql: '1', values: [] }
  if (age === 'now' && version) return { sql: `${version}.since <= ?`, values: [at] }
  return age === 'now'
    ? { sql: `${own} NOT IN (SELECT n FROM now_version WHERE since > ?)`, values: [at] }
    : { sql: `${version}.since <= ? AND ${version}.until > ?`, values: [at, at] }
}

/**
 * Puts a set of numbers into a statement, or finds it there, and answers its name, which the set itself may use.
 * @param once whether it is used at one place only: any other is worked out before, lest SQLite does it at each place anew
 */
export function setOf(statement: Statement, sql: (name: string) => Sql, once = false): string {
  const { sql: text, values } = sql('itself')
  const key = JSON.stringify([text, values])
  const known = statement.sets.find((one) => one.key === key)
  if (known) return known.name
  const name = `s${statement.sets.length}`
  statement.sets.push({ name, key, sql: `${name} (n) AS ${once ? '' : 'MATERIALIZED '}(${sql(name).sql})`, values })
  return name
}

/** Whether an entity was there at the moment of a scope, as a condition on its number. */
export function isThere(number: string, { at }: FilterScope): Sql {
  if (!at) return { sql: `${number} IN (SELECT n FROM now_version)`, values: [] }
  const version = `_version e WHERE e.n = ${number} AND e.since <= ?`
  return joined(
    [
      { sql: `EXISTS (SELECT 1 FROM now${version})`, values: [at] },
      { sql: `EXISTS (SELECT 1 FROM then${version} AND e.until > ?)`, values: [at, at] },
    ],
    'OR',
    '0',
  )
}

/** Tables of edges, the number of whose source is `source`; their target is `g.m`. */
export interface Edges {
  tables: string
  source: string
  held: Sql
}

/**
 * The edges that held at the moment of a scope: those that hold, and those of what is over.
 * @param known the end at which they are looked up
 */
export function edgesAt(known: 'source' | 'target', scope: FilterScope): Edges[] {
  return agesOf(scope).map((age): Edges => {
    if (age === 'now')
      return { tables: 'now_edge g', source: 'g.n', held: heldAt(scope, { age, own: 'g.n', node: 'g.n' }) }
    const tables = ['then_version x', 'then_edge g']
    return {
      tables: `${(known === 'source' ? tables : tables.reverse()).join(' CROSS JOIN ')} ON g.v = x.v`,
      source: 'x.n',
      held: heldAt(scope, versionRow('x', age)),
    }
  })
}
