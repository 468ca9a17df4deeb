import type { FindQuestion } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import { folded, valuesOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { checkFilter } from './check-filter.js'
import { agesOf, statementOf, withSets, type Age, type FilterScope } from './compile-filter.js'
import { namesOf } from './fact-sets.js'
import { positionOf, readPosition, type Position } from './position.js'
import { fewEnough, planOf, rowsByName, rowsMeeting, type Plan } from './plan.js'
import { places, type Sql } from './sql.js'

/** A page of entities that meet a filter. */
export interface FoundPage {
  entities: Entity[]
  total: number
  next?: string
}

/** A row of a page: where it is, and what the statement gave of it beside; each column costs, so only what is asked for is there. */
interface Row extends Partial<Position> {
  age: Age
  own: number
  data?: string
}

/**
 * Answers a question for a page of entities, and how many there are in all.
 * @throws Fault BadInput for a page of nowhere, and for a filter that is too large
 */
export function findEntities(database: ScratchDatabase, question: FindQuestion, scope: FilterScope): FoundPage {
  const { filter, order, limit = 50, after } = question
  checkFilter(filter)
  const plans = agesOf(scope).map((age) => planOf(database, filter, scope, age))
  const position = after === undefined ? undefined : readPosition(after)
  const few = plans.every(({ size }) => size < fewEnough)
  let total = few ? undefined : countOf(database, plans, scope)
  const byName = !order || (order.by === 'name' && !order.descending)
  const page = { position, limit: limit + 1 }
  const rows =
    byName && total !== undefined && total > fewEnough
      ? firstByName(database, plans, filter, scope, page)
      : firstOfAll(database, plans, scope, byName ? undefined : order, page)
  total ??= position === undefined && rows.length <= limit ? rows.length : countOf(database, plans, scope)
  const shown = rows.slice(0, limit)
  return {
    entities: shown.map((row) => entityOfRow(database, row)),
    total,
    ...(rows.length > limit && { next: positionOf(placeOf(database, shown.at(-1)!)) }),
  }
}

/** Counts what meets a filter by the values of a property, the most frequent first; spellings that differ in case are one value. */
export function tallyEntities(
  database: ScratchDatabase,
  filter: Filter,
  by: string,
  scope: FilterScope,
): { value: FilterValue | undefined; count: number }[] {
  checkFilter(filter)
  const counts = new Map<FilterValue | undefined, { value: FilterValue | undefined; count: number }>()
  const add = (value: FilterValue | undefined, count: number): void => {
    const key = typeof value === 'string' ? folded(value) : value
    const known = counts.get(key)
    if (known) known.count += count
    else counts.set(key, { value, count })
  }
  for (const plan of agesOf(scope).map((age) => planOf(database, filter, scope, age))) {
    const statement = statementOf(scope)
    const { from, row } = rowsMeeting(plan, statement)
    const { age } = plan
    const sets = withSets(statement, {
      sql: `hit (own) AS MATERIALIZED (SELECT ${row.own} FROM ${from.sql})`,
      values: from.values,
    })
    const names = namesOf(by)
    const fact = `f.${age === 'now' ? 'n' : 'v'}`
    const groups = database.all<{ value: string | number | ArrayBuffer; count: number; own: number }>(
      `${sets.sql} SELECT f.value, count(DISTINCT own) AS count, min(own) AS own FROM hit JOIN ${age}_fact f ON ${fact} = own
       WHERE f.property IN (${places(names.length)}) GROUP BY f.value`,
      ...[...sets.values, ...names],
    )
    for (const { value, count, own } of groups) add(spelling(value, database, { age, own }, by), count)
    const without = database.get<{ count: number }>(
      `${sets.sql} SELECT count(*) AS count FROM hit WHERE NOT EXISTS
       (SELECT 1 FROM ${age}_fact f WHERE ${fact} = own AND f.property IN (${places(names.length)}))`,
      ...[...sets.values, ...names],
    )!
    if (without.count) add(undefined, without.count)
  }
  // Of equal ones the same comes first wherever it is asked, and whatever else there is.
  return [...counts]
    .sort(([x, a], [y, b]) => b.count - a.count || (String(x) < String(y) ? -1 : 1))
    .map(([, one]) => one)
}

/** A value as it is written: facts have no case. */
function spelling(
  value: string | number | ArrayBuffer,
  database: ScratchDatabase,
  row: Pick<Row, 'age' | 'own'>,
  by: string,
): FilterValue {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return new Uint8Array(value)[0] === 1
  const values = valuesOf(entityOfRow(database, row), by)
  return values.find((one) => typeof one === 'string' && folded(one) === value) ?? value
}

const entityOfRow = (database: ScratchDatabase, { age, own, data }: Pick<Row, 'age' | 'own' | 'data'>): Entity =>
  JSON.parse(
    data ??
      database.get<{ data: string }>(`SELECT data FROM ${age}_version WHERE ${age === 'now' ? 'n' : 'v'} = ?`, own)!
        .data,
  ) as Entity

/** Where a row stands in the order of a page. */
function placeOf(database: ScratchDatabase, { age, own, rank = 0, key = null }: Row): Position {
  const column = age === 'now' ? 'n' : 'v'
  const row = database.get<Pick<Position, 'sort' | 'n'>>(`SELECT sort, n FROM ${age}_version WHERE ${column} = ?`, own)!
  return { rank, key, ...row }
}

function countOf(database: ScratchDatabase, plans: readonly Plan[], scope: FilterScope): number {
  return plans.reduce((sum, plan) => {
    const statement = statementOf(scope)
    const { from } = rowsMeeting(plan, statement, true)
    const sets = withSets(statement)
    const { count } = database.get<{ count: number }>(
      `${sets.sql} SELECT count(*) AS count FROM ${from.sql}`,
      ...[...sets.values, ...from.values],
    )!
    return sum + count
  }, 0)
}

/** Where a page begins, and how many rows it wants. */
interface PageWanted {
  position: Position | undefined
  limit: number
}

/** A page in the order of names, of so many that they are not all looked at. */
function firstByName(
  database: ScratchDatabase,
  plans: readonly Plan[],
  filter: Filter,
  scope: FilterScope,
  { position, limit }: PageWanted,
): Row[] {
  const rows = plans.flatMap((plan) => {
    const statement = statementOf(scope)
    const from = rowsByName(plan, filter, statement)
    const sets = withSets(statement)
    const own = plan.age === 'now' ? 'n' : 'v'
    const beyond = position ? ' AND (e.sort, e.n) > (?, ?)' : ''
    return database.all<Row>(
      `${sets.sql} SELECT '${plan.age}' AS age, e.${own} AS own, e.sort, e.n FROM ${from.sql}${beyond} ORDER BY e.sort, e.n LIMIT ?`,
      ...[...sets.values, ...from.values, ...(position ? [position.sort, position.n] : []), limit],
    )
  })
  if (plans.length === 1) return rows
  const before = (a: Row, b: Row): number => Buffer.compare(Buffer.from(a.sort!), Buffer.from(b.sort!)) || a.n! - b.n!
  return rows.sort(before).slice(0, limit)
}

/** A page in any order, of what is all looked at. */
function firstOfAll(
  database: ScratchDatabase,
  plans: readonly Plan[],
  scope: FilterScope,
  order: FindQuestion['order'],
  { position, limit }: PageWanted,
): Row[] {
  const statement = statementOf(scope)
  const parts = plans.map((plan): Sql => {
    const { from, row } = rowsMeeting(plan, statement)
    const key = order ? keyOf(order, plan.age, row.own) : { sql: 'NULL', values: [] }
    return {
      sql: `SELECT '${plan.age}' AS age, ${row.own} AS own, ${key.sql} AS key, e.sort, e.n FROM ${from.sql}`,
      values: [...key.values, ...from.values],
    }
  })
  const sets = withSets(statement, {
    sql: `hit AS (SELECT *, ${order ? 'key IS NULL' : '0'} AS rank FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}))`,
    values: parts.flatMap(({ values }) => values),
  })
  const way = order?.descending ? 'DESC' : 'ASC'
  const beyond = position ? after(position, way) : { sql: '', values: [] }
  const page = `SELECT * FROM hit ${beyond.sql} ORDER BY rank, key ${way}, sort, n LIMIT ?`
  const columns = order ? 'p.*' : 'p.age, p.own'
  const sql = scope.at
    ? `SELECT ${columns}, iif(p.age = 'now', (SELECT data FROM now_version WHERE n = p.own), (SELECT data FROM then_version WHERE v = p.own))
       AS data FROM (${page}) p ORDER BY rank, key ${way}, p.sort, p.n`
    : `SELECT ${columns}, e.data FROM (${page}) p CROSS JOIN now_version e ON e.n = p.own ORDER BY rank, key ${way}, p.sort, p.n`
  return database.all<Row>(`${sets.sql} ${sql}`, ...[...sets.values, ...beyond.values, limit])
}

/** What a row is ordered by: its least value of a property, or its greatest. */
const keyOf = ({ by, descending }: NonNullable<FindQuestion['order']>, age: Age, own: string): Sql => ({
  sql: `(SELECT ${descending ? 'max' : 'min'}(f.value) FROM ${age}_fact f WHERE f.${age === 'now' ? 'n' : 'v'} = ${own} AND f.property = ?)`,
  values: [namesOf(by).at(-1)!],
})

/** What comes after a row in the order of a page. */
function after({ rank, key, sort, n }: Position, way: 'ASC' | 'DESC'): Sql {
  const value = key instanceof ArrayBuffer ? Buffer.from(key) : key
  return {
    sql: `WHERE rank > ? OR (rank = ? AND (key ${way === 'ASC' ? '>' : '<'} ? OR (key IS ? AND (sort, n) > (?, ?))))`,
    values: [rank, rank, value, value, sort, n],
  }
}
