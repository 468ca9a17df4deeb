import { StoreBadInput } from './errors.js'
import type { Scalar } from './contract.js'

/**
 * What both engines take. They come from Cosmos DB (learn.microsoft.com/azure/cosmos-db/concepts-limits): an item has at
 * most 2 MB and an id 1,023 bytes, a transactional batch 100 operations and 2 MB; room is left for what the engine adds.
 */
export const limits = {
  /** Bytes of JSON of one record, item or entry. */
  dataBytes: 2_000_000,
  /** Writes in one commit. */
  commitWrites: 80,
  /** Bytes of JSON in one commit, inbox batch or log batch. */
  batchBytes: 2_000_000,
  /** Items in one inbox batch, entries in one log batch, points in one call. */
  batchItems: 500,
  /** Bytes of an id, partition, source, thread, stream, series or lease name. */
  nameBytes: 640,
  tenantBytes: 128,
  /** Indexed fields of a record, and bytes of a string in one. */
  indexFields: 20,
  indexBytes: 1_000,
  /** Conditions of a query. */
  conditions: 10,
} as const

/**
 * Checks a name that people or vendors chose: any text of 1 to `nameBytes` bytes without control characters.
 * @param what what it names, for the error
 */
export function checkName(what: string, value: unknown, bytes: number = limits.nameBytes): asserts value is string {
  if (typeof value !== 'string')
    throw new StoreBadInput(`${what} must be text, not ${value === null ? 'null' : typeof value}`)
  if (value === '') throw new StoreBadInput(`${what} is empty`)
  const size = Buffer.byteLength(value)
  if (size > bytes) throw new StoreBadInput(`${what} has ${size} bytes, more than ${bytes}: ${value.slice(0, 40)}…`)
  if (/[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(value))
    throw new StoreBadInput(
      `${what} has a control character or half a surrogate pair: ${JSON.stringify(value.slice(0, 40))}`,
    )
}

/** Checks a name that the program chose, a kind or an indexed field: a letter, then letters, digits, `.`, `-`, `_`. */
export function checkWord(what: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || !/^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(value))
    throw new StoreBadInput(
      `${what} must be a letter, then up to 63 letters, digits, dots, hyphens: ${describe(value)}`,
    )
}

/** Checks a whole number within bounds; `fallback` stands for undefined. */
export function wholeNumber(
  what: string,
  value: number | undefined,
  [least, most]: [number, number],
  fallback?: number,
): number {
  const number = value ?? fallback
  if (number === undefined || !Number.isSafeInteger(number) || number < least || number > most)
    throw new StoreBadInput(`${what} must be a whole number from ${least} to ${most}, not ${describe(value)}`)
  return number
}

/** Checks a moment: milliseconds since 1970, up to the year 9999. */
export const moment = (what: string, value: number): number => wholeNumber(what, value, [0, 253_402_300_799_999])

/** Checks the value of an indexed field, or what one is compared with. */
export function checkScalar(what: string, value: unknown): asserts value is Scalar {
  if (typeof value === 'number' && Number.isFinite(value)) return
  if (typeof value !== 'string')
    throw new StoreBadInput(`${what} must be text or a finite number, not ${describe(value)}`)
  const size = Buffer.byteLength(value)
  if (size > limits.indexBytes)
    throw new StoreBadInput(`${what} has ${size} bytes, more than ${limits.indexBytes}: index less of it`)
  if (/\u0000|\p{Surrogate}/u.test(value))
    throw new StoreBadInput(`${what} has a NUL or half a surrogate pair: ${describe(value)}`)
}

/** Checks that texts fit: each by itself and all together. */
export function checkSize(what: string, texts: readonly string[]): number {
  const sizes = texts.map((text) => Buffer.byteLength(text))
  const largest = Math.max(0, ...sizes)
  if (largest > limits.dataBytes)
    throw new StoreBadInput(
      `${what} has ${largest} bytes of JSON, more than ${limits.dataBytes}: keep large bodies elsewhere`,
    )
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total > limits.batchBytes)
    throw new StoreBadInput(`${what} has ${total} bytes of JSON together, more than ${limits.batchBytes}: split it`)
  return total
}

function describe(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : String(value)
}
