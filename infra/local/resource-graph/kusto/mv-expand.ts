import { nameOf, part } from './expression.js'
import type { Scope } from './expression.js'
import { parameter } from './join.js'
import { namedScalar } from './projection.js'
import { notInLanguage, notUnderstood } from './refusal.js'
import type { SyntaxNode } from './syntax.js'
import { cast } from './types.js'
import type { Column, KustoType, Relation, Row, Scalar, Value } from './types.js'

/** Rows that one row expands to, unless the query says `limit`; and the most it may say. */
const defaultLimit = 128
const greatestLimit = 2000

const typeNames: Record<string, KustoType> = {
  string: 'string',
  long: 'long',
  int: 'long',
  real: 'real',
  double: 'real',
  bool: 'bool',
  datetime: 'datetime',
  timespan: 'timespan',
  dynamic: 'dynamic',
}

interface Expansion {
  index: number
  scalar: Scalar
  type: KustoType
}

function expansion(node: SyntaxNode, columns: Column[], scope: Scope): Expansion {
  const { column, scalar } = namedScalar(part(node, 'Expression', scope), scope, [])
  if (scalar.type !== 'dynamic') throw notUnderstood(`'mv-expand' operator: '${column.name}' is not a dynamic.`)
  const clause = node.parts['ToTypeOf']
  const written = clause
    ? (/typeof\s*\(\s*(\w+)/.exec(scope.query.slice(clause.start, clause.end))?.[1] ?? '')
    : 'dynamic'
  const type = typeNames[written]
  if (!type) throw notInLanguage(scope.query, node, written)
  const old = columns.findIndex(({ name }) => name === column.name)
  const index = old < 0 ? columns.length : old
  columns[index] = { name: column.name, type }
  return { index, scalar, type }
}

/** What a value expands to: an array's elements, a bag's members as one-member bags, nothing for null. */
function elements(value: Value): Value[] {
  if (Array.isArray(value)) return value as Value[]
  if (value === null || typeof value !== 'object') return value === null ? [] : [value]
  return Object.entries(value).map(([key, member]) => ({ [key]: member as unknown }))
}

/** `mv-expand a, b to typeof(string) limit 10`: a row for each element; several expand side by side. */
export function mvExpand(input: Relation, node: SyntaxNode, scope: Scope): Relation {
  const kind = parameter(node, 'kind', scope) ?? parameter(node, 'bagexpansion', scope)
  if (kind && kind !== 'bag') throw notInLanguage(scope.query, node, kind)
  const given = node.parts['RowLimitClause']?.parts['RowLimit']?.parts['Token']?.value
  const limit = given === undefined ? defaultLimit : Number(given)
  if (limit > greatestLimit)
    throw notUnderstood(`'mv-expand' operator: the row limit ${limit} is above the maximum of ${greatestLimit}.`)
  const columns = [...input.columns]
  const expansions = (node.parts['Expressions']?.items ?? []).map((each) => expansion(each, columns, scope))
  if (!expansions.length) throw notInLanguage(scope.query, node, nameOf(node))
  const rows = () =>
    input.rows().flatMap((row) => {
      const lists = expansions.map(({ scalar }) => elements(scalar.evaluate(row)))
      const length = Math.min(limit, Math.max(1, ...lists.map((list) => list.length)))
      return Array.from({ length }, (_, position): Row => {
        const expanded = row.slice()
        for (const [number, { index, type }] of expansions.entries()) {
          const value = lists[number]![position] ?? null
          expanded[index] = type === 'dynamic' ? value : cast(value, type)
        }
        return expanded
      })
    })
  return { columns, rows }
}
