import type { SyntaxNode } from './syntax.js'

/** One entry of `error.details` of Resource Graph's 400. */
export interface RefusalDetail {
  code: string
  message: string
  line?: number
  characterPositionInLine?: number
  token?: string
  expectedToken?: string
}

/** A query that Resource Graph would refuse; the details go into the body of the 400. */
export class QueryRefused extends Error {
  constructor(readonly details: RefusalDetail[]) {
    super(details.map(({ message }) => message).join('; '))
  }
}

const invalid: RefusalDetail = {
  code: 'InvalidQuery',
  message:
    'Query is invalid. Please refer to the documentation for the Azure Resource Graph service and fix the error before retrying.',
}

/** Refusal of something the parser accepts and the service does not: `details` is preceded by `InvalidQuery`. */
export const refuse = (...details: RefusalDetail[]): QueryRefused => new QueryRefused([invalid, ...details])

/** Line (from 1) and position in it (from 0) of a character of the query. */
export function positionIn(query: string, index: number): { line: number; characterPositionInLine: number } {
  const before = query.slice(0, index).split('\n')
  return { line: before.length, characterPositionInLine: before.at(-1)?.length ?? 0 }
}

/** An operator, statement or syntax outside Resource Graph's subset. */
export const notInLanguage = (query: string, node: SyntaxNode, token: string): QueryRefused =>
  refuse({ code: 'InvalidQueryLanguage', message: 'InvalidQueryLanguage', ...positionIn(query, node.start), token })

/** What the query means cannot be worked out: an unknown column, a wrong type, a wrong number of arguments. */
export const notUnderstood = (message: string): QueryRefused => refuse({ code: 'QueryValidationError', message })
