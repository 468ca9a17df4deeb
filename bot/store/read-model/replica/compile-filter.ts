import { everything, type Filter, type FilterValue } from '../../../../skills/kit/catalog/filter.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import { folded, instantOf, searchWords } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Instant } from '../../../../skills/kit/model.js'
import type { ScratchValue } from '../../sqlite/scratch-database.js'
import { commonProperties, storedBoolean } from './facts-of.js'

/** A piece of SQL and what is bound in it, in order. */
export interface Sql {
  sql: string
  values: ScratchValue[]
}

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

/** What one statement is compiled with: its scope, and the sets that its conditions name, each a part of its WITH clause. */
export interface Statement extends FilterScope {
  sets: Sql[]
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
type Age = 'now' | 'then'

/** The versions that held at the moment of a scope, as SQL with the columns of `now_version` and the row's own number as `own`. */
export function versionsOf({ at }: FilterScope, age: Age): Sql {
  if (!at) return { sql: 'now_version', values: [] }
  return age === 'now'
    ? { sql: '(SELECT * FROM now_version WHERE since <= ?)', values: [at] }
    : { sql: '(SELECT * FROM then_version WHERE since <= ? AND until > ?)', values: [at, at] }
}

/** The tables that together hold what was at the moment of a scope. */
export const agesOf = ({ at }: FilterScope): Age[] => (at ? ['now', 'then'] : ['now'])

/**
 * A filter as a condition of SQL on a row of a version table.
 * @param row name of the row in the statement
 * @param narrow whether few rows are asked, so that looking each up is cheaper than working out everything that fits
 */
export function compileFilter(filter: Filter, row: string, age: Age, statement: Statement, narrow: boolean): Sql {
  const own = `${row}.${age === 'now' ? 'n' : 'v'}`
  const compile = (one: Filter): Sql => compileFilter(one, row, age, statement, narrow)
  if ('all' in filter) return joined(filter.all.map(compile), 'AND', '1')
  if ('any' in filter) return joined(filter.any.map(compile), 'OR', '0')
  if ('not' in filter) return negated(compile(filter.not))
  if ('kinds' in filter) return { sql: `${row}.kind IN (${places(filter.kinds.length)})`, values: [...filter.kinds] }
  if ('step' in filter) return compileStep(filter, row, statement)
  if ('words' in filter) return compileWords(filter.words, own, age)
  if ('is' in filter && filter.is === '!=') return negated(compile({ ...filter, is: '=' }))
  const names = namesOf(filter.property)
  if ('missing' in filter) return negated(factOf(own, age, names, { sql: '1', values: [] }, true))
  if ('is' in filter && filter.is === '=')
    return factOf(own, age, names, { sql: 'f.value = ?', values: [stored(filter.value)] }, true)
  if ('in' in filter) {
    const values = filter.in.map(stored)
    return factOf(own, age, names, { sql: `f.value IN (${places(values.length)})`, values }, true)
  }
  if ('contains' in filter) {
    const part = `typeof(f.value) = 'text' AND instr(f.value, ?) > 0`
    return factOf(own, age, names, { sql: part, values: [folded(filter.contains)] }, narrow)
  }
  const moments = names.map((name) => `${name}@`)
  if ('within' in filter)
    return factOf(
      own,
      age,
      moments,
      { sql: 'f.value >= ?', values: [Date.parse(statement.now) - filter.within] },
      narrow,
    )
  if ('older' in filter)
    return factOf(own, age, moments, { sql: 'f.value < ?', values: [Date.parse(statement.now) - filter.older] }, narrow)
  return compileOrder(filter, row, own, age, statement, narrow)
}

/** `<`, `<=`, `>` and `>=`: of numbers, of moments, and of the values of ordered properties by their place, which each kind declares. */
function compileOrder(
  { property, is, value }: { property: string; is: '=' | '!=' | '<' | '<=' | '>' | '>='; value: FilterValue },
  row: string,
  own: string,
  age: Age,
  { kinds }: FilterScope,
  narrow: boolean,
): Sql {
  const names = namesOf(property)
  // Numbers come before texts in SQLite, so an upper bound keeps texts out.
  if (typeof value === 'number')
    return factOf(own, age, names, { sql: `f.value ${is} ? AND f.value < ''`, values: [value] }, narrow)
  if (typeof value === 'boolean') return none
  const ranked = kinds.flatMap((kind) => {
    const declared = kind.properties[property]
    const order = declared?.type === 'ordered' ? (declared.values ?? []).map(folded) : []
    const place = order.indexOf(folded(value))
    const fits = order.filter((_, index) => place >= 0 && holds(index, is, place))
    return declared?.type === 'ordered' ? [{ kind: kind.kind, fits }] : []
  })
  const moment = instantOf(value)
  const parts = ranked.map(({ kind, fits }) =>
    joined(
      [
        { sql: `${row}.kind = ?`, values: [kind] },
        factOf(own, age, names, { sql: `f.value IN (${places(fits.length)})`, values: fits }, true),
      ],
      'AND',
      '1',
    ),
  )
  if (moment !== undefined) {
    const when = factOf(
      own,
      age,
      names.map((name) => `${name}@`),
      { sql: `f.value ${is} ?`, values: [moment] },
      narrow,
    )
    const others = { sql: `${row}.kind NOT IN (${places(ranked.length)})`, values: ranked.map(({ kind }) => kind) }
    parts.push(joined([others, when], 'AND', '1'))
  }
  return joined(parts, 'OR', '0')
}

const holds = (a: number, is: string, b: number): boolean =>
  is === '<' ? a < b : is === '<=' ? a <= b : is === '>' ? a > b : a >= b

/** What a row can reach by a step, in one or any number. Sets have names, because SQLite's parser bears little nesting. */
function compileStep({ step, deep, of }: Extract<Filter, { step: unknown }>, row: string, statement: Statement): Sql {
  const goals = nodesOf(of, statement)
  const { type, direction } = step
  const edges = edgesAt(statement)
  const [from, to] = direction === 'out' ? ['g.n', 'g.m'] : ['g.m', 'g.n']
  const first: Sql = {
    sql: `SELECT ${from} FROM ${edges.sql} g WHERE g.type = ? AND ${to} IN ${goals}`,
    values: [...edges.values, type],
  }
  if (!deep) return { sql: `${row}.n IN ${setOf(statement, () => first)}`, values: [] }
  const seen = nodesOf(everything, statement)
  const reached = setOf(statement, (name) => ({
    sql: `${first.sql} UNION SELECT ${from} FROM ${name} r JOIN ${edges.sql} g ON ${to} = r.n WHERE g.type = ? AND r.n IN ${seen}`,
    values: [...first.values, ...edges.values, type],
  }))
  return { sql: `${row}.n IN ${reached}`, values: [] }
}

/** Puts a set of numbers into a statement, and answers its name. */
function setOf(statement: Statement, sql: (name: string) => Sql): string {
  const name = `s${statement.sets.length}`
  const made = sql(name)
  statement.sets.push({ sql: `${name} (n) AS (${made.sql})`, values: made.values })
  return name
}

/** A filter and what the reader may see, as one condition. What may be seen is worked out from all there is. */
export function compileVisible(filter: Filter, row: string, age: Age, statement: Statement, narrow: boolean): Sql {
  const condition = compileFilter(filter, row, age, statement, narrow)
  if (!statement.visible) return condition
  const { visible, ...whole } = statement
  return joined([condition, compileFilter(visible, row, age, whole, narrow)], 'AND', '1')
}

/** Puts the entities that meet a filter, of those that may be seen, into a statement as a set, and answers its name. */
function nodesOf(filter: Filter, statement: Statement): string {
  const parts = agesOf(statement).map((age): Sql => {
    const versions = versionsOf(statement, age)
    const condition = compileVisible(filter, 'x', age, statement, false)
    return {
      sql: `SELECT x.n FROM ${versions.sql} x WHERE ${condition.sql}`,
      values: [...versions.values, ...condition.values],
    }
  })
  return setOf(statement, () => ({
    sql: parts.map(({ sql }) => sql).join(' UNION ALL '),
    values: parts.flatMap(({ values }) => values),
  }))
}

/** The edges that held at the moment of a scope, by entity: `n`, `type`, `m`, `data`. */
export function edgesAt(scope: FilterScope): Sql {
  if (!scope.at) return { sql: 'now_edge', values: [] }
  const { at } = scope
  return {
    sql: `(SELECT g.n, g.type, g.m, g.data FROM now_edge g JOIN now_version x ON x.n = g.n WHERE x.since <= ?
      UNION ALL SELECT x.n, g.type, g.m, g.data FROM then_edge g JOIN then_version x ON x.v = g.v WHERE x.since <= ? AND x.until > ?)`,
    values: [at, at, at],
  }
}

function compileWords(text: string, own: string, age: Age): Sql {
  const words = searchWords(text)
  if (!words.length) return none
  return { sql: `${own} IN (SELECT rowid FROM ${age}_words WHERE text MATCH ?)`, values: [matchOf(words)] }
}

/** Words as FTS5 wants them: each as the beginning of one. */
export const matchOf = (words: readonly string[]): string => words.map((word) => `"${word}"*`).join(' AND ')

/** A condition on the values of a property, under any of its names. */
function factOf(own: string, age: Age, names: readonly string[], condition: Sql, narrow: boolean): Sql {
  const property = names.length === 1 ? 'f.property = ?' : `f.property IN (${places(names.length)})`
  const number = age === 'now' ? 'f.n' : 'f.v'
  const values = [...names, ...condition.values]
  return narrow
    ? {
        sql: `EXISTS (SELECT 1 FROM ${age}_fact f WHERE ${property} AND ${condition.sql} AND ${number} = ${own})`,
        values,
      }
    : { sql: `${own} IN (SELECT ${number} FROM ${age}_fact f WHERE ${property} AND ${condition.sql})`, values }
}

/** The names a property is stored under: a tag has no case. */
export function namesOf(property: string): string[] {
  const dot = property.indexOf('.')
  if (dot < 0 || commonProperties.includes(property)) return [property]
  return [...new Set([property, property.slice(0, dot) + property.slice(dot).toLowerCase()])]
}

/** A value as facts are stored. */
export const stored = (value: FilterValue): ScratchValue =>
  typeof value === 'string' ? folded(value) : typeof value === 'boolean' ? storedBoolean(value) : value

const none: Sql = { sql: '0', values: [] }
const places = (count: number): string => Array.from({ length: count }, () => '?').join(', ')
const negated = ({ sql, values }: Sql): Sql => ({ sql: `NOT (${sql})`, values })

function joined(parts: readonly Sql[], by: 'AND' | 'OR', empty: '0' | '1'): Sql {
  if (!parts.length) return { sql: empty, values: [] }
  return { sql: `(${parts.map(({ sql }) => sql).join(` ${by} `)})`, values: parts.flatMap(({ values }) => values) }
}
