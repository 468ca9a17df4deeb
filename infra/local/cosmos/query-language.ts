import { badRequest } from './refusal.js'

/** A path below the root, such as `["index", "team"]` of `c.index["team"]`. */
export type Path = readonly string[]

/** What a WHERE clause asks. */
export type Condition =
  | { op: '=' | '!=' | '<' | '<=' | '>' | '>='; path: Path; value: unknown }
  | { op: 'among'; path: Path; values: readonly unknown[] }
  | { op: 'defined'; path: Path; defined: boolean }

/** What is selected: whole documents, some properties, their number, or the form that a client asks of each physical partition. */
export type Selection = { form: 'all' | 'count' | 'ordered' } | { form: 'properties'; paths: Path[] }

/** A query that was understood. */
export interface Query {
  selection: Selection
  /** All have to hold. */
  where: Condition[]
  order?: { path: Path; descending: boolean }
}

/** A query as it is sent. */
export interface QuerySpec {
  query: string
  parameters?: { name: string; value: unknown }[]
}

const token = /\s*("(?:[^"\\]|\\.)*"|@\w+|\w+|[<>!]=|[.,()[\]{}:*=<>])/y

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  token.lastIndex = 0
  for (let match = token.exec(text); match; match = token.exec(text)) {
    tokens.push(match[1]!)
    if (/^\s*$/.test(text.slice(token.lastIndex))) return tokens
  }
  throw badRequest(`Syntax error, incorrect syntax near '${text.slice(0, 120)}'.`)
}

/**
 * Reads the part of Cosmos DB's SQL that one container, conditions joined by AND, and one path to order by make. Values come as
 * parameters only.
 * @throws Refusal 400 for everything else: what the stand-in does not understand it does not answer
 */
export function parseQuery({ query, parameters = [] }: QuerySpec): Query {
  if (typeof query !== 'string') throw badRequest('The body of a query has the property query.')
  const tokens = tokensOf(query)
  let at = 0
  const fail = (): never => {
    throw badRequest(`Syntax error, incorrect syntax near '${tokens[at] ?? 'the end'}' (word ${at + 1}).`)
  }
  const is = (...words: string[]) => words.every((word, n) => tokens[at + n]?.toUpperCase() === word.toUpperCase())
  const take = (...words: string[]): boolean => {
    if (!is(...words)) return false
    at += words.length
    return true
  }
  const need = (...words: string[]) => void (take(...words) || fail())
  const value = (): unknown => {
    const name = tokens[at] ?? ''
    const found = parameters.find((parameter) => parameter.name === name)
    if (!name.startsWith('@') || !found) return fail()
    at += 1
    return found.value
  }
  const path = (): Path => {
    need('c')
    const names: string[] = []
    for (;;)
      if (take('.')) names.push(/^\w+$/.test(tokens[at] ?? '') ? tokens[at++]! : fail())
      else if (take('[')) {
        names.push(tokens[at]?.startsWith('"') ? (JSON.parse(tokens[at++]!) as string) : fail())
        need(']')
      } else return names.length > 0 ? names : fail()
  }
  const condition = (): Condition[] => {
    if (take('(')) {
      const inner = conjunction()
      need(')')
      return inner
    }
    if (take('true')) return []
    if (take('IS_DEFINED', '(')) {
      const found: Condition = { op: 'defined', path: path(), defined: true }
      need(')')
      return [found]
    }
    if (take('ARRAY_CONTAINS', '(')) {
      const values = value()
      if (!Array.isArray(values)) return fail()
      need(',')
      const found: Condition = { op: 'among', path: path(), values }
      need(')')
      return [found]
    }
    const left = path()
    const op = (['=', '!=', '<=', '>=', '<', '>'] as const).find((sign) => take(sign)) ?? fail()
    return [{ op, path: left, value: value() }]
  }
  const conjunction = (): Condition[] => {
    const all = condition()
    while (take('AND')) all.push(...condition())
    return all
  }
  const selection = (): Selection => {
    if (take('*')) return { form: 'all' }
    if (take('VALUE', 'COUNT', '(', '1', ')')) return { form: 'count' }
    if (take('c', '.', '_rid', ',', '[', '{', '"item"', ':')) {
      path()
      need('}', ']', 'AS', 'orderByItems', ',', 'c', 'AS', 'payload')
      return { form: 'ordered' }
    }
    const paths = [path()]
    while (take(',')) paths.push(path())
    return { form: 'properties', paths }
  }
  need('SELECT')
  const selected = selection()
  need('FROM', 'c')
  const where = take('WHERE') ? conjunction() : []
  const order = take('ORDER', 'BY') ? { path: path(), descending: take('DESC') || (take('ASC'), false) } : undefined
  if (at < tokens.length || (selected.form === 'ordered' && !order)) fail()
  return { selection: selected, where, ...(order && { order }) }
}

/** What a document has at a path, or undefined. */
export function valueAt(document: unknown, path: Path): unknown {
  let value = document
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return value
}

/** Whether a document meets a condition; values of two types are in no relation, and never equal. */
export function meets(document: unknown, condition: Condition): boolean {
  const value = valueAt(document, condition.path)
  if (condition.op === 'defined') return (value !== undefined) === condition.defined
  if (condition.op === 'among') return condition.values.includes(value)
  const wanted = condition.value
  if (value === undefined || typeof value !== typeof wanted) return false
  if (condition.op === '=') return value === wanted
  if (condition.op === '!=') return value !== wanted
  if (typeof value === 'string' && typeof wanted === 'string')
    return holds(condition.op, value < wanted ? -1 : value > wanted ? 1 : 0)
  if (typeof value === 'number' && typeof wanted === 'number') return holds(condition.op, value - wanted)
  return false
}

const holds = (op: '<' | '<=' | '>' | '>=', order: number): boolean =>
  op === '<' ? order < 0 : op === '<=' ? order <= 0 : op === '>' ? order > 0 : order >= 0
