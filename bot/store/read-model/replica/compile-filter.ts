import { everything, type Filter } from '../../../../skills/kit/catalog/filter.js'
import type { Step } from '../../../../skills/kit/catalog/relation-types.js'
import { factSets, namesOf } from './fact-sets.js'
import { followed, stepOf } from './follow-step.js'
import { factSelect, hasFact, ofKinds, wordSet } from './row-conditions.js'
import { joined, negated, places, stackOf, united, type Sql } from './sql.js'
import {
  agesOf,
  edgesAt,
  heldAt,
  isThere,
  numbered,
  setOf,
  statementOf,
  versionRow,
  type Age,
  type Asked,
  type Plan,
  type Row,
  type Statement,
  type StepFilter,
} from './statement.js'

/**
 * A filter as a condition of SQL on a row.
 * @param narrow whether few rows are asked, so that looking each up is cheaper than working out everything that fits
 */
export function compileFilter(filter: Filter, row: Row, statement: Statement, narrow: boolean): Sql {
  const compile = (one: Filter): Sql => compileFilter(one, row, statement, narrow)
  if ('all' in filter) return joined(filter.all.map(compile), 'AND', '1')
  const step = narrow && statement.follows ? stepOf(filter) : undefined
  if (step) return followed(step, row, statement, (end, of) => conditionOn(end, of, statement, true))
  if ('any' in filter) return joined(filter.any.map(compile), 'OR', '0')
  if ('not' in filter) return negated(compile(filter.not))
  if ('kinds' in filter) return ofKinds(row.own, filter.kinds)
  if ('step' in filter) return { sql: `${row.node} IN ${stepSet(filter, statement)}`, values: [] }
  if ('words' in filter) {
    const words = wordSet(filter.words, row.age)
    return words ? { sql: `${row.own} IN (${words.sql})`, values: words.values } : { sql: '0', values: [] }
  }
  if ('is' in filter && filter.is === '!=') return negated(compile({ ...filter, is: '=' }))
  if ('missing' in filter) return negated(hasFact(row, factSets(filter, statement.asked), true))
  // An exact value is found as quickly for one row as for all of them.
  const exact = ('is' in filter && filter.is === '=') || 'in' in filter
  return hasFact(row, factSets(filter, statement.asked), exact || narrow)
}

/**
 * A filter and what the reader may see, as one condition. What may be seen is worked out from all there is, and row by row: it is asked of
 * little beside what there is, and most rows are decided by their kind.
 */
export function compileVisible(filter: Filter, row: Row, statement: Statement, narrow: boolean): Sql {
  const { visible, whole } = statement.asked
  const condition = bearable(statement, (one) => compileFilter(filter, row, one, narrow))
  if (!visible) return condition
  const { sets, ends, around } = statement
  const rowwise: Statement = { ...statementOf(whole), sets, ends, around, follows: true }
  return joined([condition, bearable(rowwise, (one) => compileFilter(visible, row, one, true))], 'AND', '1')
}

/** A condition with its steps followed, or, where SQLite would not bear how they nest, with their ends as sets. */
function bearable(statement: Statement, compile: (statement: Statement) => Sql): Sql {
  const condition = compile(statement)
  const isBorne = stackOf(condition.sql) + statement.around <= mostStack && condition.sql.length <= mostText
  return !statement.follows || isBorne ? condition : compile({ ...statement, follows: false })
}

/** How many symbols SQLite's parser keeps at most; and letters of a condition, which double with each age. */
const [mostStack, mostText] = [100, 30_000]
/** About how many symbols more are around what is looked up within a set that comes back to itself. */
const aroundSeen = 25

/**
 * Everything that a filter could be of, as a SELECT of numbers, each perhaps several times; undefined where that is no quicker than looking
 * at everything there is.
 */
export function selectOf(filter: Filter, age: Age, statement: Statement): Sql | undefined {
  if ('step' in filter) {
    const set = stepSet(filter, statement)
    return age === 'now'
      ? { sql: `SELECT n FROM ${set}`, values: [] }
      : { sql: `SELECT x.v FROM (SELECT DISTINCT n FROM ${set}) d CROSS JOIN then_version x ON x.n = d.n`, values: [] }
  }
  if ('words' in filter) return wordSet(filter.words, age)
  if ('any' in filter) {
    if (filter.any.length > mostUnited) return undefined
    const parts = filter.any.map((one) => selectOf(one, age, statement))
    return parts.length && parts.every((part) => part !== undefined) ? united(parts) : undefined
  }
  if ('all' in filter) {
    const few = statement.asked.few(filter)
    return few && numbered(few.filter((one) => one.age === age).map(({ own }) => own))
  }
  if ('kinds' in filter)
    return {
      sql: `SELECT ${age === 'now' ? 'n' : 'v'} FROM ${age}_version WHERE kind IN (${places(filter.kinds.length)})`,
      values: [...filter.kinds],
    }
  if ('not' in filter || 'missing' in filter) return undefined
  if ('is' in filter && filter.is === '!=') return undefined
  const sets = factSets(filter, statement.asked)
  return sets.length ? united(sets.map((set) => factSelect(set, age))) : undefined
}

/** Parts of an `or` that are looked up each by itself: SQLite bears 500 SELECTs in one, and a few dozen kinds order a property. */
const mostUnited = 10

/**
 * The rows of an age that meet a filter: what follows a FROM, and how they are called in it.
 * @param bare whether their numbers are enough; otherwise each is the row `e` of a version table
 */
