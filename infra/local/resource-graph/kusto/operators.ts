import { notUnderstood } from './refusal.js'
import { stringOperators } from './string-operators.js'
import { asNumber, asString, cast, keyOf, Timespan } from './types.js'
import type { KustoType, Row, Scalar, Value } from './types.js'

const numeric = (type: KustoType): boolean => type === 'long' || type === 'real'

/** The type in which two operands are compared; Kusto converts a dynamic to the other side's type, and nothing else. */
function comparedAs(left: KustoType, right: KustoType): KustoType {
  if (left === right && left !== 'dynamic') return left
  if (numeric(left) && numeric(right)) return 'real'
  if (left === 'dynamic' && right !== 'dynamic') return right
  if (right === 'dynamic' && left !== 'dynamic') return left
  throw notUnderstood(`Cannot compare values of types ${left} and ${right}. Try adding explicit casts.`)
}

const caster = (scalar: Scalar, type: KustoType): ((row: Row) => Value) =>
  scalar.type === type || (numeric(scalar.type) && type === 'real')
    ? scalar.evaluate
    : (row) => cast(scalar.evaluate(row), type)

/** `==` and `!=`. Two nulls are neither equal nor unequal; null and a value are unequal. */
export function equality(left: Scalar, right: Scalar, negated: boolean): Scalar {
  const type = comparedAs(left.type, right.type)
  const [a, b] = [caster(left, type), caster(right, type)]
  const evaluate = (row: Row): Value => {
    const [x, y] = [a(row), b(row)]
    if (x === null && y === null) return null
    const same = x !== null && y !== null && (x === y || (typeof x === 'object' && x.valueOf() === y.valueOf()))
    return same !== negated
  }
  return { type: 'bool', evaluate }
}

const orders: Record<string, (x: number | string, y: number | string) => boolean> = {
  '<': (x, y) => x < y,
  '<=': (x, y) => x <= y,
  '>': (x, y) => x > y,
  '>=': (x, y) => x >= y,
}

/** A value for `<`: datetimes and timespans as milliseconds; null where it has no order. */
const ordered = (value: Value): number | string | null =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : typeof value === 'boolean' || value instanceof Date || value instanceof Timespan
      ? Number(value.valueOf())
      : null

/** `<`, `<=`, `>`, `>=`; null with null on either side. */
export function relational(operator: string, left: Scalar, right: Scalar): Scalar {
  const holds = orders[operator]
  if (!holds) throw notUnderstood(`Unknown comparison: '${operator}'.`)
  const type = comparedAs(left.type, right.type)
  const [a, b] = [caster(left, type), caster(right, type)]
  const evaluate = (row: Row): Value => {
    const [x, y] = [ordered(a(row)), ordered(b(row))]
    return x === null || y === null ? null : holds(x, y)
  }
  return { type: 'bool', evaluate }
}

/** An operator on strings such as `has` or `!startswith`; any other type but dynamic is refused. */
export function stringOperator(operator: string, left: Scalar, right: Scalar): Scalar | undefined {
  const negated = operator.startsWith('!')
  const make = stringOperators[operator === '!~' ? '=~' : negated ? operator.slice(1) : operator]
  if (!make) return undefined
  for (const { type } of [left, right]) {
    if (type !== 'string' && type !== 'dynamic')
      throw notUnderstood(`Operator '${operator}' expects string, not ${type}.`)
  }
  if (right.constant !== undefined) {
    const test = make(asString(right.constant))
    return { type: 'bool', evaluate: (row) => test(asString(left.evaluate(row))) !== negated }
  }
  const evaluate = (row: Row) => make(asString(right.evaluate(row)))(asString(left.evaluate(row))) !== negated
  return { type: 'bool', evaluate }
}

/** `in`, `in~`, `!in`, `!in~` over a list of expressions; an array among them stands for its elements. */
export function membership(operator: string, left: Scalar, list: Scalar[]): Scalar {
  const negated = operator.startsWith('!')
  const fold = operator.endsWith('~')
  const type = list.find((item) => item.type !== 'dynamic')?.type ?? (left.type === 'dynamic' ? 'string' : left.type)
  if (left.type !== 'dynamic') for (const item of list) comparedAs(left.type, item.type)
  const key = (value: Value) => {
    const text = keyOf(cast(value, numeric(type) ? 'real' : type))
    return fold ? text.toLowerCase() : text
  }
  const keys = (values: Value[]) =>
    new Set(values.flatMap((value) => (Array.isArray(value) ? value : [value])).map(key))
  const constant = list.every((item) => item.constant !== undefined)
  const fixed = constant ? keys(list.map((item) => item.constant ?? null)) : undefined
  const evaluate = (row: Row) =>
    (fixed ?? keys(list.map((item) => item.evaluate(row)))).has(key(left.evaluate(row))) !== negated
  return { type: 'bool', evaluate }
}

/** `has_any` and `has_all`. */
export function hasSome(operator: string, left: Scalar, list: Scalar[]): Scalar {
  const has = stringOperators['has']!
  const all = operator === 'has_all'
  const evaluate = (row: Row) => {
    const text = asString(left.evaluate(row))
    const patterns = list.map((item) => item.evaluate(row)).flatMap((value) => (Array.isArray(value) ? value : [value]))
    const matches = (pattern: Value) => has(asString(pattern))(text)
    return all ? patterns.every(matches) : patterns.some(matches)
  }
  return { type: 'bool', evaluate }
}

const sums: Record<string, (x: number, y: number) => number> = {
  '+': (x, y) => x + y,
  '-': (x, y) => x - y,
  '*': (x, y) => x * y,
  '/': (x, y) => x / y,
  '%': (x, y) => x % y,
}

/** The type of `left operator right`, following Kusto's table; undefined where there is no such operation. */
function arithmeticType(operator: string, left: KustoType, right: KustoType): KustoType | undefined {
  const number = (type: KustoType) => numeric(type) || type === 'dynamic'
  if (left === 'datetime' && right === 'datetime') return operator === '-' ? 'timespan' : undefined
  if (left === 'datetime' && right === 'timespan') return '+-'.includes(operator) ? 'datetime' : undefined
  if (left === 'timespan' && right === 'datetime') return operator === '+' ? 'datetime' : undefined
  if (left === 'timespan' && right === 'timespan')
    return operator === '/' ? 'real' : '+-'.includes(operator) ? 'timespan' : undefined
  if (left === 'timespan' && number(right)) return '*/'.includes(operator) ? 'timespan' : undefined
  if (number(left) && right === 'timespan') return operator === '*' ? 'timespan' : undefined
  if (!number(left) || !number(right)) return undefined
  return left === 'long' && right === 'long' ? 'long' : 'real'
}

const amount = (value: Value): number | null =>
  value instanceof Date || value instanceof Timespan ? value.valueOf() : asNumber(value)

/** `+ - * / %`; whole numbers divide to whole numbers, and a division by zero is null. */
export function arithmetic(operator: string, left: Scalar, right: Scalar): Scalar {
  const type = arithmeticType(operator, left.type, right.type)
  const calculate = sums[operator]
  if (!type || !calculate)
    throw notUnderstood(`Operator '${operator}' is not defined for ${left.type} and ${right.type}.`)
  const evaluate = (row: Row): Value => {
    const [x, y] = [amount(left.evaluate(row)), amount(right.evaluate(row))]
    if (x === null || y === null) return null
    const result = calculate(x, y)
    if (!Number.isFinite(result)) return null
    if (type === 'datetime') return new Date(result)
    if (type === 'timespan') return new Timespan(result)
    return type === 'long' ? Math.trunc(result) : result
  }
  return { type, evaluate }
}
