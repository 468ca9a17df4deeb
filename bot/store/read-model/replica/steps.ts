import type { RelationType } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import type { Sql } from './sql.js'
import { agesOf, edgesAt, heldAt, versionRow, type FilterScope } from './statement.js'

/** An edge from one of the entities that were asked for, and the entity at its other end. */
export interface StepRow {
  /** Number of the entity at the other end. */
  n: number
  /** Number of the entity it was come from. */
  through: number
  /** The entity at the other end, as JSON. */
  data: string
}

/** An edge with its type, and who says so as JSON. */
export interface SaidStepRow extends StepRow {
  type: RelationType
  said: string
}

/** A step along a type of relation, or all of them, either way. */
interface StepAsked {
  type?: RelationType
  direction: 'out' | 'in'
}

/**
 * What is one step away from some entities at the moment of a scope, by name. Ends that nobody describes are not there.
 * @param from numbers of entities
 */
export const stepsFrom = (
  database: ScratchDatabase,
  from: readonly number[],
  step: StepAsked,
  scope: FilterScope,
): StepRow[] => rowsOf(database, from, step, scope, 'n, through, data', 'sort, n, through')

/** What is one step away from an entity, by type and name, with who says so. */
export const saidStepsFrom = (
  database: ScratchDatabase,
  from: number,
  step: StepAsked,
  scope: FilterScope,
): SaidStepRow[] => rowsOf(database, [from], step, scope, 'n, through, type, said, data', 'type, sort, n')

function rowsOf<Row>(
  database: ScratchDatabase,
  from: readonly number[],
  { type, direction }: StepAsked,
  scope: FilterScope,
  columns: string,
  order: string,
): Row[] {
  const parts = edgesAt(direction === 'out' ? 'source' : 'target', scope).flatMap((edges) =>
    agesOf(scope).map((age): Sql => {
      const held = heldAt(scope, versionRow('e', age))
      const [here, there] = direction === 'out' ? [edges.source, 'g.m'] : ['g.m', edges.source]
      return {
        sql: `SELECT ${there} AS n, ${here} AS through, g.type, g.data AS said, e.data, e.sort FROM json_each(?) r CROSS JOIN ${edges.tables}
          CROSS JOIN ${age}_version e ON e.n = ${there} WHERE ${here} = r.value ${type ? 'AND g.type = ?' : ''} AND ${edges.held.sql} AND ${held.sql}`,
        values: [JSON.stringify(from), ...(type ? [type] : []), ...edges.held.values, ...held.values],
      }
    }),
  )
  return database.all<Row>(
    `SELECT ${columns} FROM (${parts.map(({ sql }) => sql).join(' UNION ALL ')}) ORDER BY ${order}`,
    ...parts.flatMap(({ values }) => values),
  )
}
