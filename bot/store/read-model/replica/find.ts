import type { FindQuestion } from '../../../../skills/kit/catalog/catalog.js'
import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import { badInput } from '../../../../skills/kit/errors.js'
import type { Entity } from '../../../../skills/kit/model.js'
import type { ScratchDatabase, ScratchValue } from '../../sqlite/scratch-database.js'
import { valuesOf } from '../../../../skills/kit/catalog/meets-filter.js'
import {
  agesOf,
  compileVisible,
  namesOf,
  statementOf,
  stored,
  versionsOf,
  withSets,
  type FilterScope,
  type Sql,
} from './compile-filter.js'

/** A page of entities that meet a filter. */
export interface FoundPage {
  entities: Entity[]
  total: number
  next?: string
}

/** A property that few entities have with this value is where a search begins; beyond so many it does not matter. */
const fewEnough = 2_000

interface Row {
  data: string
  /** 0 where it has the property that is ordered by, else 1: what has none comes last. */
  rank: number
  key: string | number | ArrayBuffer | null
  sort: string
  n: number
}

/** Answers a question for a page of entities, and how many there are in all. @throws Fault BadInput for a page of nowhere */
export function findEntities(database: ScratchDatabase, question: FindQuestion, scope: FilterScope): FoundPage {
  const { filter, order, limit = 50, after } = question
  const hits = hitsOf(database, filter, scope, order)
  const way = order?.descending ? 'DESC' : 'ASC'
  const beyond = after === undefined ? { sql: '', values: [] } : afterRow(readPosition(after), way)
  const rows = database.all<Row>(
    `${hits.sql} SELECT data, rank, key, sort, n FROM hit ${beyond.sql} ORDER BY rank, key ${way}, sort, n LIMIT ?`,
    ...[...hits.values, ...beyond.values, limit + 1],
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    entities: page.map(({ data }) => JSON.parse(data) as Entity),
    total: after === undefined && rows.length <= limit ? rows.length : countOf(database, hits),
    ...(rows.length > limit && last && { next: positionOf(last) }),
  }
}

/** Counts what meets a filter by the values of a property, the most frequent first. */
export function tallyEntities(
  database: ScratchDatabase,
  filter: Filter,
  by: string,
  scope: FilterScope,
): { value: FilterValue | undefined; count: number }[] {
  const counts = new Map<FilterValue | undefined, number>()
  const hits = hitsOf(database, filter, scope)
  for (const { data } of database.all<{ data: string }>(`${hits.sql} SELECT data FROM hit`, ...hits.values)) {
    const values = valuesOf(JSON.parse(data) as Entity, by)
    for (const value of values.length ? values : [undefined]) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
}

const countOf = (database: ScratchDatabase, { sql, values }: Sql): number =>
  database.get<{ count: number }>(`${sql} SELECT count(*) AS count FROM hit`, ...values)!.count

/** The WITH clause of a statement that has everything that meets a filter as `hit`, with what it is ordered by. */
function hitsOf(database: ScratchDatabase, filter: Filter, scope: FilterScope, order?: FindQuestion['order']): Sql {
  const statement = statementOf(scope)
  const parts = agesOf(scope).map((age): Sql => {
    const versions = versionsOf(scope, age)
    const start = beginning(database, filter, age)
    const condition = compileVisible(filter, 'e', age, statement, start !== undefined)
    const own = age === 'now' ? 'n' : 'v'
    const key: Sql = order
      ? {
          sql: `(SELECT ${order.descending ? 'max' : 'min'}(f.value) FROM ${age}_fact f WHERE f.${own} = e.${own} AND f.property = ?)`,
          values: [namesOf(order.by).at(-1)!],
        }
      : { sql: 'NULL', values: [] }
    const from = start
      ? {
          sql: `${age}_fact d CROSS JOIN ${versions.sql} e ON e.${own} = d.${own}`,
          where: 'd.property = ? AND d.value = ? AND ',
        }
      : { sql: `${versions.sql} e`, where: '' }
    return {
      sql: `SELECT data, ${order ? 'key IS NULL' : '0'} AS rank, key, sort, n FROM
        (SELECT e.data, ${key.sql} AS key, e.sort, e.n FROM ${from.sql} WHERE ${from.where}${condition.sql})`,
      values: [...key.values, ...versions.values, ...(start ?? []), ...condition.values],
    }
  })
  const sql = parts.map((part) => part.sql).join(' UNION ALL ')
  return withSets(statement, {
    sql: `hit AS MATERIALIZED (${sql})`,
    values: parts.flatMap(({ values }) => values),
  })
}

/**
 * The fact that fewest entities have, of those that the filter wants all of: looking at those alone is quicker than at everything. SQLite
 * would have to guess it, because it plans before it knows the values.
 */
function beginning(database: ScratchDatabase, filter: Filter, age: 'now' | 'then'): [string, ScratchValue] | undefined {
  const wanted = ('all' in filter ? filter.all.flatMap((one) => ('all' in one ? one.all : [one])) : [filter]).flatMap(
    (one): [string, ScratchValue][] =>
      'is' in one && one.is === '=' && namesOf(one.property).length === 1 ? [[one.property, stored(one.value)]] : [],
  )
  let best: { fact: [string, ScratchValue]; count: number } | undefined
  for (const fact of wanted) {
    const { count } = database.get<{ count: number }>(
      `SELECT count(*) AS count FROM (SELECT 1 FROM ${age}_fact WHERE property = ? AND value = ? LIMIT ${fewEnough})`,
      ...fact,
    )!
    if (count < (best?.count ?? fewEnough)) best = { fact, count }
  }
  return best?.fact
}

type Position = Pick<Row, 'rank' | 'key' | 'sort' | 'n'>

const positionOf = ({ rank, key, sort, n }: Row): string =>
  Buffer.from(
    JSON.stringify([rank, key instanceof ArrayBuffer ? { blob: [...new Uint8Array(key)] } : key, sort, n]),
  ).toString('base64url')

function readPosition(text: string): Position {
  try {
    const [rank, key, sort, n] = JSON.parse(Buffer.from(text, 'base64url').toString()) as [
      number,
      string | number | null | { blob: number[] },
      string,
      number,
    ]
    const value = typeof key === 'object' && key !== null ? Uint8Array.from(key.blob).buffer : key
    if (typeof rank === 'number' && typeof sort === 'string' && typeof n === 'number')
      return { rank, key: value, sort, n }
  } catch {
    // Said below.
  }
  throw badInput('This is no page of a list of Nexus.', 'Ask the question again.')
}

/** What comes after a row in the order of a page. */
function afterRow({ rank, key, sort, n }: Position, way: 'ASC' | 'DESC'): Sql {
  const value = key instanceof ArrayBuffer ? Buffer.from(key) : key
  return {
    sql: `WHERE rank > ? OR (rank = ? AND (key ${way === 'ASC' ? '>' : '<'} ? OR (key IS ? AND (sort, n) > (?, ?))))`,
    values: [rank, rank, value, value, sort, n],
  }
}
