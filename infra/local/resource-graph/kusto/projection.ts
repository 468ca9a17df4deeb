import { compileScalar, nameOf, part } from './expression.js'
import type { Scope } from './expression.js'
import { notInLanguage, notUnderstood } from './refusal.js'
import type { SyntaxNode } from './syntax.js'
import type { Column, Relation, Scalar } from './types.js'

/** Two columns of a relation cannot have one name: a later one gets a number, as Kusto gives it. */
export function freeName(name: string, taken: Column[]): string {
  if (!taken.some((column) => column.name === name)) return name
  let number = 1
  while (taken.some((column) => column.name === `${name}${number}`)) number++
  return `${name}${number}`
}

/** An expression with its column: the name given, its own, or `ColumnN`. */
export function namedScalar(node: SyntaxNode, scope: Scope, taken: Column[]): { column: Column; scalar: Scalar } {
  const given = node.kind === 'SimpleNamedExpression' ? nameOf(part(node, 'Name', scope)) : undefined
  const scalar = compileScalar(given === undefined ? node : part(node, 'Expression', scope), scope)
  const name = given ?? (scalar.name ? freeName(scalar.name, taken) : freeName('Column1', taken))
  return { column: { name, type: scalar.type }, scalar }
}

/** `project`: only the named columns, in the order named. */
export function project(input: Relation, expressions: SyntaxNode[], scope: Scope): Relation {
  const columns: Column[] = []
  const scalars = expressions.map((node) => {
    const { column, scalar } = namedScalar(node, scope, columns)
    if (columns.some(({ name }) => name === column.name))
      throw notUnderstood(`'project' operator: a column named '${column.name}' is there already.`)
    columns.push(column)
    return scalar
  })
  return { columns, rows: () => input.rows().map((row) => scalars.map((scalar) => scalar.evaluate(row))) }
}

/** `extend`: the input's columns, then the new ones; a new one of an old name takes its place. */
export function extend(input: Relation, expressions: SyntaxNode[], scope: Scope): Relation {
  const columns = [...input.columns]
  const added = expressions.map((node) => {
    const { column, scalar } = namedScalar(node, scope, columns)
    const old = columns.findIndex(({ name }) => name === column.name)
    const index = old < 0 ? columns.length : old
    columns[index] = column
    return { index, scalar }
  })
  const rows = () =>
    input.rows().map((row) => {
      const extended = row.slice()
      for (const { index, scalar } of added) extended[index] = scalar.evaluate(row)
      return extended
    })
  return { columns, rows }
}

/** The columns a list names, wildcards filled in; an unknown name is refused. */
function matching(input: Relation, names: SyntaxNode[], scope: Scope): Set<string> {
  const found = names.flatMap((node) => {
    if (node.kind !== 'NameReference') throw notInLanguage(scope.query, node, scope.query.slice(node.start, node.end))
    const name = nameOf(node)
    const pattern = new RegExp(`^${name.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`)
    const hits = input.columns.filter((column) => pattern.test(column.name)).map((column) => column.name)
    if (!hits.length && !name.includes('*'))
      throw notUnderstood(`'${scope.operator}' operator: Failed to resolve column expression named '${name}'`)
    return hits
  })
  return new Set(found)
}

/** The input with the columns at these indexes, in this order. */
export function pick(input: Relation, indexes: number[]): Relation {
  const columns = indexes.map((index) => input.columns[index]!)
  return { columns, rows: () => input.rows().map((row) => indexes.map((index) => row[index] ?? null)) }
}

/** `project-away` and `project-keep`. */
export function projectSome(input: Relation, names: SyntaxNode[], scope: Scope, keep: boolean): Relation {
  const named = matching(input, names, scope)
  const indexes = input.columns.flatMap(({ name }, index) => (named.has(name) === keep ? [index] : []))
  return pick(input, indexes)
}

/** `project-rename new = old`. */
export function projectRename(input: Relation, pairs: SyntaxNode[], scope: Scope): Relation {
  const renamed = new Map<string, string>()
  for (const pair of pairs) {
    if (pair.kind !== 'SimpleNamedExpression') throw notInLanguage(scope.query, pair, 'project-rename')
    const [old] = matching(input, [part(pair, 'Expression', scope)], scope)
    renamed.set(old ?? '', nameOf(part(pair, 'Name', scope)))
  }
  const columns = input.columns.map(({ name, type }) => ({ name: renamed.get(name) ?? name, type }))
  return { columns, rows: input.rows }
}
