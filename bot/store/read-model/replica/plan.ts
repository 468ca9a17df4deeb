import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { conditionOn, rowsMeeting, selectOf, wholeStepSet } from './compile-filter.js'
import { joined, type Sql } from './sql.js'
import {
  agesOf,
  statementOf,
  usualLimits,
  versionRow,
  withSets,
  type Age,
  type Asked,
  type FilterScope,
  type Met,
  type Plan,
  type Statement,
  type StepFilter,
} from './statement.js'

/** Begins a question; what is worked out for it holds until something is written. */
export function ask(database: ScratchDatabase, scope: FilterScope): Asked {
  const plans = { now: new Map<Filter, Plan>(), then: new Map<Filter, Plan>() }
  const few = new Map<Filter, readonly Met[] | undefined>()
  const before = new Map<StepFilter, readonly number[] | undefined>()
  let whole: Asked | undefined
  const asked: Asked = {
    ...scope,
    database,
    limits: scope.limits ?? usualLimits,
    plan: (filter, age) => known(plans[age], filter, () => planOf(filter, age, asked)),
    few: (filter) => known(few, filter, () => fewMeeting(filter, asked)),
    fewBefore: (filter) => known(before, filter, () => fewReaching(filter, asked)),
    get whole() {
      const { visible, ...all } = scope
      return (whole ??= visible ? ask(database, all) : asked)
    },
  }
  return asked
}

function known<Key, Value>(values: Map<Key, Value>, key: Key, workOut: () => Value): Value {
  if (!values.has(key)) values.set(key, workOut())
  return values.get(key)!
}

/** What meets a filter, where that is little enough to be looked at one by one. */
function fewMeeting(filter: Filter, asked: Asked): Met[] | undefined {
  const plans = agesOf(asked).map((age) => asked.plan(filter, age))
  if (plans.some(({ size }) => size >= asked.limits.few)) return undefined
  return plans.flatMap((plan) => {
    if (!plan.size) return []
    const statement = statementOf(asked)
    const { from, row } = rowsMeeting(plan, statement)
    return rowsOf<Met>(statement, {
      ...from,
      sql: `SELECT '${plan.age}' AS age, ${row.own} AS own, e.n FROM ${from.sql}`,
    })
  })
}

/** What reaches little by a step, where that is little as well. */
function fewReaching(filter: StepFilter, asked: Asked): number[] | undefined {
  if (!asked.few(filter.of)) return undefined
  const { few } = asked.limits
  const statement = statementOf(asked)
  const set = wholeStepSet(filter, statement)
  const rows = rowsOf<{ n: number }>(statement, { sql: `SELECT DISTINCT n FROM ${set} LIMIT ${few}`, values: [] })
  return rows.length < few ? rows.map(({ n }) => n) : undefined
}

/** Asks a statement, once all of its conditions are compiled. */
export function rowsOf<Row>(statement: Statement, { sql, values }: Sql, ...more: Sql[]): Row[] {
  const sets = withSets(statement, ...more)
  return statement.asked.database.all<Row>(`${sets.sql} ${sql}`, ...sets.values, ...values)
}

/**
 * Chooses where to begin: at the part of the filter that fewest entities can meet. SQLite would have to guess it, because it plans before it
 * knows the values.
 */
function planOf(filter: Filter, age: Age, asked: Asked): Plan {
  const { few, counted, followed } = asked.limits
  const parts = partsOf(filter)
  // What is of a kind is counted late, what is told by steps last, and neither where few rows are left to look at.
  const isLate = (one: Filter): boolean => 'kinds' in one || hasSteps(one)
  const inOrder = [
    ...parts.filter((one) => !isLate(one)),
    ...parts.filter((one) => 'kinds' in one),
    ...parts.filter(hasSteps),
  ]
  for (const most of [few, counted]) {
    let best: { part: Filter; size: number } | undefined
    for (const part of inOrder) {
      if (best && (best.size === 0 || (best.size <= followed && isLate(part)))) break
      const size = countUpTo(part, age, most, asked)
      if (size === undefined || (best && size >= best.size)) continue
      // Beyond that everything is as quickly looked at by kind as from what is of the kind; of other parts any is a beginning.
      if (size < most || (most === counted && !('kinds' in part))) best = { part, size }
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

/** Whether a filter is of anything but the entity itself. */
function hasSteps(filter: Filter): boolean {
  if ('step' in filter) return true
  const within = 'all' in filter ? filter.all : 'any' in filter ? filter.any : 'not' in filter ? [filter.not] : []
  return within.some(hasSteps)
}

function countUpTo(part: Filter, age: Age, most: number, asked: Asked): number | undefined {
  // What reaches much is not worked out only to be counted.
  if ('step' in part && !asked.fewBefore(part)) return most === asked.limits.counted ? most : undefined
  const statement = statementOf(asked)
  const select = selectOf(part, age, statement)
  if (!select) return undefined
  const sql = `SELECT count(*) AS size FROM (SELECT 1 FROM (${select.sql}) LIMIT ${most})`
  return rowsOf<{ size: number }>(statement, { ...select, sql })[0]!.size
}

/**
 * The rows of an age that meet a filter, in the order of their names, so that a page of many is found without looking at the others.
 */
export function rowsByName({ age }: Plan, filter: Filter, statement: Statement): Sql {
  const parts = partsOf(filter)
  const one = parts.find((part) => 'kinds' in part && part.kinds.length === 1)
  const kind = one && 'kinds' in one ? one.kinds[0]! : undefined
  const rest: Filter = { all: parts.filter((part) => part !== one) }
  const where = joined(
    [
      ...(kind === undefined ? [] : [{ sql: 'e.kind = ?', values: [kind] }]),
      conditionOn(versionRow('e', age), rest, statement, true),
    ],
    'AND',
    '1',
  )
  const index = age === 'then' ? '' : ` INDEXED BY ${kind === undefined ? 'now_by_name' : 'now_by_kind'}`
  return { sql: `${age}_version e${index} WHERE ${where.sql}`, values: where.values }
}
