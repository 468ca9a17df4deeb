import { everything, type Filter } from '../../../../skills/kit/catalog/filter.js'
import { searchWords } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Step } from '../../../../skills/kit/catalog/relation-types.js'
import { factSets, type FactSet } from './fact-sets.js'
import { kindShift } from './schema.js'
import { joined, negated, places, united, type Sql } from './sql.js'
import { agesOf, edgesAt, heldAt, isThere, setOf, versionRow, type Age, type Row, type Statement } from './statement.js'

/**
 * A filter as a condition of SQL on a row.
 * @param narrow whether few rows are asked, so that looking each up is cheaper than working out everything that fits
 */
export function compileFilter(filter: Filter, row: Row, statement: Statement, narrow: boolean): Sql {
  const compile = (one: Filter): Sql => compileFilter(one, row, statement, narrow)
  if ('all' in filter) return joined(filter.all.map(compile), 'AND', '1')
  const lookups = narrow && row.age === 'now' && !statement.at ? statement.lookups : undefined
  if ('any' in filter) {
    const alike = lookups && alikeBut(filter.any)
    return alike ? followed(alike, row, statement, lookups) : joined(filter.any.map(compile), 'OR', '0')
  }
  if ('not' in filter) return negated(compile(filter.not))
  if ('kinds' in filter) return ofKinds(row.own, filter.kinds)
  if ('step' in filter && lookups) return followed({ ...filter, types: [filter.step.type] }, row, statement, lookups)
  if ('step' in filter) return { sql: `${row.node} IN ${stepSet(filter, statement)}`, values: [] }
  if ('words' in filter) {
    const words = wordSet(filter.words, row.age)
    return words ? { sql: `${row.own} IN (${words.sql})`, values: words.values } : { sql: '0', values: [] }
  }
  if ('is' in filter && filter.is === '!=') return negated(compile({ ...filter, is: '=' }))
  if ('missing' in filter) return negated(hasFact(row, factSets(filter, statement), true))
  // An exact value is found as quickly for one row as for all of them.
  const exact = ('is' in filter && filter.is === '=') || 'in' in filter
  return hasFact(row, factSets(filter, statement), exact || narrow)
}

/**
 * A filter and what the reader may see, as one condition. What may be seen is worked out from all there is, and row by row: it is asked of
 * little beside what there is, and most rows are decided by their kind.
 */
export function compileVisible(filter: Filter, row: Row, statement: Statement, narrow: boolean): Sql {
  const condition = compileFilter(filter, row, statement, narrow)
  if (!statement.visible) return condition
  const { visible, ...whole } = statement
  const rowwise: Statement = { ...whole, steps: new Map(), lookups: { count: 0 } }
  return joined([condition, compileFilter(visible, row, rowwise, true)], 'AND', '1')
}

/**
 * Everything that a filter could be of, as a SELECT of numbers, each perhaps several times; undefined where that is no quicker than looking
 * at everything there is.
 */
export function selectOf(filter: Filter, age: Age, statement: Statement): Sql | undefined {
  if ('step' in filter)
    return age === 'now' ? { sql: `SELECT n FROM ${stepSet(filter, statement)}`, values: [] } : undefined
  if ('words' in filter) return wordSet(filter.words, age)
  if ('any' in filter) {
    if (filter.any.length > mostUnited) return undefined
    const parts = filter.any.map((one) => selectOf(one, age, statement))
    return parts.length && parts.every((part) => part !== undefined) ? united(parts) : undefined
  }
  if ('all' in filter || 'not' in filter || 'kinds' in filter || 'missing' in filter) return undefined
  if ('is' in filter && filter.is === '!=') return undefined
  const sets = factSets(filter, statement)
  return sets.length ? united(sets.map((set) => factSelect(set, age))) : undefined
}

/** Parts of an `or` that are looked up each by itself: SQLite bears 500 SELECTs in one, and a few dozen kinds order a property. */
const mostUnited = 10

/** Whether a number is of one of some kinds. */
export const ofKinds = (number: string, kinds: readonly string[]): Sql => ({
  sql: `(${number} >> ${kindShift}) IN (SELECT k FROM kind WHERE kind IN (${places(kinds.length)}))`,
  values: [...kinds],
})

function factSelect({ names, condition, kinds, others }: FactSet, age: Age, own?: string): Sql {
  const number = age === 'now' ? 'f.n' : 'f.v'
  const parts: Sql[] = [
    { sql: names.length === 1 ? 'f.property = ?' : `f.property IN (${places(names.length)})`, values: [...names] },
    condition,
    ...(kinds ? [ofKinds(number, kinds)] : []),
    ...(others ? [negated(ofKinds(number, others))] : []),
    ...(own ? [{ sql: `${number} = ${own}`, values: [] }] : []),
  ]
  return {
    sql: `SELECT ${number} FROM ${age}_fact f WHERE ${parts.map(({ sql }) => sql).join(' AND ')}`,
    values: parts.flatMap(({ values }) => values),
  }
}

function hasFact({ own, age }: Row, sets: readonly FactSet[], narrow: boolean): Sql {
  const parts = sets.map((set): Sql => {
    const { sql, values } = factSelect(set, age, narrow ? own : undefined)
    return { sql: narrow ? `EXISTS (${sql})` : `${own} IN (${sql})`, values }
  })
  return joined(parts, 'OR', '0')
}

type StepFilter = Extract<Filter, { step: unknown }>

