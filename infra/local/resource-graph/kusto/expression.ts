import { isFunctionName, callFunction } from './functions.js'
import { arithmetic, equality, hasSome, membership, relational, stringOperator } from './operators.js'
import { notInLanguage, notUnderstood } from './refusal.js'
import type { SyntaxNode } from './syntax.js'
import { asDate, memberOf, parseTimespan, Timespan } from './types.js'
import type { Column, KustoType, Row, Scalar, Value } from './types.js'

/** What an expression is compiled in: the columns it may name, the query for positions, and the moment of `now()`. */
export interface Scope {
  columns: Column[]
  query: string
  now: Date
  /** The operator that the expression belongs to, for messages. */
  operator: string
}

/** The name in a `NameReference` or `NameDeclaration`, plain or bracketed. */
export function nameOf(node: SyntaxNode): string {
  const name = node.parts['Name']
  if (!name) return node.value ?? ''
  if (name.kind === 'BracketedName') return name.parts['Name']?.parts['Token']?.value ?? ''
  return name.parts['Name']?.value ?? name.parts['Pattern']?.value ?? ''
}

/** A part that the parser always gives; its absence is a syntax outside the subset. */
export function part(node: SyntaxNode, name: string, scope: Pick<Scope, 'query'>): SyntaxNode {
  const found = node.parts[name]
  if (!found) throw notInLanguage(scope.query, node, scope.query.slice(node.start, node.end))
  return found
}

const literalTypes: Record<string, KustoType> = {
  StringLiteralExpression: 'string',
  CompoundStringLiteralExpression: 'string',
  LongLiteralExpression: 'long',
  IntLiteralExpression: 'long',
  RealLiteralExpression: 'real',
  DecimalLiteralExpression: 'real',
  BooleanLiteralExpression: 'bool',
  DateTimeLiteralExpression: 'datetime',
  TimespanLiteralExpression: 'timespan',
  GuidLiteralExpression: 'string',
}

/** The text between the brackets of `datetime(…)`, `long(…)`, `guid(…)`; the whole where there are none. */
const inBrackets = (text: string): string => /^\w+\s*\((.*)\)$/s.exec(text)?.[1]?.trim() ?? text

