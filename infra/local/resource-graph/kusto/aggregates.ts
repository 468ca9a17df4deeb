import { compileScalar, listed, nameOf, part, requireBool } from './expression.js'
import type { Scope } from './expression.js'
import { notInLanguage, notUnderstood } from './refusal.js'
import { compareValues } from './sort.js'
import type { SyntaxNode } from './syntax.js'
import { asNumber, keyOf } from './types.js'
import type { Column, KustoType, Row, Scalar, Value } from './types.js'

/** A compiled aggregate: the columns it gives and their values for the rows of a group. */
export interface Aggregate {
  columns: Column[]
  values(rows: Row[]): Value[]
}

interface Definition {
  least: number
  most: number
  /** The column's default name for the name of the argument. */
  name(argument: string): string
  type: KustoType | ((argument: Scalar) => KustoType)
  value(rows: Row[], args: Scalar[]): Value
}

/** The values of an argument that are there, row by row. */
const present = (rows: Row[], argument: Scalar | undefined): Value[] =>
  argument ? rows.map((row) => argument.evaluate(row)).filter((value) => value !== null) : []

const numbers = (rows: Row[], argument: Scalar | undefined): number[] =>
  present(rows, argument).flatMap((value) => {
    const number = value instanceof Object ? Number(value.valueOf()) : asNumber(value)
    return number === null || Number.isNaN(number) ? [] : [number]
  })

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0)

/** The smallest (`sign` 1) or greatest (-1) value. */
function extreme(values: Value[], sign: 1 | -1): Value {
  let best: Value = null
  for (const value of values) if (best === null || sign * compareValues(value, best) < 0) best = value
  return best
}

/** The distinct values in the order they came, at most `limit`. */
function distinct(values: Value[], limit: number): Value[] {
  const seen = new Map(values.map((value) => [keyOf(value), value]))
  return [...seen.values()].slice(0, limit)
}

/** The nearest-rank percentile; null for no values. */
function percentile(values: number[], share: number): Value {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)] ?? null
}

const ownType = (argument: Scalar): KustoType => argument.type
const limitOf = (args: Scalar[]): number => Number(args[1]?.constant ?? 1_048_576)
const one = (name: string, type: Definition['type'], value: Definition['value']): Definition => ({
  least: 1,
  most: 1,
  name: (argument) => `${name}_${argument}`,
  type,
  value,
})
const list = (name: string, value: Definition['value']): Definition => ({ ...one(name, 'dynamic', value), most: 2 })

const definitions: Record<string, Definition> = {
  count: { least: 0, most: 0, name: () => 'count_', type: 'long', value: (rows) => rows.length },
  countif: {
    ...one('countif', 'long', (rows, [when]) => rows.filter((row) => when!.evaluate(row) === true).length),
    name: () => 'countif_',
  },
  dcount: { ...one('dcount', 'long', (rows, [of]) => distinct(present(rows, of), Infinity).length), most: 2 },
  dcountif: {
    ...one(
      'dcountif',
      'long',
      (rows, [of, when]) =>
        distinct(
          present(
            rows.filter((row) => when!.evaluate(row) === true),
            of,
          ),
          Infinity,
        ).length,
    ),
    least: 2,
    most: 2,
  },
  sum: one(
    'sum',
    (argument) => (argument.type === 'long' ? 'long' : 'real'),
    (rows, [of]) => sum(numbers(rows, of)),
  ),
  sumif: {
    ...one('sumif', 'real', (rows, [of, when]) =>
      sum(
        numbers(
          rows.filter((row) => when!.evaluate(row) === true),
          of,
        ),
      ),
    ),
    least: 2,
    most: 2,
  },
  avg: one('avg', 'real', (rows, [of]) => {
    const values = numbers(rows, of)
    return values.length ? sum(values) / values.length : null
  }),
  min: one('min', ownType, (rows, [of]) => extreme(present(rows, of), 1)),
  max: one('max', ownType, (rows, [of]) => extreme(present(rows, of), -1)),
  make_list: list('list', (rows, args) => present(rows, args[0]).slice(0, limitOf(args))),
  make_set: list('set', (rows, args) => distinct(present(rows, args[0]), limitOf(args))),
  any: one('any', ownType, (rows, [of]) => present(rows, of)[0] ?? null),
  take_any: { ...one('any', ownType, (rows, [of]) => present(rows, of)[0] ?? null), name: (argument) => argument },
  percentile: {
    ...one('percentile', 'real', (rows, [of, share]) => percentile(numbers(rows, of), Number(share?.constant))),
    least: 2,
    most: 2,
  },
}

/** `arg_max(key, *)` and `arg_min(key, a, b)`: the row with the extreme key. */
function argument(node: SyntaxNode, name: string, renamed: string | undefined, scope: Scope): Aggregate {
  const [first, ...others] = listed(part(node, 'ArgumentList', scope))
  if (!first || others.length === 0) throw notUnderstood(`${name}(): function expects 2 or more arguments.`)
  const key = compileScalar(first, scope)
  const rest = others.flatMap((other): { column: Column; scalar: Scalar }[] => {
    if (other.kind !== 'StarExpression') {
      const scalar = compileScalar(other, scope)
      return [{ column: { name: scalar.name ?? 'Column1', type: scalar.type }, scalar }]
    }
    return scope.columns.flatMap((column, index) =>
      column.name === key.name
        ? []
        : [{ column, scalar: { type: column.type, evaluate: (row: Row) => row[index] ?? null } }],
    )
  })
  const sign = name === 'arg_max' ? -1 : 1
  const values = (rows: Row[]): Value[] => {
    let best: Row | undefined
    for (const row of rows) {
      if (key.evaluate(row) === null) continue
      if (!best || sign * compareValues(key.evaluate(row), key.evaluate(best)) < 0) best = row
    }
    return best
      ? [key.evaluate(best), ...rest.map(({ scalar }) => scalar.evaluate(best))]
      : [null, ...rest.map(() => null)]
  }
  const columns = [{ name: renamed ?? key.name ?? `${name}_`, type: key.type }, ...rest.map(({ column }) => column)]
  return { columns, values }
}

/** Compiles one aggregate of `summarize`, named or not. Functions outside the table are refused. */
export function compileAggregate(node: SyntaxNode, scope: Scope): Aggregate {
  if (node.kind === 'SimpleNamedExpression')
    return named(part(node, 'Expression', scope), nameOf(part(node, 'Name', scope)), scope)
  return named(node, undefined, scope)
}

function named(node: SyntaxNode, renamed: string | undefined, scope: Scope): Aggregate {
  if (node.kind !== 'FunctionCallExpression')
    throw notInLanguage(scope.query, node, scope.query.slice(node.start, node.end))
  const name = nameOf(part(node, 'Name', scope))
  if (name === 'arg_max' || name === 'arg_min') return argument(node, name, renamed, scope)
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined
  if (!definition) throw notInLanguage(scope.query, node, name)
  const args = listed(part(node, 'ArgumentList', scope)).map((arg) => compileScalar(arg, scope))
  if (args.length < definition.least || args.length > definition.most)
    throw notUnderstood(`${name}(): wrong number of arguments (${args.length}).`)
  if (name.endsWith('if')) requireBool(args.at(-1)!.type, name)
  const type = typeof definition.type === 'string' ? definition.type : definition.type(args[0]!)
  const suffix = name === 'percentile' ? `_${String(args[1]?.constant)}` : ''
  const column = { name: renamed ?? definition.name(args[0]?.name ?? '') + suffix, type }
  return { columns: [column], values: (rows) => [definition.value(rows, args)] }
}