export function rowsMeeting(plan: Plan, statement: Statement, bare = false): { from: Sql; row: Row } {
  const { age, begin, rest, size } = plan
  const select = begin && selectOf(begin, age, statement)
  const set = select && setOf(statement, () => (isExact(begin) ? select : distinct(select)), true)
  const row: Row =
    set && bare && age === 'now' && hasVersions(begin) ? { age, own: 'd.n', node: 'd.n' } : versionRow('e', age)
  const from = set && (row.own === 'd.n' ? `${set} d` : `${set} d CROSS JOIN ${age}_version e ON ${row.own} = d.n`)
  const where = conditionOn(
    row,
    rest,
    { ...statement, follows: size <= statement.asked.limits.followed },
    set !== undefined,
  )
  return { from: { sql: `${from ?? `${age}_version e`} WHERE ${where.sql}`, values: where.values }, row }
}

/** What is asked of a row: that it meets a filter, held then, and may be seen. */
export const conditionOn = (row: Row, filter: Filter, statement: Statement, narrow: boolean): Sql =>
  joined([heldAt(statement.asked, row), compileVisible(filter, row, statement, narrow)], 'AND', '1')

/** Whether what a filter begins at is described by somebody, as facts and words are; what an edge points at may not be. */
const hasVersions = (filter: Filter | undefined): boolean => !!filter && !('step' in filter) && !('any' in filter)

/** Whether each row comes once. */
const isExact = (filter: Filter): boolean =>
  'kinds' in filter || ('is' in filter && filter.is === '=' && namesOf(filter.property).length === 1)

const distinct = ({ sql, values }: Sql): Sql => ({ sql: `SELECT DISTINCT * FROM (${sql})`, values })

/** What can reach something by a step, in one or any number. Sets have names, because SQLite's parser bears little nesting. */
function stepSet(filter: StepFilter, statement: Statement): string {
  const few = statement.steps.has(filter) ? undefined : statement.asked.fewBefore(filter)
  const name =
    statement.steps.get(filter) ?? (few ? setOf(statement, () => numbered(few)) : wholeStepSet(filter, statement))
  statement.steps.set(filter, name)
  return name
}

/** The same, worked out within the statement. */
export function wholeStepSet({ step, deep, atLeast, of }: StepFilter, statement: Statement): string {
  const { asked } = statement
  const counted = { ...step, atLeast }
  const first = isEverything(of, asked)
    ? before(counted, '', (far) => isThere(far, asked), statement)
    : before(
        counted,
        `${nodesOf(of, statement)} d CROSS JOIN `,
        (far) => ({ sql: `${far} = d.n`, values: [] }),
        statement,
        asked.few(of) !== undefined,
      )
  if (atLeast) return setOf(statement, () => ofSeveral(first, atLeast))
  if (!deep) return setOf(statement, () => united(first))
  // What nobody describes, or may not be seen, is no step on the way.
  const passed = asked.visible ? isSeen('r.n', statement) : isThere('r.n', asked)
  return setOf(statement, (name) => {
    const reached = (far: string): Sql => ({ sql: `${far} = r.n AND ${passed.sql}`, values: passed.values })
    return united([...first, ...before(step, `${name} r CROSS JOIN `, reached, statement)], 'UNION')
  })
}

/** Whether what a number stands for was there and may be seen. */
function isSeen(number: string, statement: Statement): Sql {
  const within = { ...statement, around: statement.around + aroundSeen }
  const parts = agesOf(statement.asked).map((age): Sql => {
    const met = conditionOn(versionRow('e', age), everything, within, true)
    return { sql: `EXISTS (SELECT 1 FROM ${age}_version e WHERE e.n = ${number} AND ${met.sql})`, values: met.values }
  })
  return joined(parts, 'OR', '0')
}

/** Numbers that come with so many different far ends at least. */
const ofSeveral = (ends: readonly Sql[], atLeast: number): Sql => {
  const { sql, values } = united(ends)
  return {
    sql: `SELECT near FROM (${sql}) GROUP BY near HAVING count(DISTINCT far) >= ?`,
    values: [...values, atLeast],
  }
}

/** Whether a filter is met by all there is. */
const isEverything = (filter: Filter, { visible }: Asked): boolean =>
  'all' in filter && filter.all.length === 0 && !visible

/**
 * What is one step before some entities, as SELECTs of numbers.
 * @param from tables that name those entities
 * @param ends the condition on the number of an edge's far end
 * @param narrow whether they are few
 */
const before = (
  { type, direction, atLeast }: Step & { atLeast?: number | undefined },
  from: string,
  ends: (far: string) => Sql,
  { asked }: Statement,
  narrow = false,
): Sql[] =>
  edgesAt(direction === 'out' ? 'target' : 'source', asked, narrow).map(({ tables, source, held }) => {
    const [near, far] = direction === 'out' ? [source, 'g.m'] : ['g.m', source]
    const end = ends(far)
    return {
      sql: `SELECT ${near}${atLeast ? ` AS near, ${far} AS far` : ''} FROM ${from}${tables} WHERE ${end.sql} AND g.type = ? AND ${held.sql}`,
      values: [...end.values, type, ...held.values],
    }
  })

/** Puts the entities that meet a filter, of those that may be seen, into a statement as a set, and answers its name. */
function nodesOf(filter: Filter, statement: Statement): string {
  const { asked } = statement
  const few = asked.few(filter)
  if (few) return setOf(statement, () => numbered(few.map(({ n }) => n)))
  const parts = agesOf(asked).map((age): Sql => {
    const { from } = rowsMeeting(asked.plan(filter, age), statement)
    return { sql: `SELECT e.n FROM ${from.sql}`, values: from.values }
  })
  return setOf(statement, () => united(parts))
}
