import type { FindQuestion } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Entity } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { refuseHugeFilter } from './filter-limits.js'
import { agesOf, statementOf, type Age, type Asked, type FilterScope, type Plan } from './statement.js'
import { rowsMeeting } from './compile-filter.js'
import { namesOf } from './fact-sets.js'
import { positionOf, readPosition, type Position } from './position.js'
import { ask, rowsByName, rowsOf } from './plan.js'
import { sortKey } from './shown-version.js'
import { united, type Sql } from './sql.js'

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
  const asked = ask(database, scope)
  // Where nothing can be, nothing is looked at: of what is over that is so more often than not.
  const plans = agesOf(scope)
    .flatMap((age) => asked.plan(filter, age))
    .filter(({ size }) => size > 0)
  const position = after === undefined ? undefined : readPosition(after)
  if (!plans.length) return { entities: [], total: 0 }
  const sizes = plans.reduce((sum, { size }) => sum + size, 0)
  const byName = !order || (order.by === 'name' && !order.descending)
  if (byName && position === undefined && sizes <= asked.limits.whole)
    return firstOf(database, takeWhole(plans, asked), limit)
  const few = plans.every(({ size }) => size < asked.limits.few)
  let total = few ? undefined : countOf(plans, asked)
  const page = { position, limit: limit + 1 }
  const rows =
    byName && total !== undefined && total > asked.limits.few
      ? firstByName(plans, filter, asked, page)
      : firstOfAll(plans, asked, byName ? undefined : order, page)
  total ??= position === undefined && rows.length <= limit ? rows.length : countOf(plans, asked)
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

/** Everything that meets a filter, in the order of names. */
function takeWhole(plans: readonly Plan[], asked: Asked): Row[] {
  const statement = statementOf(asked)
  const [only, ...others] = plans.map((plan) => rowsMeeting(plan, statement).from)
  if (!only) return []
  const order = 'ORDER BY e.sort, e.n'
  if (!others.length) return rowsOf(statement, { ...only, sql: `SELECT e.data FROM ${only.sql} ${order}` })
  const { sql, values } = united(
    [only, ...others].map((from) => ({ ...from, sql: `SELECT e.data, e.sort, e.n FROM ${from.sql}` })),
  )
  return rowsOf(statement, { sql: `SELECT e.data FROM (${sql}) e ${order}`, values })
}

/** Where an entity stands in the order of a page. */
function placeOf(database: ScratchDatabase, { kind, id, name }: Entity, { rank = 0, key = null }: Row): Position {
  const { n } = database.get<{ n: number }>(
    'SELECT n FROM node WHERE kind = ? AND id = ?',
    ...[kind, id].map(readableText),
  )!
  return { rank, key, sort: sortKey(name), n }
}

function countOf(plans: readonly Plan[], asked: Asked): number {
  return plans.reduce((sum, plan) => {
    const statement = statementOf(asked)
    const { from } = rowsMeeting(plan, statement, true)
    return (
      sum +
      rowsOf<{ count: number }>(statement, { ...from, sql: `SELECT count(*) AS count FROM ${from.sql}` })[0]!.count
    )
  }, 0)
}

/** Where a page begins, and how many rows it wants. */
interface PageWanted {
  position: Position | undefined
  limit: number
}

/** A page in the order of names, of so many that they are not all looked at. */
function firstByName(plans: readonly Plan[], filter: Filter, asked: Asked, { position, limit }: PageWanted): Row[] {
  const rows = plans.flatMap((plan) => {
    const statement = statementOf(asked)
    const from = rowsByName(plan, filter, statement)
    const beyond = position ? ' AND (e.sort, e.n) > (?, ?)' : ''
    return rowsOf<Row>(statement, {
      sql: `SELECT e.data${plans.length > 1 ? ', e.sort, e.n' : ''} FROM ${from.sql}${beyond} ORDER BY e.sort, e.n LIMIT ?`,
      values: [...from.values, ...(position ? [position.sort, position.n] : []), limit],
    })
  })
  if (plans.length === 1) return rows
  const before = (a: Row, b: Row): number => Buffer.compare(Buffer.from(a.sort!), Buffer.from(b.sort!)) || a.n! - b.n!
  return rows.sort(before).slice(0, limit)
}

/** A page in any order, of what is all looked at. */
function firstOfAll(
  plans: readonly Plan[],
  asked: Asked,
  order: FindQuestion['order'],
  { position, limit }: PageWanted,
): Row[] {
  const statement = statementOf(asked)
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
  const hit: Sql = {
    sql: `hit AS ${kept}(SELECT *, ${order ? 'key IS NULL' : '0'} AS rank FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}))`,
    values: parts.flatMap(({ values }) => values),
  }
  const way = order?.descending ? 'DESC' : 'ASC'
  const beyond = position ? after(position, way) : { sql: '', values: [] }
  const inOrder = order ? `ORDER BY rank, key ${way}, sort, n` : 'ORDER BY sort, n'
  const data = asked.at
    ? `iif(p.age = 'now', (SELECT data FROM now_version e WHERE e.n = p.own), (SELECT data FROM then_version e WHERE e.v = p.own)) AS data`
    : '(SELECT data FROM now_version e WHERE e.n = p.own) AS data'
  return rowsOf(
    statement,
    {
      sql: `SELECT ${order ? 'p.rank, p.key, ' : ''}${data} FROM (SELECT * FROM hit ${beyond.sql} ${inOrder} LIMIT ?) p ${inOrder}`,
      values: [...beyond.values, limit],
    },
    hit,
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
