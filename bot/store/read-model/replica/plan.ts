import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { compileVisible, selectOf } from './compile-filter.js'
import {
  heldAt,
  setOf,
  statementOf,
  versionRow,
  withSets,
  type Age,
  type FilterScope,
  type Row,
  type Statement,
} from './statement.js'
import { namesOf } from './fact-sets.js'
import { joined, type Sql } from './sql.js'

/** Where the rows of one age that meet a filter come from, and what else they must meet. */
export interface Plan {
  age: Age
  /** The part of a filter of which fewest entities can be; undefined where it is quicker to look at everything. */
  begin?: Filter
  /** How many it has, up to `fewEnough`. */
  size: number
  rest: Filter
}

/** So many rows are looked at one by one before it matters that they are too many. */
export const fewEnough = 2_000
/** Where every part of a filter has more than `fewEnough`, how far they are counted to tell which has fewest. */
const worthCounting = 20_000

/**
 * Chooses where to begin: at the part of the filter that fewest entities can meet. SQLite would have to guess it, because it plans before it
 * knows the values.
 */
export function planOf(database: ScratchDatabase, filter: Filter, scope: FilterScope, age: Age): Plan {
  const parts = partsOf(filter)
  for (const most of [fewEnough, worthCounting]) {
    let best: { part: Filter; size: number } | undefined
    for (const part of parts) {
      const size = countUpTo(database, part, scope, age, most)
      const fewer = best
        ? size !== undefined && size < best.size
        : size !== undefined && (size < most || most === worthCounting)
      if (fewer) best = { part, size: size! }
      if (best?.size === 0) break
    }
    if (best) {
      const { part, size } = best
      return { age, begin: part, size, rest: { all: parts.filter((one) => one !== part) } }
    }
  }
  return { age, size: Infinity, rest: filter }
}

/** What a filter wants all of. */
const partsOf = (filter: Filter): readonly Filter[] => ('all' in filter ? filter.all.flatMap(partsOf) : [filter])

function countUpTo(
  database: ScratchDatabase,
  part: Filter,
  scope: FilterScope,
  age: Age,
  most: number,
): number | undefined {
  const statement = statementOf(database, scope)
  const select = selectOf(part, age, statement)
  if (!select) return undefined
  const sets = withSets(statement)
  return database.get<{ size: number }>(
    `${sets.sql} SELECT count(*) AS size FROM (SELECT 1 FROM (${select.sql}) LIMIT ${most})`,
    ...[...sets.values, ...select.values],
  )!.size
}

/**
 * The rows of an age that meet a filter: what follows a FROM, and how they are called in it.
 * @param bare whether their numbers are enough; otherwise each is the row `e` of a version table
 */
export function rowsMeeting(plan: Plan, statement: Statement, bare = false): { from: Sql; row: Row } {
  const { age, begin, rest } = plan
  const select = begin && selectOf(begin, age, statement)
  const set = select && setOf(statement, () => (isExact(begin) ? select : distinct(select)), true)
  const row: Row =
    set && bare && age === 'now' && hasVersions(begin) ? { age, own: 'd.n', node: 'd.n' } : versionRow('e', age)
  const where = joined([compileVisible(rest, row, statement, set !== undefined), heldAt(statement, row)], 'AND', '1')
  const tables = !set
    ? `${age}_version e`
    : row.own === 'd.n'
      ? `${set} d`
      : `${set} d CROSS JOIN ${age}_version e ON ${row.own} = d.n`
  return { from: { sql: `${tables} WHERE ${where.sql}`, values: where.values }, row }
}

/**
 * The rows of an age that meet a filter, in the order of their names, so that a page of many is found without looking at the others.
 */
export function rowsByName({ age }: Plan, filter: Filter, statement: Statement): Sql {
  const parts = partsOf(filter)
  const one = parts.find((part) => 'kinds' in part && part.kinds.length === 1)
  const kind = one && 'kinds' in one ? one.kinds[0]! : undefined
  const row = versionRow('e', age)
  const rest: Filter = { all: parts.filter((part) => part !== one) }
  const where = joined(
    [
      ...(kind === undefined ? [] : [{ sql: 'e.kind = ?', values: [kind] }]),
      compileVisible(rest, row, statement, true),
      heldAt(statement, row),
    ],
    'AND',
    '1',
  )
  const index = age === 'then' ? '' : ` INDEXED BY ${kind === undefined ? 'now_by_name' : 'now_by_kind'}`
  return { sql: `${age}_version e${index} WHERE ${where.sql}`, values: where.values }
}

/** Whether what a filter begins at is described by somebody, as facts and words are; what an edge points at may not be. */
const hasVersions = (filter: Filter | undefined): boolean => !!filter && !('step' in filter) && !('any' in filter)

const isExact = (filter: Filter): boolean =>
  'is' in filter && filter.is === '=' && namesOf(filter.property).length === 1

const distinct = ({ sql, values }: Sql): Sql => ({ sql: `SELECT DISTINCT * FROM (${sql})`, values })
