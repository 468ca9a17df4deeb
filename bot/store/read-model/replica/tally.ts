import type { Filter, FilterValue } from '../../../../skills/kit/catalog/filter.js'
import { folded, valuesOf } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { refuseHugeFilter } from './filter-limits.js'
import { agesOf, statementOf, withSets, type Age, type FilterScope } from './statement.js'
import { namesOf } from './fact-sets.js'
import { planOf, rowsMeeting } from './plan.js'
import { places } from './sql.js'

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
  for (const plan of agesOf(scope).map((age) => planOf(database, filter, scope, age))) {
    const statement = statementOf(database, scope)
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
