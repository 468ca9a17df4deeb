import type { FindQuestion } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Entity } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { refuseHugeFilter } from './filter-limits.js'
import { agesOf, statementOf, withSets, type Age, type FilterScope } from './statement.js'
import { namesOf } from './fact-sets.js'
import { positionOf, readPosition, type Position } from './position.js'
import { fewEnough, planOf, rowsByName, rowsMeeting, type Plan } from './plan.js'
import { sortKey } from './shown-version.js'
import type { Sql } from './sql.js'

/** A page of entities that meet a filter. */
export interface FoundPage {
  entities: Entity[]
  total: number
  next?: string
}

/** A row of a page: an entity as JSON, and where it stands, as far as that was asked for; each column costs. */
interface Row extends Partial<Position> {
  data: string
}

/**
 * Answers a question for a page of entities, and how many there are in all.
 * @throws Fault BadInput for a page of nowhere, and for a filter that is too large
 */
export function findEntities(database: ScratchDatabase, question: FindQuestion, scope: FilterScope): FoundPage {
  const { filter, order, limit = 50, after } = question
  refuseHugeFilter(filter)
  const plans = agesOf(scope).map((age) => planOf(database, filter, scope, age))
  const position = after === undefined ? undefined : readPosition(after)
  const few = plans.every(({ size }) => size < fewEnough)
  let total = few ? undefined : countOf(database, plans, scope)
  const byName = !order || (order.by === 'name' && !order.descending)
  const page = { position, limit: limit + 1 }
  const [plan] = plans
  if (plan && plans.length === 1 && byName && position === undefined && plan.size <= takenWhole)
    return firstOf(database, takeWhole(database, plan, scope), limit)
  const rows =
    byName && total !== undefined && total > fewEnough
      ? firstByName(database, plans, filter, scope, page)
      : firstOfAll(database, plans, scope, byName ? undefined : order, page)
  total ??= position === undefined && rows.length <= limit ? rows.length : countOf(database, plans, scope)
  return firstOf(database, rows, limit, total)
}

/** The page that some rows begin with; they are all there are unless told. */
function firstOf(database: ScratchDatabase, rows: readonly Row[], limit: number, total = rows.length): FoundPage {
  const entities = rows.slice(0, limit).map(({ data }) => JSON.parse(data) as Entity)
  return {
    entities,
    total,
    ...(rows.length > limit && { next: positionOf(placeOf(database, entities.at(-1)!, rows[limit - 1]!)) }),
  }
}

/** So few rows are taken all at once, which costs less than counting them and looking those of the page up again. */
const takenWhole = 200

/** Everything that meets a filter, in the order of names. */
function takeWhole(database: ScratchDatabase, plan: Plan, scope: FilterScope): Row[] {
  const statement = statementOf(database, scope)
  const { from } = rowsMeeting(plan, statement)
  const sets = withSets(statement)
  return database.all<Row>(
    `${sets.sql} SELECT e.data FROM ${from.sql} ORDER BY e.sort, e.n`,
    ...[...sets.values, ...from.values],
  )
}

/** Where an entity stands in the order of a page. */
function placeOf(database: ScratchDatabase, { kind, id, name }: Entity, { rank = 0, key = null }: Row): Position {
  const { n } = database.get<{ n: number }>(
    'SELECT n FROM node WHERE kind = ? AND id = ?',
    ...[kind, id].map(readableText),
  )!
  return { rank, key, sort: sortKey(name), n }
}

function countOf(database: ScratchDatabase, plans: readonly Plan[], scope: FilterScope): number {
  return plans.reduce((sum, plan) => {
    const statement = statementOf(database, scope)
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
    const statement = statementOf(database, scope)
    const from = rowsByName(plan, filter, statement)
    const sets = withSets(statement)
    const beyond = position ? ' AND (e.sort, e.n) > (?, ?)' : ''
    return database.all<Row>(
      `${sets.sql} SELECT e.data${plans.length > 1 ? ', e.sort, e.n' : ''} FROM ${from.sql}${beyond} ORDER BY e.sort, e.n LIMIT ?`,
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
  const statement = statementOf(database, scope)
  const parts = plans.map((plan): Sql => {
    const { from, row } = rowsMeeting(plan, statement)
    const key = order ? keyOf(order, plan.age, row.own) : { sql: 'NULL', values: [] }
    return {
      sql: `SELECT '${plan.age}' AS age, ${row.own} AS own, ${key.sql} AS key, e.sort, e.n FROM ${from.sql}`,
      values: [...key.values, ...from.values],
    }
  })
  // Of what is and what was together SQLite would take the page's condition into each, and lose rows that have no key.
  const kept = parts.length > 1 ? 'MATERIALIZED ' : ''
  const sets = withSets(statement, {
    sql: `hit AS ${kept}(SELECT *, ${order ? 'key IS NULL' : '0'} AS rank FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}))`,
    values: parts.flatMap(({ values }) => values),
  })
  const way = order?.descending ? 'DESC' : 'ASC'
  const beyond = position ? after(position, way) : { sql: '', values: [] }
  const inOrder = order ? `ORDER BY rank, key ${way}, sort, n` : 'ORDER BY sort, n'
  const data = scope.at
    ? `iif(p.age = 'now', (SELECT data FROM now_version e WHERE e.n = p.own), (SELECT data FROM then_version e WHERE e.v = p.own)) AS data`
    : '(SELECT data FROM now_version e WHERE e.n = p.own) AS data'
  return database.all<Row>(
    `${sets.sql} SELECT ${order ? 'p.rank, p.key, ' : ''}${data} FROM (SELECT * FROM hit ${beyond.sql} ${inOrder} LIMIT ?) p ${inOrder}`,
    ...[...sets.values, ...beyond.values, limit],
  )
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
