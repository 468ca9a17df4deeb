import { compileAggregate } from './aggregates.js'
import type { Scope } from './expression.js'
import { freeName, namedScalar, pick } from './projection.js'
import { notUnderstood } from './refusal.js'
import type { SyntaxNode } from './syntax.js'
import { keyOf } from './types.js'
import type { Column, Relation, Row, Scalar } from './types.js'

/** A key of groups, joins and order cannot be a dynamic; Kusto asks for a cast. */
export function refuseDynamic(column: Column, what: string): void {
  if (column.type === 'dynamic')
    throw notUnderstood(
      `${what} '${column.name}' is of a 'dynamic' type. Please use an explicit cast as a 'dynamic' type is not supported here.`,
    )
}

function group(rows: Row[], keys: Scalar[]): Row[][] {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keys.map((scalar) => keyOf(scalar.evaluate(row))).join('\u0000')
    const members = groups.get(key)
    if (members) members.push(row)
    else groups.set(key, [row])
  }
  return [...groups.values()]
}

/** `summarize aggregates by keys`; without keys one row, even for no rows. */
export function summarize(input: Relation, aggregates: SyntaxNode[], by: SyntaxNode[], scope: Scope): Relation {
  const columns: Column[] = []
  const keys = by.map((node) => {
    const { column, scalar } = namedScalar(node, scope, columns)
    refuseDynamic(column, 'Summarize group key')
    columns.push(column)
    return scalar
  })
  const compiled = aggregates.map((node) => compileAggregate(node, scope))
  // A key's column that arg_max(…, *) gives again is the same value: the key's stands.
  const keyNames = new Set(columns.map(({ name }) => name))
  const outputs = compiled.map((aggregate) =>
    aggregate.columns.flatMap(({ name, type }, index) => {
      if (aggregate.columns.length > 1 && keyNames.has(name)) return []
      columns.push({ name: freeName(name, columns), type })
      return [index]
    }),
  )
  const rows = () => {
    const groups = keys.length ? group(input.rows(), keys) : [input.rows()]
    return groups.map((members) => {
      const row = keys.map((scalar) => scalar.evaluate(members[0]!))
      for (const [index, aggregate] of compiled.entries()) {
        const values = aggregate.values(members)
        for (const output of outputs[index]!) row.push(values[output] ?? null)
      }
      return row
    })
  }
  return { columns, rows }
}

/** `distinct a, b` or `distinct *`. */
export function distinct(input: Relation, nodes: SyntaxNode[], scope: Scope): Relation {
  if (nodes.some((node) => node.kind === 'StarExpression')) {
    const plain = input.columns.flatMap(({ type }, index) => (type === 'dynamic' ? [] : [index]))
    return distinctRows(pick(input, plain))
  }
  return summarize(input, [], nodes, scope)
}

function distinctRows(input: Relation): Relation {
  const scalars = input.columns.map((column, index): Scalar => ({
    type: column.type,
    evaluate: (row) => row[index] ?? null,
  }))
  return { columns: input.columns, rows: () => group(input.rows(), scalars).map((rows) => rows[0]!) }
}