function literal(node: SyntaxNode, type: KustoType, scope: Scope): Value {
  const token = node.parts['Token'] ?? node.items[0]
  const text = token?.text ?? ''
  const inner = inBrackets(text).replace(/^["']|["']$/g, '')
  if (type === 'string') {
    if (node.kind === 'GuidLiteralExpression') return inner
    const tokens = node.parts['Tokens']?.items ?? [token]
    return tokens.map((each) => each?.value ?? '').join('')
  }
  if (inner === 'null') return null
  if (type === 'bool') return inner.toLowerCase() === 'true'
  const value = type === 'datetime' ? asDate(inner) : type === 'timespan' ? parseTimespan(text) : Number(inner)
  if (value === null || value === undefined || Number.isNaN(value))
    throw notUnderstood(`'${scope.query.slice(node.start, node.end)}' is not a ${type}.`)
  return value
}

/** The JSON in `dynamic(…)`. */
function json(node: SyntaxNode, scope: Scope): Value {
  if (node.kind === 'JsonArrayExpression') return (node.parts['Values']?.items ?? []).map((item) => json(item, scope))
  if (node.kind === 'JsonObjectExpression') {
    const pairs = node.parts['Pairs']?.items ?? []
    return Object.fromEntries(
      pairs.map((pair) => [part(pair, 'Name', scope).value ?? '', json(part(pair, 'Value', scope), scope)]),
    )
  }
  if (node.kind === 'UnaryMinusExpression') return -Number(json(part(node, 'Expression', scope), scope))
  const type = literalTypes[node.kind]
  return type ? literal(node, type, scope) : null
}

function column(node: SyntaxNode, scope: Scope): Scalar {
  const name = nameOf(node)
  const index = scope.columns.findIndex((each) => each.name === name)
  const found = scope.columns[index]
  if (!found)
    throw notUnderstood(`'${scope.operator}' operator: Failed to resolve column or scalar expression named '${name}'`)
  return { type: found.type, name, evaluate: (row) => row[index] ?? null }
}

/** `a.b` and `a['b']`, `a[0]`, on a dynamic only. */
function member(node: SyntaxNode, scope: Scope): Scalar {
  const target = compileScalar(part(node, 'Expression', scope), scope)
  if (target.type !== 'dynamic') throw notUnderstood(`Expected a dynamic before a member access, not ${target.type}.`)
  const selector = part(node, 'Selector', scope)
  if (selector.kind === 'NameReference') {
    const key = nameOf(selector)
    return { type: 'dynamic', name: `${target.name}_${key}`, evaluate: (row) => memberOf(target.evaluate(row), key) }
  }
  if (selector.kind !== 'BracketedExpression') throw notInLanguage(scope.query, selector, textOf(selector, scope))
  const key = compileScalar(part(selector, 'Expression', scope), scope)
  const at = (value: Value) => (typeof value === 'number' ? value : String(value))
  const name = key.constant === undefined ? undefined : `${target.name}_${key.constant}`
  const evaluate = (row: Row) => memberOf(target.evaluate(row), at(key.evaluate(row)))
  return { type: 'dynamic', evaluate, ...(name ? { name } : {}) }
}

const textOf = (node: SyntaxNode, scope: Scope): string => scope.query.slice(node.start, node.end)

/** The argument or list expressions in brackets. */
export const listed = (node: SyntaxNode): SyntaxNode[] => node.parts['Expressions']?.items ?? []

function call(node: SyntaxNode, scope: Scope): Scalar {
  const name = nameOf(part(node, 'Name', scope))
  if (!isFunctionName(name)) throw notInLanguage(scope.query, node, name)
  const args = listed(part(node, 'ArgumentList', scope)).map((arg) => compileScalar(arg, scope))
  return callFunction(name, args, scope.now)
}

function negative(operand: Scalar): Scalar {
  const zero: Scalar = { type: operand.type === 'timespan' ? 'timespan' : 'long', evaluate: () => 0 }
  const result = arithmetic(
    '-',
    operand.type === 'timespan' ? { ...zero, evaluate: () => new Timespan(0) } : zero,
    operand,
  )
  return operand.constant === undefined ? result : { ...result, constant: result.evaluate([]) }
}

function logical(operator: string, left: Scalar, right: Scalar): Scalar {
  for (const { type } of [left, right]) requireBool(type, operator)
  return operator === 'and'
    ? { type: 'bool', evaluate: (row) => left.evaluate(row) === true && right.evaluate(row) === true }
    : { type: 'bool', evaluate: (row) => left.evaluate(row) === true || right.evaluate(row) === true }
}

/** Refuses a condition that is not a bool; Kusto casts nothing here. */
export function requireBool(type: KustoType, operator: string): void {
  if (type !== 'bool') throw notUnderstood(`'${operator}' operator: expected an expression of type bool, not ${type}.`)
}

function binary(node: SyntaxNode, scope: Scope): Scalar {
  const operator = (node.parts['Operator']?.text ?? '').replace(/\s+/g, ' ')
  const left = compileScalar(part(node, 'Left', scope), scope)
  const right = part(node, 'Right', scope)
  if (right.kind === 'ExpressionCouple') {
    const [first, last] = [part(right, 'First', scope), part(right, 'Second', scope)]
    const from = relational('>=', left, compileScalar(first, scope))
    const to = relational('<=', left, compileScalar(last, scope))
    const within = logical('and', from, to)
    return operator === '!between' ? { type: 'bool', evaluate: (row) => within.evaluate(row) !== true } : within
  }
  if (right.kind === 'ExpressionList') {
    const list = listed(right).map((item) => compileScalar(item, scope))
    return operator.startsWith('has_') ? hasSome(operator, left, list) : membership(operator, left, list)
  }
  const other = compileScalar(right, scope)
  if (operator === 'and' || operator === 'or') return logical(operator, left, other)
  if (operator === '==' || operator === '!=' || operator === '<>') return equality(left, other, operator !== '==')
  if (/^[<>]=?$/.test(operator)) return relational(operator, left, other)
  if (/^[-+*/%]$/.test(operator)) return arithmetic(operator, left, other)
  const text = stringOperator(operator, left, other)
  if (!text) throw notInLanguage(scope.query, node, operator)
  return text
}

/** Compiles an expression of the tree to a closure over a row. Whatever is not in its tables is refused. */
export function compileScalar(node: SyntaxNode, scope: Scope): Scalar {
  const type = literalTypes[node.kind]
  if (type) {
    const constant = literal(node, type, scope)
    return { type, constant, evaluate: () => constant }
  }
  switch (node.kind) {
    case 'NameReference':
      return column(node, scope)
    case 'PathExpression':
    case 'ElementExpression':
      return member(node, scope)
    case 'FunctionCallExpression':
      return call(node, scope)
    case 'ParenthesizedExpression':
      return compileScalar(part(node, 'Expression', scope), scope)
    case 'UnaryMinusExpression':
      return negative(compileScalar(part(node, 'Expression', scope), scope))
    case 'UnaryPlusExpression':
      return compileScalar(part(node, 'Expression', scope), scope)
    case 'DynamicExpression': {
      const constant = json(part(node, 'Expression', scope), scope)
      return { type: 'dynamic', constant, evaluate: () => constant }
    }
  }
  if (node.parts['Left'] && node.parts['Right']) return binary(node, scope)
  throw notInLanguage(scope.query, node, textOf(node, scope))
}
