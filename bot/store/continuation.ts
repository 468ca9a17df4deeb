import { createHash } from 'node:crypto'
import { StoreBadInput } from './errors.js'

/** Where a reader stopped: the ordering values of the last row it was given. */
export type Position = (string | number)[]

/**
 * A place in an answer as text for the caller to keep. It carries a digest of what was asked and for which tenant, so
 * that it cannot be taken for a place in another answer.
 * @param scope everything that makes the answer, the tenant first
 */
export function seal(scope: unknown[], position: Position): string {
  return Buffer.from(JSON.stringify([digest(scope), ...position])).toString('base64url')
}

/** The position in a continuation. @throws StoreBadInput where it is not one of this scope */
export function unseal(scope: unknown[], continuation: string, length: number): Position {
  const [mark, ...position] = parts(continuation)
  if (mark !== digest(scope) || position.length !== length || !position.every(isScalar))
    throw new StoreBadInput(
      'the continuation is not one of this query: pass what the page before gave, with the same query',
    )
  return position
}

const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

function parts(continuation: unknown): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(String(continuation), 'base64url').toString())
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

const digest = (scope: unknown[]): string =>
  createHash('sha256').update(JSON.stringify(scope)).digest('base64url').slice(0, 12)
