import { instantDay } from './day.js'
import { fieldNamed, fields, valueOf, type WorkItem } from './work-item.js'
import {
  parseWiql,
  unknownField,
  unknownMacro,
  wrongDate,
  type Comparison,
  type Condition,
  type Query,
  type Value,
} from './wiql.js'

/** What macros stand for. `me` and people are short ids; `now` is milliseconds since 1970. */
export interface Surroundings {
  project: string | undefined
  me: string
  now: number
  /** Whether dates compare by the moment instead of the day. */
  timePrecision: boolean
  /** Full path of the current iteration. */
  currentIteration: string | undefined
  /** The short id of a person named as queries name people; undefined where there is none. */
  personNamed(text: string): string | undefined
}

/** A query's answer: the items in order, and the columns by reference name. */
export interface Answer {
  items: WorkItem[]
  columns: string[]
  sort: { field: string; descending: boolean }[]
}

const known = (name: string): string => {
  const field = fieldNamed(name)
  if (!field) throw unknownField(name)
  return field
}

/** Runs a query over work items. Refuses what it does not understand, with the part that is wrong. */
export function runQuery(wiql: string, items: WorkItem[], around: Surroundings): Answer {
  const query: Query = parseWiql(wiql)
  const columns = query.select.map(known)
  const sort = query.orderBy.map(({ field, descending }) => ({ field: known(field), descending }))
  const matches = query.where ? compile(query.where, around) : () => true
  return { items: items.filter(matches).sort(comparator(sort)), columns, sort }
}

function comparator(sort: Answer['sort']): (a: WorkItem, b: WorkItem) => number {
  const order = sort.length > 0 ? sort : [{ field: 'System.Id', descending: false }]
  return (a, b) => {
    for (const { field, descending } of order) {
      const [left, right] = [valueOf(a, field) ?? '', valueOf(b, field) ?? '']
      const compared =
        typeof left === 'number' && typeof right === 'number'
          ? left - right
          : String(left).localeCompare(String(right), 'en')
      if (compared !== 0) return descending ? -compared : compared
    }
    return 0
  }
}

type Test = (item: WorkItem) => boolean
type Group = Extract<Condition, { of: Condition[] }>
const isGroup = (condition: Condition): condition is Group => condition.op === 'and' || condition.op === 'or'

function compile(condition: Condition, around: Surroundings): Test {
  if (isGroup(condition)) {
    const tests = condition.of.map((each) => compile(each, around))
    return condition.op === 'and'
      ? (item) => tests.every((test) => test(item))
      : (item) => tests.some((test) => test(item))
  }
  if (condition.op === 'not') {
    const test = compile(condition.of, around)
    return (item) => !test(item)
  }
  const { op, negated, values } = condition
  const field = known(condition.field)
  const test = comparison(field, op, values, around)
  return (item) => test(item) !== negated
}

function comparison(field: string, op: Comparison, values: Value[], around: Surroundings): Test {
  const read = (item: WorkItem) => normal(valueOf(item, field) ?? '', field, around)
  const wanted = values.map((value) => normal(resolved(value, field, around), field, around))
  const [first = ''] = wanted
  const tags = (item: WorkItem) => String(read(item)).split('; ')
  switch (op) {
    case 'empty':
      return (item) => read(item) === ''
    case 'in':
      return (item) => wanted.includes(read(item))
    case 'contains':
      // A tag is matched as a whole, other text by any part of it.
      return field === 'System.Tags'
        ? (item) => tags(item).includes(String(first))
        : (item) => String(read(item)).includes(String(first))
    case 'under':
      return (item) => read(item) === first || String(read(item)).startsWith(`${first}\\`)
    case '=':
      return (item) => read(item) === first
    case '<>':
      return (item) => read(item) !== first
    default:
      return (item) => {
        const value = read(item)
        if (value === '' || typeof value !== typeof first) return false // what is not set is neither less nor more
        if (op === '<') return value < first
        if (op === '<=') return value <= first
        return op === '>' ? value > first : value >= first
      }
  }
}

/** A value as it is compared: text in lower case, dates as milliseconds (of the day, unless by time), people by short id. */
function normal(value: string | number, field: string, { timePrecision }: Surroundings): string | number {
  const { type } = fields[field]!
  if (value === '') return ''
  if (type === 'dateTime') {
    const at = typeof value === 'number' ? value : Date.parse(value)
    if (Number.isNaN(at)) throw wrongDate(String(value))
    return timePrecision ? at : instantDay(at)
  }
  if (type === 'integer') return Number(value)
  return String(value).toLowerCase()
}

/** What a literal or macro stands for. */
function resolved(value: Value, field: string, around: Surroundings): string | number {
  if ('literal' in value) {
    const { type } = fields[field]!
    if (type === 'dateTime' && !around.timePrecision && /T\d|\d:\d/.test(String(value.literal)))
      throw wrongDate(String(value.literal))
    if (type === 'identity' && value.literal !== '')
      return around.personNamed(String(value.literal)) ?? `${value.literal}`
    return value.literal
  }
  const { macro, offset } = value
  if (macro === '@me') return around.me
  if (macro === '@project' && around.project !== undefined) return around.project
  if (macro === '@today' || macro === '@startofday') return instantDay(around.now) + offset * 86_400_000
  if (macro === '@startofweek') return startOfWeek(around.now) + offset * 7 * 86_400_000
  if (macro === '@currentiteration' && around.currentIteration !== undefined) return around.currentIteration
  throw unknownMacro(macro)
}

/** Sunday, as Azure DevOps counts weeks in its default locale. */
const startOfWeek = (now: number): number => instantDay(now) - new Date(now).getUTCDay() * 86_400_000
