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

/** Beyond these a query costs the parser minutes, or its stack: our own limits, above anything a catalogue asks. */
const greatest = { characters: 200_000, depth: 64, pipes: 100, terms: 2000 }

/** Refuses a query that is too long or too deep to be parsed in good time. */
function requireModest(query: string): void {
  let depth = 0
  let deepest = 0
  for (const character of query) {
    if (character === '(' || character === '[') deepest = Math.max(deepest, ++depth)
    else if (character === ')' || character === ']') depth--
  }
  const pipes = query.split('|').length
  const terms = query.match(/\b(?:and|or)\b/g)?.length ?? 0
  const { characters, ...most } = greatest
  if (query.length > characters || deepest > most.depth || pipes > most.pipes || terms > most.terms)
    throw refuse({ code: 'QueryTooComplex', message: 'The query is too long or too deeply nested.' })
}

/** The parser's objection to a name that is one of its keywords and stands without brackets. */
const unbracketed = 'KS228'

/**
 * The query with keywords in brackets where the parser asks for that: it refuses `kind = …` as a new name in a list, though
 * it takes `kind` as a column. Whether the service's own engine refuses it too is not published, so both are taken.
 */
function parseWithKeywords(query: string): Parsed {
  const known = parsedLately.get(query)
  if (known) return known
  let text = query
  for (;;) {
    const parsed = parseQuery(text)
    const problem = parsed.problems.find(({ code }) => code === unbracketed)
    if (!problem) return keepParsed(query, { ...parsed, text })
    const end = problem.start + problem.length
    text = `${text.slice(0, problem.start)}['${text.slice(problem.start, end)}']${text.slice(end)}`
  }
}

type Parsed = ReturnType<typeof parseQuery> & { text: string }

/** Trees of the queries that were asked last, by their text: a catalogue asks the same few again and again, and the parser takes its time. */
const parsedLately = new Map<string, Parsed>()
const mostParsed = 32

function keepParsed(query: string, parsed: Parsed): Parsed {
  if (parsedLately.size >= mostParsed) parsedLately.clear()
  parsedLately.set(query, parsed)
  return parsed
}

/**
 * Compiles a query to a relation over Resource Graph's tables; nothing runs before `rows` is called.
 * @param table gives a table by its name as written, undefined for one that is not known.
 * @throws QueryRefused with the details of the service's 400, for text that does not parse and for any statement,
 *   operator, table or function outside the subset: the tree is compiled from tables of what is allowed.
 */
export function compileQuery(query: string, table: (name: string) => Relation | undefined, now: Date): Relation {
  requireModest(query)
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
