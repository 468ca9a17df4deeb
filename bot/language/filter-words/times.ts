import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { readDuration } from '../read-duration.js'
import { readRange } from '../read-range.js'
import { standsAt, wordsAt, type Asking, type Part } from './asking.js'
import { isAhead } from './properties.js'

/** Most words of a length and of a stretch of time. */
const [widestLength, widestStretch] = [4, 7]
const minute = 60_000

/** What is said before a length of time that is looked back on. */
const leading = new Set(['in', 'for', 'within', 'since', 'last', 'past', 'next', 'coming', 'over', 'during'])

/**
 * When a moment of a property lies: "in 7 days", "in the last week", "today", "since Monday", "more than 30 days ago", "before November". Of what
 * lies ahead, such as an expiry, "in 30 days" is from now on.
 */
export function timeAt(asking: Asking, at: number, property: string): Part | undefined {
  return agoAt(asking, at, property) ?? ageAt(asking, at, property) ?? stretchAt(asking, at, property)
}

/** "in 7 days", "within the last week", "for a month". */
function ageAt(asking: Asking, at: number, property: string): Part | undefined {
  const { words, spoken } = asking
  let from = at
  while (leading.has(words[from] ?? '')) from++
  // "last week" by itself is the one before this.
  const isCalendar = from === at + 1 && words[at] === 'last'
  if (from === at || (isCalendar && /^(?:week|month|year)$/.test(words[from] ?? ''))) return undefined
  const length = lengthAt(words, from)
  if (!length) return undefined
  if (!isAhead(property)) return { filter: { property, within: length.milliseconds }, next: length.next }
  if (!spoken) return undefined
  const now = Date.parse(spoken.now)
  return {
    filter: between(property, spoken.now, new Date(now + length.milliseconds).toISOString()),
    next: length.next,
  }
}

/** "more than 30 days ago", "over a year ago", "less than an hour ago", "for more than 90 days", "older than a week". */
function agoAt({ words }: Asking, at: number, property: string): Part | undefined {
  const begun = standsAt(words, at, 'for') ? at + 1 : at
  for (const [phrase, test] of comparisons) {
    if (!standsAt(words, begun, phrase)) continue
    const length = lengthAt(words, begun + phrase.split(' ').length)
    if (!length || isAhead(property)) continue
    const isAgo = standsAt(words, length.next, 'ago')
    if (!isAgo && begun === at && !/er than$/.test(phrase)) continue
    return { filter: { property, [test]: length.milliseconds } as Filter, next: length.next + (isAgo ? 1 : 0) }
  }
  return undefined
}

const comparisons: readonly (readonly [phrase: string, test: 'older' | 'within'])[] = [
  ['more than', 'older'],
  ['older than', 'older'],
  ['longer than', 'older'],
  ['over', 'older'],
  ['less than', 'within'],
  ['younger than', 'within'],
  ['newer than', 'within'],
  ['under', 'within'],
]

function lengthAt(words: readonly string[], at: number): { milliseconds: number; next: number } | undefined {
  for (let width = widestLength; width; width--) {
    const said = wordsAt(words, at, width)
    const minutes = said === undefined ? undefined : readDuration(said)
    if (minutes !== undefined && minutes > 0) return { milliseconds: minutes * minute, next: at + width }
  }
  return undefined
}

/** "today", "this month", "since Monday", "last week", "before November", "on 3 November". */
function stretchAt({ words, spoken }: Asking, at: number, property: string): Part | undefined {
  if (!spoken) return undefined
  const isBefore = standsAt(words, at, 'before')
  const from = isBefore ? at + 1 : at
  for (let width = Math.min(widestStretch, words.length - from); width > 0; width--) {
    const said = wordsAt(words, from, width)!
    const found = readRange(said.replace(/^(?:in|during) (?=q\d|[a-z]+$|\d{4}$)/, ''), spoken)
    if (!found) continue
    const next = from + width
    if (isBefore) return { filter: { property, is: '<', value: found.from }, next }
    // A stretch that ends now goes on: only what lies ahead has an end.
    if (found.to === spoken.now && !isAhead(property))
      return { filter: { property, is: '>=', value: found.from }, next }
    return { filter: between(property, found.from, wholeOf(found.to, said, asked(spoken, property))), next }
  }
  return undefined
}

const asked = (spoken: NonNullable<Asking['spoken']>, property: string) => ({ spoken, isAhead: isAhead(property) })

/** Of what lies ahead "this month" goes to its end. */
function wholeOf(to: string, said: string, { spoken, isAhead }: ReturnType<typeof asked>): string {
  const unit = /^(?:today|this (?:week|month|quarter|year))$/.exec(said)?.[0]
  if (!isAhead || unit === undefined || to !== spoken.now) return to
  const next = unit === 'today' ? 'tomorrow' : unit.replace('this', 'next')
  return readRange(next, spoken)?.from ?? to
}

const between = (property: string, from: string, to: string): Filter => ({
  all: [
    { property, is: '>=', value: from },
    { property, is: '<', value: to },
  ],
})
