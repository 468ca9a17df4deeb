import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import { folded, valuesOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { refuseHugeFilter } from './filter-limits.js'
import { agesOf, statementOf, type Age, type Asked, type FilterScope } from './statement.js'
import { rowsMeeting } from './compile-filter.js'
import { namesOf } from './fact-sets.js'
import { ask, rowsOf } from './plan.js'
import { places } from './sql.js'

/** Values as the tables have them, each with how many have it and one that does. */
interface Counted {
  groups: { value: string | number | ArrayBuffer; count: number; own: number }[]
  /** How many have no such property. */
  without: number
}

/** Counts what meets a filter by the values of a property, the most frequent first; spellings that differ in case are one value. */
export function tallyEntities(
  database: ScratchDatabase,
  filter: Filter,
  by: string,
  scope: FilterScope,
): { value: FilterValue | undefined; count: number }[] {
  refuseHugeFilter(filter)
  const counts = new Map<FilterValue | undefined, { value: FilterValue | undefined; count: number }>()
  const add = (value: FilterValue | undefined, count: number): void => {
    const key = typeof value === 'string' ? folded(value) : value
    const known = counts.get(key)
    if (known) known.count += count
    else counts.set(key, { value, count })
  }
  const asked = ask(database, scope)
  const isAll = 'all' in filter && filter.all.length === 0 && !scope.visible && !scope.at
  for (const age of agesOf(scope)) {
    const { groups, without } = isAll ? countAll(database, by) : countFound(filter, by, asked, age)
    for (const { value, count, own } of groups) add(spelling(value, database, { age, own }, by), count)
    if (without) add(undefined, without)
  }
  // Of equal ones the same comes first wherever it is asked, and whatever else there is.
  return [...counts]
    .sort(([x, a], [y, b]) => b.count - a.count || (String(x) < String(y) ? -1 : 1))
    .map(([, one]) => one)
}

/** Of what was found each is looked at, and from it its facts: the other way round SQLite would go through all of it for each fact. */
function countFound(filter: Filter, by: string, asked: Asked, age: Age): Counted {
  const names = namesOf(by)
  const statement = statementOf(asked)
  const { from, row } = rowsMeeting(asked.plan(filter, age), statement)
  const hit = { ...from, sql: `hit (own) AS MATERIALIZED (SELECT ${row.own} FROM ${from.sql})` }
  const facts = `${age}_fact f ON f.${age === 'now' ? 'n' : 'v'} = own AND f.property IN (${places(names.length)})`
  const rows = rowsOf<{ value: Counted['groups'][number]['value'] | null; count: number; own: number }>(
    statement,
    {
      sql: `SELECT f.value, count(DISTINCT own) AS count, min(own) AS own FROM hit LEFT JOIN ${facts} GROUP BY f.value`,
      values: names,
    },
    hit,
  )
  return {
    groups: rows.flatMap(({ value, ...rest }) => (value === null ? [] : [{ value, ...rest }])),
    without: rows.find(({ value }) => value === null)?.count ?? 0,
  }
}

/** Of all there is, what has the property is looked at, and the others are what is left. */
function countAll(database: ScratchDatabase, by: string): Counted {
  const names = namesOf(by)
  const having = `FROM now_fact WHERE property IN (${places(names.length)})`
  const counted = (sql: string, ...values: string[]) => database.get<{ count: number }>(sql, ...values)!.count
  return {
    groups: database.all(`SELECT value, count(DISTINCT n) AS count, min(n) AS own ${having} GROUP BY value`, ...names),
    without:
      counted('SELECT count(*) AS count FROM now_version') -
      counted(`SELECT count(DISTINCT n) AS count ${having}`, ...names),
  }
}

/** A value as it is written: facts have no case. */
function spelling(
  value: string | number | ArrayBuffer,
  database: ScratchDatabase,
  { age, own }: { age: Age; own: number },
  by: string,
): FilterValue {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return new Uint8Array(value)[0] === 1
  const { data } = database.get<{ data: string }>(
    `SELECT data FROM ${age}_version WHERE ${age === 'now' ? 'n' : 'v'} = ?`,
    own,
  )!
  const values = valuesOf(JSON.parse(data) as Entity, by)
  return values.find((one) => typeof one === 'string' && folded(one) === value) ?? value
}
