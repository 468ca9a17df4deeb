import { nameOf, part } from './expression.js'
import type { Scope } from './expression.js'
import { freeName } from './projection.js'
import { notInLanguage, notUnderstood } from './refusal.js'
import { refuseDynamic } from './summarize.js'
import type { SyntaxNode } from './syntax.js'
import { keyOf } from './types.js'
import type { Column, Relation, Row } from './types.js'

/** The flavours Resource Graph has; Kusto's others (`leftanti`, `leftsemi`, …) it refuses. */
const flavours = ['innerunique', 'inner', 'leftouter', 'fullouter'] as const
export type JoinKind = (typeof flavours)[number]

/** The value of a parameter such as `kind=leftouter`; other parameters than those allowed are refused. */
export function parameter(node: SyntaxNode, allowed: string, scope: Scope): string | undefined {
  let value: string | undefined
  for (const each of node.parts['Parameters']?.items ?? []) {
    const name = nameOf(part(each, 'Name', scope))
    if (name !== allowed) throw notInLanguage(scope.query, each, name)
    const expression = part(each, 'Expression', scope)
    value = expression.parts['Token']?.value ?? nameOf(expression)
  }
  return value
}

/** `kind` of a join; `innerunique` where none is given. */
export function joinKind(node: SyntaxNode, scope: Scope): JoinKind {
  const given = parameter(node, 'kind', scope) ?? 'innerunique'
  const kind = flavours.find((flavour) => flavour === given)
  if (!kind) throw notInLanguage(scope.query, node, given)
  return kind
}

const indexOf = (columns: Column[], name: string, side: string): number => {
  const index = columns.findIndex((column) => column.name === name)
  if (index < 0) throw notUnderstood(`'join' operator: Failed to resolve column named '${name}' on the ${side} side.`)
  refuseDynamic(columns[index]!, 'Join key')
  return index
}

/** One condition of `on`: a name both sides have, or `$left.a == $right.b` in either order. */
function condition(node: SyntaxNode, left: Column[], right: Column[], scope: Scope): [number, number] {
  if (node.kind === 'NameReference') {
    const name = nameOf(node)
    return [indexOf(left, name, 'left'), indexOf(right, name, 'right')]
  }
  const sides: Record<string, string> = {}
  if (node.kind === 'EqualExpression') {
    for (const operand of [part(node, 'Left', scope), part(node, 'Right', scope)]) {
      if (operand.kind !== 'PathExpression') continue
      sides[nameOf(part(operand, 'Expression', scope))] = nameOf(part(operand, 'Selector', scope))
    }
  }
  const { $left, $right } = sides
  if ($left === undefined || $right === undefined)
    throw notUnderstood('join: only equality of a column of each side is allowed, as in $left.a == $right.b.')
  return [indexOf(left, $left, 'left'), indexOf(right, $right, 'right')]
}

/** `left | join kind=… (right) on …`: the left columns, then the right ones, those of a taken name numbered. */
export function join(kind: JoinKind, left: Relation, right: Relation, on: SyntaxNode[], scope: Scope): Relation {
  const pairs = on.map((node) => condition(node, left.columns, right.columns, scope))
  const columns = [...left.columns]
  for (const { name, type } of right.columns) columns.push({ name: freeName(name, columns), type })
  const leftKey = (row: Row) => pairs.map(([index]) => keyOf(row[index] ?? null)).join('\u0000')
  const rightKey = (row: Row) => pairs.map(([, index]) => keyOf(row[index] ?? null)).join('\u0000')
  const nobody = (side: Relation): Row => side.columns.map(({ type }) => (type === 'string' ? '' : null))

  const rows = () => {
    const index = new Map<string, Row[]>()
    for (const row of right.rows()) {
      const key = rightKey(row)
      const found = index.get(key)
      if (found) found.push(row)
      else index.set(key, [row])
    }
    const joined: Row[] = []
    const matched = new Set<string>()
    for (const row of left.rows()) {
      const key = leftKey(row)
      if (kind === 'innerunique' && matched.has(key)) continue // only the first left row of a key
      const partners = index.get(key)
      if (partners) for (const partner of partners) joined.push([...row, ...partner])
      else if (kind === 'leftouter' || kind === 'fullouter') joined.push([...row, ...nobody(right)])
      matched.add(key)
    }
    if (kind === 'fullouter') {
      for (const [key, partners] of index) {
        if (!matched.has(key)) for (const partner of partners) joined.push([...nobody(left), ...partner])
      }
    }
    return joined
  }
  return { columns, rows }
}

/** `union`: all rows of all relations; columns of one name and type are one, those of another type get its suffix. */
export function union(relations: Relation[]): Relation {
  const columns: Column[] = []
  const places = relations.map((relation) =>
    relation.columns.map(({ name, type }) => {
      const same = columns.findIndex((column) => column.name === name && column.type === type)
      if (same >= 0) return same
      const other = columns.some((column) => column.name === name)
      columns.push({ name: other ? freeName(`${name}_${type}`, columns) : name, type })
      return columns.length - 1
    }),
  )
  const rows = () => {
    const blank: Row = columns.map(({ type }) => (type === 'string' ? '' : null))
    return relations.flatMap((relation, number) =>
      relation.rows().map((row) => {
        const merged = blank.slice()
        for (const [index, place] of places[number]!.entries()) merged[place] = row[index] ?? null
        return merged
      }),
    )
  }
  return { columns, rows }
}
