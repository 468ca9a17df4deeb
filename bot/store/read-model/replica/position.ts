import { badInput } from '../../../../skills/kit/errors.js'

/** Where a page ends: what its last row is ordered by. */
export interface Position {
  /** 0 where it has the property that is ordered by, else 1: what has none comes last. */
  rank: number
  key: string | number | ArrayBuffer | null
  sort: string
  n: number
}

/** A position as it is handed out. */
export const positionOf = ({ rank, key, sort, n }: Position): string =>
  Buffer.from(
    JSON.stringify([rank, key instanceof ArrayBuffer ? { blob: [...new Uint8Array(key)] } : key, sort, n]),
  ).toString('base64url')

/** Reads what `positionOf` made. @throws Fault BadInput where it is something else */
export function readPosition(text: string): Position {
  try {
    const [rank, key, sort, n] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof rank === 'number' && typeof sort === 'string' && typeof n === 'number' && Number.isSafeInteger(n)) {
      if (key === null || typeof key === 'string' || typeof key === 'number') return { rank, key, sort, n }
      const { blob } = key as { blob: number[] }
      return { rank, key: Uint8Array.from(blob).buffer, sort, n }
    }
  } catch {
    // Said below.
  }
  throw badInput('This is no page of a list of Nexus.', 'Ask the question again.')
}
