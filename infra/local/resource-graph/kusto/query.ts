import { compileTable } from './pipeline.js'
import { notInLanguage, positionIn, refuse } from './refusal.js'
import { parseQuery } from './syntax.js'
import type { SyntaxProblem } from './syntax.js'
import type { Relation } from './types.js'

/** The parser's message names what it waited for as `Expected: x` or `Missing: x`. */
function detailOf(query: string, { message, start, length }: SyntaxProblem) {
  const expected = /^(?:Expected|Missing): (\S+)/.exec(message)?.[1]
  return {
    code: 'ParserFailure',
    message: 'ParserFailure',
    ...positionIn(query, start),
    token: query.slice(start, start + Math.max(1, length)) || '<EOF>',
    ...(expected ? { expectedToken: expected } : {}),
  }
}

/** The parser's objection to a name that is one of its keywords and stands without brackets. */
const unbracketed = 'KS228'

/**
 * The query with keywords in brackets where the parser asks for that: it refuses `kind = …` as a new name in a list, though
 * it takes `kind` as a column. Whether the service's own engine refuses it too is not published, so both are taken.
 */
function parseWithKeywords(query: string) {
  let text = query
  for (;;) {
    const parsed = parseQuery(text)
    const problem = parsed.problems.find(({ code }) => code === unbracketed)
    if (!problem) return { ...parsed, text }
    const end = problem.start + problem.length
    text = `${text.slice(0, problem.start)}['${text.slice(problem.start, end)}']${text.slice(end)}`
  }
}

/**
 * Compiles a query to a relation over Resource Graph's tables; nothing runs before `rows` is called.
 * @param table gives a table by its name as written, undefined for one that is not known.
 * @throws QueryRefused with the details of the service's 400, for text that does not parse and for any statement,
 *   operator, table or function outside the subset: the tree is compiled from tables of what is allowed.
 */
export function compileQuery(query: string, table: (name: string) => Relation | undefined, now: Date): Relation {
  const { root, problems, text } = parseWithKeywords(query)
  if (problems.length) throw refuse(...problems.map((problem) => detailOf(query, problem)))
  const statements = root.parts['Statements']?.items ?? []
  const [first, ...others] = statements
  if (root.kind !== 'QueryBlock' || !first) throw notInLanguage(text, root, text.slice(0, 20))
  const extra = first.kind === 'ExpressionStatement' ? others[0] : first
  if (extra) throw notInLanguage(text, extra, /^\S+/.exec(text.slice(extra.start))?.[0] ?? '')
  const expression = first.parts['Expression']
  if (!expression) throw notInLanguage(text, first, '')
  return compileTable(expression, { query: text, now, table, used: { join: 0, 'mv-expand': 0 } })
}
