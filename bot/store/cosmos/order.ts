import { createHash } from 'node:crypto'
import type { Condition, Scalar } from '../contract.js'

/** A moment, or another whole number, as text of the same order. */
export const ordered = (number: number): string => String(number).padStart(16, '0')

/** A short digest that tells documents apart. */
export const digest = (...names: string[]): string =>
  createHash('sha256').update(JSON.stringify(names)).digest('base64url').slice(0, 22)

/** An id of a document: Cosmos DB takes neither `/`, `\`, `?` nor `#` in one, and no more than 1,023 bytes. */
export const idOf = (type: string, ...names: string[]): string =>
  [type, ...names.map((name) => Buffer.from(name).toString('base64url'))].join('.')

/**
 * A value as text whose order is that of the contract: numbers before text, text by code points. A number is the hex of its IEEE 754 bits,
 * turned so that they count upwards; text is the hex of its UTF-8 bytes.
 */
export function orderedScalar(value: Scalar): string {
  if (typeof value === 'string') return `s${Buffer.from(value).toString('hex')}`
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value === 0 ? 0 : value) // -0 is 0
  if (bytes[0]! & 0x80) for (let i = 0; i < 8; i += 1) bytes[i] = ~bytes[i]! & 0xff
  else bytes[0]! |= 0x80
  return `n${bytes.toString('hex')}`
}

/** An indexed field: its value, then what makes it the only one, so that a page can end anywhere. `.` comes before all hex digits. */
export const indexed = (value: Scalar, unique: string): string => `${orderedScalar(value)}.${unique}`

/** Texts from one up to below another. */
export interface Range {
  from: string
  below: string
}

/** Which indexed fields meet a condition. */
export function rangeOf(condition: Condition): Range {
  if ('equals' in condition)
    return { from: `${orderedScalar(condition.equals)}.`, below: `${orderedScalar(condition.equals)}/` }
  if ('prefix' in condition)
    return { from: orderedScalar(condition.prefix), below: `${orderedScalar(condition.prefix)}g` }
  const { from, below } = condition
  const type = typeof (from ?? below) === 'number' ? 'n' : 's'
  return {
    from: from === undefined ? type : orderedScalar(from),
    below: below === undefined ? `${type}z` : orderedScalar(below),
  }
}
