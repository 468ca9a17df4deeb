import { everything, type Filter } from '../../../../skills/kit/catalog/filter.js'
import type { RelationType } from '../../../../skills/kit/model.js'
import { joined, places, united, type Sql } from './sql.js'
import { agesOf, edgesAt, versionRow, type Row, type Statement, type StepFilter } from './statement.js'

/** A step of one of some types. */
export type AnyStep = StepFilter & { types: readonly RelationType[] }

/** A filter as one step that can be followed: a step, or several that differ in their types alone; undefined where it is none. */
export function stepOf(filter: Filter): AnyStep | undefined {
  if ('step' in filter) return { ...filter, types: [filter.step.type] }
  const steps = 'any' in filter ? filter.any.filter((one) => 'step' in one) : []
  const [first] = steps
  if (!first || !('any' in filter) || steps.length < filter.any.length) return undefined
  const isAlike = (one: StepFilter): boolean =>
    one.of === first.of && !one.deep && !one.atLeast && one.step.direction === first.step.direction
  return steps.every(isAlike) ? { ...first, types: steps.map(({ step }) => step.type) } : undefined
}

/**
 * Whether something is reached from a row by a step of some types, in one or any number, looked up from the row on.
 * @param meets whether a row held then, may be seen and meets a filter
 */
export function followed(
  { step: { direction }, types, deep, atLeast, of }: AnyStep,
  row: Row,
  { asked, ends }: Statement,
  meets: (end: Row, filter: Filter) => Sql,
): Sql {
  const [way, end] = [`w${ends.count}`, `y${ends.count}`]
  ends.count++
  /** Edges from a number on, the number at whose other end is `far`. */
  const edges = (here: string) =>
    edgesAt(direction === 'out' ? 'source' : 'target', asked, true).map(({ tables, source, held }) => {
      const [near, far] = direction === 'out' ? [source, 'g.m'] : ['g.m', source]
      const where = `${near} = ${here} AND g.type IN (${places(types.length)}) AND ${held.sql}`
      return { tables, far, where, values: [...types, ...held.values] }
    })
  const versions = (filter: Filter) =>
    agesOf(asked).map((age) => ({ table: `${age}_version ${end}`, met: meets(versionRow(end, age), filter) }))
  if (!deep) {
    const found = edges(row.node).flatMap(({ tables, far, where, values }) =>
      versions(of).map(({ table, met }): Sql => ({
        sql: `SELECT ${end}.n FROM ${tables} CROSS JOIN ${table} ON ${end}.n = ${far} WHERE ${where} AND ${met.sql}`,
        values: [...values, ...met.values],
      })),
    )
    return atLeast ? areSeveral(united(found), atLeast) : joined(found.map(isAny), 'OR', '0')
  }
  const first = edges(row.node).map(({ tables, far, where, values }): Sql => ({
    sql: `SELECT ${far} FROM ${tables} WHERE ${where}`,
    values,
  }))
  // What nobody describes, or may not be seen, is no step on the way.
  const further = versions(everything).flatMap(({ table, met }) =>
    edges(`${way}.n`).map(({ tables, far, where, values }): Sql => {
      const from = `${way} CROSS JOIN ${table} ON ${end}.n = ${way}.n CROSS JOIN ${tables}`
      return { sql: `SELECT ${far} FROM ${from} WHERE ${met.sql} AND ${where}`, values: [...met.values, ...values] }
    }),
  )
  const goals = versions(of).map(({ table, met }): Sql => ({
    sql: `SELECT 1 FROM ${way} CROSS JOIN ${table} ON ${end}.n = ${way}.n WHERE ${met.sql}`,
    values: met.values,
  }))
  const [ways, ending] = [united([...first, ...further], 'UNION'), united(goals)]
  return isAny({
    sql: `WITH RECURSIVE ${way} (n) AS (${ways.sql}) ${ending.sql}`,
    values: [...ways.values, ...ending.values],
  })
}

const isAny = ({ sql, values }: Sql): Sql => ({ sql: `EXISTS (${sql})`, values })

const areSeveral = ({ sql, values }: Sql, atLeast: number): Sql => ({
  sql: `(SELECT count(DISTINCT n) FROM (${sql})) >= ?`,
  values: [...values, atLeast],
})
