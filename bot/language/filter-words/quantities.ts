import { readDuration } from '../read-duration.js'
import { readNumber } from '../number-words.js'
import { phraseAt, wordsAt } from './asking.js'

/** A number that something is compared with, and where the words go on. */
export interface Quantity {
  is: '=' | '<' | '<=' | '>' | '>='
  value: number
  next: number
}

const before = new Map<string, Quantity['is']>(
  Object.entries({
    '>': 'more than|over|above|greater than|higher than|bigger than|larger than|longer than|worse than|exceeding|beyond',
    '>=': 'at least|no less than|not less than|minimum|min',
    '<': 'less than|under|below|fewer than|lower than|smaller than|shorter than',
    '<=': 'at most|no more than|not more than|up to|maximum|max',
    '=': 'exactly|equal to|is|of',
  } satisfies Record<Quantity['is'], string>).flatMap(([is, phrases]) =>
    phrases.split('|').map((phrase) => [phrase, is as Quantity['is']] as const),
  ),
)
const behind = new Map<string, Quantity['is']>([
  ...['or more', 'or above', 'or higher', 'or worse', 'or longer', 'and more', 'and above', 'and higher'].map(
    (one) => [one, '>='] as const,
  ),
  ...['or less', 'or fewer', 'or below', 'or lower', 'or shorter', 'and below'].map((one) => [one, '<='] as const),
])

/** What is said behind a number and changes nothing of it. */
const units = new Set(['eur', 'euro', 'euros', '€', 'percent', '%', 'points', 'times', 'days'])

/** How two are compared, where words say it: "more than", "at least". */
export const comparatorAt = (words: readonly string[], at: number) => phraseAt(words, at, before)

/** "or above", "or worse", behind what something is compared with. */
export const andBeyondAt = (words: readonly string[], at: number) => phraseAt(words, at, behind)

/**
 * A quantity: "more than 3", "at least five", "3 or more", "over 500 EUR", "two".
 * @param inMinutes takes lengths of time too, for a property of minutes
 */
export function quantityAt(words: readonly string[], at: number, inMinutes = false): Quantity | undefined {
  const compared = comparatorAt(words, at)
  const from = compared?.next ?? at
  for (const width of [4, 3, 2, 1]) {
    const said = wordsAt(words, from, width)
    if (said === undefined) continue
    const value = readNumber(said) ?? (inMinutes ? readDuration(said) : undefined)
    // "a" alone is no number of things.
    if (value === undefined || /^an?$/.test(said)) continue
    let next = from + width
    while (units.has(words[next] ?? '')) next++
    const beyond = compared ? undefined : andBeyondAt(words, next)
    return { is: beyond?.means ?? compared?.means ?? '=', value, next: beyond?.next ?? next }
  }
  return undefined
}
