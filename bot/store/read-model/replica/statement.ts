import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
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
  /** What counts as few; tests ask with less. */
  limits?: Limits
}

/** How many rows are few, for one way of asking and another; the answers are the same with any. */
export interface Limits {
  /** So many are looked at one by one before it matters that they are too many. */
  few: number
  /** Where every part of a filter has more than `few`, how far they are counted to tell which has fewest. */
  counted: number
  /** So few have the steps from each followed by itself, which costs less than all that is at the other end. */
  followed: number
  /** So few are taken all at once, which costs less than counting them and looking those of a page up again. */
  whole: number
}

export const usualLimits: Limits = { few: 2_000, counted: 20_000, followed: 200, whole: 200 }

/** Which tables a row is looked for in: those of what is, or of what was. */
export type Age = 'now' | 'then'

/** Where the rows of one age that meet a filter come from, and what else they must meet. */
export interface Plan {
  age: Age
  /** The part of a filter of which fewest entities can be; undefined where it is quicker to look at everything. */
  begin?: Filter
  /** How many it has, as far as they were counted. */
  size: number
  rest: Filter
}

/** A version that meets a filter: its own number, and that of its entity. */
export interface Met {
  age: Age
  own: number
  n: number
}

/** A step that something is to be at the end of. */
export type StepFilter = Extract<Filter, { step: unknown }>

/** One question of a database: its scope, and what is worked out for it once, however many statements it takes. */
export interface Asked extends FilterScope {
  database: ScratchDatabase
  limits: Limits
  plan(filter: Filter, age: Age): Plan
  /** What meets a filter, as far as the reader may see it; undefined where there is much of it. */
  few(filter: Filter): readonly Met[] | undefined
  /** Numbers of what can reach something by a step; undefined where there are many. */
  fewBefore(filter: StepFilter): readonly number[] | undefined
  /** The same question of who may see everything: by it is told what a reader may see. */
  whole: Asked
}

/** A set of numbers that the conditions of a statement name. */
interface NamedSet extends Sql {
  name: string
  /** What it is made of, whatever its name. */
  key: string
  /** How many tables SQLite sees in it: it copies a set into each place that names it before it looks whether they are the same. */
  weight: number
}

/** A set of more tables is worked out before the statement that names it: SQLite bears 65,535 of them, and long before that it is slow. */
const heaviest = 100

/** What one statement is compiled with: its question, and the sets that its conditions name, each a part of its WITH clause. */
export interface Statement {
  asked: Asked
  sets: NamedSet[]
  /** Names of the sets that steps came to: a filter within steps is compiled once, not once for each age at each step. */
  steps: Map<Filter, string>
  /** Whether steps are followed from each row by itself, because few rows are asked. */
  follows: boolean
  /** How many steps were compiled so: the tables at their ends have names. */
  ends: { count: number }
  /** About how many symbols SQLite's parser keeps of what is around a condition. */
  around: number
}

/** Begins a statement. */
export const statementOf = (asked: Asked): Statement => ({
  asked,
  sets: [],
  steps: new Map(),
  follows: false,
  ends: { count: 0 },
  around: 42, // by trying: a page's statement has that much around its conditions
})

/** The WITH clause of a statement, once all of its conditions are compiled; further sets are put in by their SQL. */
export function withSets({ sets }: Pick<Statement, 'sets'>, ...more: Sql[]): Sql {
  const all = [...sets, ...more]
  return all.length
    ? { sql: `WITH RECURSIVE ${all.map(({ sql }) => sql).join(', ')}`, values: all.flatMap(({ values }) => values) }
    : { sql: '', values: [] }
}

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
 * @param narrow whether few rows are asked, so that each is looked up
 */
export function heldAt({ at }: FilterScope, { age, own, version }: Row, narrow = false): Sql {
  if (!at) return { sql: '1', values: [] }
  if (age === 'now' && version) return { sql: `${version}.since <= ?`, values: [at] }
  if (age === 'then') return { sql: `${version}.since <= ? AND ${version}.until > ?`, values: [at, at] }
  return narrow
    ? { sql: `(SELECT since FROM now_version WHERE n = ${own}) <= ?`, values: [at] }
    : { sql: `${own} NOT IN (SELECT n FROM now_version WHERE since > ?)`, values: [at] }
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
  const set = { name, key, sql: `${name} (n) AS ${once ? '' : 'MATERIALIZED '}(${sql(name).sql})`, values }
  const weight = weightOf(text, statement.sets)
  statement.sets.push(weight > heaviest ? workedOut(set, statement) : { ...set, weight })
  return name
}

/** How many tables SQLite sees in a piece of SQL, with those of the sets that it names. */
const weightOf = (sql: string, sets: readonly NamedSet[]): number =>
  [...sql.matchAll(/\b(?:s(\d+)|FROM|JOIN)\b/g)].reduce(
    (sum, [, index]) => sum + (index === undefined ? 1 : (sets[Number(index)]?.weight ?? 0)),
    0,
  )

/** A set with its numbers in place of what it is made of. */
function workedOut(set: Omit<NamedSet, 'weight'>, { asked: { database }, sets }: Statement): NamedSet {
  const all = withSets({ sets }, set)
  const numbers = database.all<{ n: number }>(`${all.sql} SELECT n FROM ${set.name}`, ...all.values).map(({ n }) => n)
  const { sql, values } = numbered(numbers)
  return { ...set, sql: `${set.name} (n) AS MATERIALIZED (${sql})`, values, weight: 1 }
}

/** Numbers that are known, as a SELECT. */
export const numbered = (numbers: readonly number[]): Sql => ({
  sql: 'SELECT value FROM json_each(?)',
  values: [JSON.stringify(numbers)],
})

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
 * @param narrow whether few are asked
 */
export function edgesAt(known: 'source' | 'target', scope: FilterScope, narrow = false): Edges[] {
  return agesOf(scope).map((age): Edges => {
    if (age === 'now')
      return { tables: 'now_edge g', source: 'g.n', held: heldAt(scope, { age, own: 'g.n', node: 'g.n' }, narrow) }
    const tables = ['then_version x', 'then_edge g']
    return {
      tables: `${(known === 'source' ? tables : tables.reverse()).join(' CROSS JOIN ')} ON g.v = x.v`,
      source: 'x.n',
      held: heldAt(scope, versionRow('x', age)),
    }
  })
}