/** Steps that differ in their types alone, as one; undefined where they differ in more. */
function alikeBut(filters: readonly Filter[]): (StepFilter & { types: readonly string[] }) | undefined {
  const steps = filters.filter((one) => 'step' in one)
  const [first] = steps
  const isAlike = (one: StepFilter): boolean =>
    one.of === first!.of && !one.deep && !one.atLeast && one.step.direction === first!.step.direction
  return first && steps.length === filters.length && steps.every(isAlike)
    ? { ...first, types: steps.map(({ step }) => step.type) }
    : undefined
}

/** Whether something is reached from a row by a step of some types, in one or any number, looked up from the row on. */
function followed(
  { step: { direction }, types, deep, atLeast, of }: StepFilter & { types: readonly string[] },
  row: Row,
  statement: Statement,
  lookups: { count: number },
): Sql {
  const [edge, end, way] = ['g', 'y', 'w'].map((letter) => `${letter}${lookups.count}`)
  lookups.count++
  const [here, there] = direction === 'out' ? ['n', 'm'] : ['m', 'n']
  const goal = compileFilter(of, versionRow(end!, 'now'), statement, true)
  if (!deep) {
    const ends = `FROM now_edge ${edge} CROSS JOIN now_version ${end} ON ${end}.n = ${edge}.${there}
        WHERE ${edge}.${here} = ${row.node} AND ${edge}.type IN (${places(types.length)}) AND ${goal.sql}`
    return atLeast
      ? { sql: `(SELECT count(DISTINCT ${end}.n) ${ends}) >= ?`, values: [...types, ...goal.values, atLeast] }
      : { sql: `EXISTS (SELECT 1 ${ends})`, values: [...types, ...goal.values] }
  }
  // What nobody describes is no step on the way.
  return {
    sql: `EXISTS (WITH RECURSIVE ${way} (n) AS (SELECT ${there} FROM now_edge WHERE ${here} = ${row.node} AND type IN (${places(types.length)})
        UNION SELECT ${edge}.${there} FROM ${way} CROSS JOIN now_version ${end} ON ${end}.n = ${way}.n
          CROSS JOIN now_edge ${edge} ON ${edge}.${here} = ${way}.n WHERE ${edge}.type IN (${places(types.length)}))
      SELECT 1 FROM ${way} CROSS JOIN now_version ${end} ON ${end}.n = ${way}.n WHERE ${goal.sql})`,
    values: [...types, ...types, ...goal.values],
  }
}

/** What can reach something by a step, in one or any number. Sets have names, because SQLite's parser bears little nesting. */
function stepSet(filter: StepFilter, statement: Statement): string {
  const name = statement.steps.get(filter) ?? newStepSet(filter, statement)
  statement.steps.set(filter, name)
  return name
}

function newStepSet({ step, deep, atLeast, of }: StepFilter, statement: Statement): string {
  const counted = { ...step, atLeast }
  const first = isEverything(of, statement)
    ? before(counted, '', (far) => isThere(far, statement), statement)
    : before(
        counted,
        `${nodesOf(of, statement)} d CROSS JOIN `,
        (far) => ({ sql: `${far} = d.n`, values: [] }),
        statement,
      )
  if (atLeast) return setOf(statement, () => ofSeveral(first, atLeast))
  if (!deep) return setOf(statement, () => united(first))
  const passed = isEverything(everything, statement)
    ? isThere('r.n', statement)
    : { sql: `r.n IN ${nodesOf(everything, statement)}`, values: [] }
  return setOf(statement, (name) => {
    const reached = (far: string): Sql => ({ sql: `${far} = r.n AND ${passed.sql}`, values: passed.values })
    return united([...first, ...before(step, `${name} r CROSS JOIN `, reached, statement)], 'UNION')
  })
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
const isEverything = (filter: Filter, { visible }: Statement): boolean =>
  'all' in filter && filter.all.length === 0 && !visible

/**
 * What is one step before some entities, as SELECTs of numbers.
 * @param from tables that name those entities
 * @param ends the condition on the number of an edge's far end
 */
const before = (
  { type, direction, atLeast }: Step & { atLeast?: number | undefined },
  from: string,
  ends: (far: string) => Sql,
  statement: Statement,
): Sql[] =>
  edgesAt(direction === 'out' ? 'target' : 'source', statement).map(({ tables, source, held }) => {
    const [near, far] = direction === 'out' ? [source, 'g.m'] : ['g.m', source]
    const end = ends(far)
    return {
      sql: `SELECT ${near}${atLeast ? ` AS near, ${far} AS far` : ''} FROM ${from}${tables} WHERE ${end.sql} AND g.type = ? AND ${held.sql}`,
      values: [...end.values, type, ...held.values],
    }
  })

/** Puts the entities that meet a filter, of those that may be seen, into a statement as a set, and answers its name. */
function nodesOf(filter: Filter, statement: Statement): string {
  const parts = agesOf(statement).map((age): Sql => {
    const row = versionRow('x', age)
    const condition = joined([heldAt(statement, row), compileVisible(filter, row, statement, false)], 'AND', '1')
    return { sql: `SELECT x.n FROM ${age}_version x WHERE ${condition.sql}`, values: condition.values }
  })
  return setOf(statement, () => united(parts))
}

function wordSet(text: string, age: Age): Sql | undefined {
  const words = searchWords(text)
  if (!words.length) return undefined
  return {
    sql: `SELECT rowid FROM ${age}_words WHERE ${age}_words MATCH ?`,
    values: [`{name alias text} : (${matchOf(words)})`],
  }
}

/** Words as FTS5 wants them: each as the beginning of one. */
export const matchOf = (words: readonly string[]): string => words.map((word) => `"${word}"*`).join(' AND ')
