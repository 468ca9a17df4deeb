import { compileScalar, listed, nameOf, part, requireBool } from './expression.js'
import type { Scope } from './expression.js'
import { join, joinKind, parameter, union } from './join.js'
import { mvExpand } from './mv-expand.js'
import { extend, project, projectRename, projectSome } from './projection.js'
import { notInLanguage, notUnderstood, refuse } from './refusal.js'
import { sortRows } from './sort.js'
import type { SortKey } from './sort.js'
import { distinct, refuseDynamic, summarize } from './summarize.js'
import type { SyntaxNode } from './syntax.js'
import type { Relation, Scalar } from './types.js'

/** What a query is compiled in. */
export interface QueryContext {
  query: string
  now: Date
  /** A table by its name as written; undefined for one that Resource Graph has not. */
  table(name: string): Relation | undefined
  /** How many of each counted operator the query has used; joins and unions count together. */
  used: { join: number; 'mv-expand': number }
}

/** How many a query may have (Resource Graph's documented limits). */
const most = { join: 3, 'mv-expand': 3 }

function count(kind: keyof typeof most, context: QueryContext): void {
  context.used[kind]++
  if (context.used[kind] > most[kind])
    throw refuse({
      code: 'OperatorLimitExceeded',
      message: `A query may have at most ${most[kind]} ${kind} operators.`,
    })
}

type Operator = (input: Relation, node: SyntaxNode, scope: Scope, context: QueryContext) => Relation

const where: Operator = (input, node, scope) => {
  const condition = compileScalar(part(node, 'Condition', scope), scope)
  requireBool(condition.type, 'where')
  return { columns: input.columns, rows: () => input.rows().filter((row) => condition.evaluate(row) === true) }
}

const rowLimit = (node: SyntaxNode, scope: Scope): number => {
  const { constant } = compileScalar(part(node, 'Expression', scope), { ...scope, columns: [] })
  if (typeof constant !== 'number' || constant < 0)
    throw notUnderstood(`'${scope.operator}' operator: expected a number of rows.`)
  return constant
}

const take: Operator = (input, node, scope) => {
  const limit = rowLimit(node, scope)
  return { columns: input.columns, rows: () => input.rows().slice(0, limit) }
}

/** A key of `order by` or `top`; descending and nulls last unless said, nulls first with `asc`. */
function sortKey(node: SyntaxNode, scope: Scope): SortKey {
  const ordered = node.kind === 'OrderedExpression'
  const ordering = ordered ? node.parts['Ordering'] : undefined
  const scalar: Scalar = compileScalar(ordered ? part(node, 'Expression', scope) : node, scope)
  refuseDynamic({ name: scalar.name ?? '', type: scalar.type }, 'Sort key')
  const words = ordering ? scope.query.slice(ordering.start, ordering.end) : ''
  const descending = !/\basc\b/.test(words)
  const nulls = /nulls\s+(first|last)/.exec(words)?.[1]
  return { scalar, descending, nullsFirst: nulls ? nulls === 'first' : !descending }
}

const sort: Operator = (input, node, scope) => {
  const keys = listed(node).map((each) => sortKey(each, scope))
  return { columns: input.columns, rows: () => sortRows(input.rows(), keys) }
}

const top: Operator = (input, node, scope) => {
  const limit = rowLimit(node, scope)
  const key = sortKey(part(node, 'ByExpression', scope), scope)
  return { columns: input.columns, rows: () => sortRows(input.rows(), [key]).slice(0, limit) }
}

const joined: Operator = (input, node, scope, context) => {
  count('join', context)
  const right = compileTable(part(node, 'Expression', scope), context)
  const on = node.parts['ConditionClause']
  if (on?.kind !== 'JoinOnClause') throw notInLanguage(scope.query, node, 'join')
  return join(joinKind(node, scope), input, right, listed(on), scope)
}

const united: Operator = (input, node, scope, context) => {
  count('join', context)
  parameter(node, '', scope)
  return union([input, ...listed(node).map((each) => compileTable(each, context))])
}

const counted: Operator = (input) => ({
  columns: [{ name: 'Count', type: 'long' }],
  rows: () => [[input.rows().length]],
})

/** The tabular operators of Resource Graph's subset, by the parser's kind. What is not here is refused. */
const operators: Record<string, Operator> = {
  FilterOperator: where,
  ProjectOperator: (input, node, scope) => project(input, listed(node), scope),
  ProjectAwayOperator: (input, node, scope) => projectSome(input, listed(node), scope, false),
  ProjectKeepOperator: (input, node, scope) => projectSome(input, listed(node), scope, true),
  ProjectRenameOperator: (input, node, scope) => projectRename(input, listed(node), scope),
  ExtendOperator: (input, node, scope) => extend(input, listed(node), scope),
  SummarizeOperator: (input, node, scope) =>
    summarize(
      input,
      node.parts['Aggregates']?.items ?? [],
      node.parts['ByClause'] ? listed(node.parts['ByClause']) : [],
      scope,
    ),
  DistinctOperator: (input, node, scope) => distinct(input, listed(node), scope),
  CountOperator: counted,
  TakeOperator: take,
  TopOperator: top,
  SortOperator: sort,
  JoinOperator: joined,
  UnionOperator: united,
  MvExpandOperator: (input, node, scope, context) => {
    count('mv-expand', context)
    return mvExpand(input, node, scope)
  },
}

/** The operator's first word as written, such as `project-away`. */
const wordOf = (node: SyntaxNode, query: string): string => /^[\w-]+/.exec(query.slice(node.start))?.[0] ?? ''

function applyOperator(input: Relation, node: SyntaxNode, context: QueryContext): Relation {
  const word = wordOf(node, context.query)
  const operator = operators[node.kind]
  if (!operator) throw notInLanguage(context.query, node, word)
  const scope = { columns: input.columns, query: context.query, now: context.now, operator: word }
  return operator(input, node, scope, context)
}

/** Compiles a table, a pipe, or either in brackets. Whatever else stands for a table (`cluster()`, `externaldata`) is refused. */
export function compileTable(node: SyntaxNode, context: QueryContext): Relation {
  switch (node.kind) {
    case 'NameReference': {
      const name = nameOf(node)
      const table = context.table(name)
      if (table) return table
      const message = `Table ${name} is invalid, unsupported or disallowed.`
      throw refuse({ code: 'DisallowedLogicalTableName', message })
    }
    case 'ParenthesizedExpression':
      return compileTable(part(node, 'Expression', context), context)
    case 'PipeExpression': {
      const input = compileTable(part(node, 'Expression', context), context)
      return applyOperator(input, part(node, 'Operator', context), context)
    }
  }
  // Resources is the table of a query that begins with an operator; `union A, B` begins from nothing.
  if (node.kind === 'UnionOperator') return startingUnion(node, context)
  const table = operators[node.kind] ? context.table('Resources') : undefined
  if (!table) throw notInLanguage(context.query, node, wordOf(node, context.query))
  return applyOperator(table, node, context)
}

function startingUnion(node: SyntaxNode, context: QueryContext): Relation {
  count('join', context)
  return union(listed(node).map((each) => compileTable(each, context)))
}
