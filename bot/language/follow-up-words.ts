import type { Tongue } from '../../skills/kit/tongues.js'
import { fold } from './tokens.js'
import { goesOnIn, refusesAllIn, saysYesIn } from './tongues/follow-up-tongues.js'

/** The words in which people go on from what was said before; what stands in them is read elsewhere. */

/** A text as these patterns see it: lower case, one space between words, nothing but words at its ends. */
export const plainOf = (text: string): string =>
  fold(text)
    .replace(/\s+/g, ' ')
    .replace(/^[\s,.:;¿¡–—-]+|[\s,.:;?!–—-]+$/g, '')
    .replace(/^(?:please|ok|okay|thanks|thank you|hm+|um|uh|well|so)[, ]+(?=\S)/, '')
    .replace(/[, ]+(?:please|pls|thanks|thank you)$/, '')

/** A text that begins where the last one ended, and what it says anew. */
export interface GoingOn {
  /** Whether it mends what was said, or asks the same of something else. */
  how: 'same' | 'instead'
  /** What is said anew, with the word that leads to it: "for payments", "the api". */
  rest: string
  /** The language, where that is not English. */
  tongue?: Tongue
}

const same =
  /^(?:and(?: (?:now|then|also|what|how))?(?: about)?|what about|how about|(?:the )?same(?: thing| question| again)?|also|now|but(?: what about)?|or)[, ]+(.+)$/
const bare = /^((?:for|in|on|of|at|since|from|during|over|with|without|only|just) .+)$/
const mends =
  /^(?:(?:no|nope|nah|sorry|oops|ups|wait|actually|correction|my mistake|my bad)\b[,.:! –-]*)?(?:i (?:meant?|was asking about|was talking about)|make (?:that|it)|rather)[,: ]+(.+)$/
const excuses = /^(?:(?:no|nope|nah|sorry|oops|ups|wait|actually|correction|my mistake|my bad)\b[,.:! –-]*)+(.+)$/
const notButThis = [/^not [^,]+?(?:,| but| rather)+ ?(?:but |i meant? )?(.+)$/, /^(.+?),? not .+$/]

/** Reads how a text goes on from the last one; undefined where it begins anew. */
export function goesOn(text: string): GoingOn | undefined {
  const said = plainOf(text)
  const mended = mends.exec(said)?.[1] ?? excuses.exec(said)?.[1]
  if (mended !== undefined) return { how: 'instead', rest: withoutContrary(mended) }
  const contrary = notButThis[0]!.exec(said)?.[1]
  if (contrary !== undefined) return { how: 'instead', rest: contrary }
  const rest = same.exec(said)?.[1] ?? bare.exec(said)?.[1]
  if (rest !== undefined) return { how: 'same', rest }
  const other = goesOnIn(said)
  return other && { how: 'same', ...other }
}

/** "not payments, payments-db" and "payments-db, not payments" say the same. */
function withoutContrary(said: string): string {
  for (const pattern of notButThis) {
    const kept = pattern.exec(said)?.[1]
    if (kept !== undefined) return withoutContrary(kept)
  }
  return said.replace(/^(?:i (?:meant?|was asking about)|rather|but)[,: ]+/, '')
}

const leads =
  /^(?:(?:what|how) about|the same(?= (?:for|in|on))|for|in|on|of|at|about|with|from|to|by|only|just|the|an?|our|my)\s+/

/** What is said anew in all the ways it may be meant: as it stands, and without the words that only lead to it, one by one. */
export function saidAnew(rest: string): string[] {
  const shorter = rest.replace(leads, '')
  return shorter === rest || !shorter ? [rest] : [rest, ...saidAnew(shorter)]
}

const more =
  /^(?:(?:can you |could you )?(?:show|give|list|see|display|tell)(?: me| us)? )?(?:(?:some |the |a few )?(?:more|next|rest|others|remaining)(?: (?:page|ones?|results?|rows?|of (?:them|it|those)))*|next page|go on|keep going|continue|and the rest|what else|anything else)$/

const howMany =
  /^(?:and )?(?:how many(?: (?:are|is|of|were))?(?: (?:there|those|them|these|that|it))?(?: (?:are|is) (?:there|that))?(?: in (?:all|total)| altogether)?|count (?:them|those|these)|what is the total)$/

/** Whether a text asks how many there are of what was found, and nothing else. */
export const asksHowMany = (text: string): boolean => howMany.test(plainOf(text))

/** Whether a text asks for the next page and nothing else. */
export const asksForMore = (text: string): boolean => more.test(plainOf(text).replace(/^and /, ''))

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ')
const numbers = 'one two three four five six seven eight nine ten'.split(' ')
const ordinalWords = `${ordinals.join('|')}|last|\\d{1,2}(?:st|nd|rd|th)`
const rowNouns = 'one|row|result|item|entry|option|choice|incident|service|resource|database|proposal|team|repo|vm'

/** Which row of what was shown is meant, counted from 0; −1 is the last. */
const placeIn = (word: string): number => {
  if (word === 'last') return -1
  const at = ordinals.indexOf(word)
  return at >= 0 ? at : Number.parseInt(word, 10) - 1
}

/** The row that a text names and nothing else, counted from 0 and −1 for the last: "the second one", "2", "number 3", "show the first". */
export function rowAlone(text: string): number | undefined {
  const said = plainOf(text).replace(
    /^(?:(?:show|open|take|pick|choose|give|expand|see)(?: me)?|i mean|i meant|let us take|it is|that is) /,
    '',
  )
  const word =
    new RegExp(`^(?:the )?(${ordinalWords})(?: (?:${rowNouns}))?$`).exec(said)?.[1] ??
    /^(?:number |no\.? ?|option |#)?(\d{1,2})[.)]?$/.exec(said)?.[1]
  const spelt = /^(?:number|option) (\w+)$/.exec(said)?.[1]
  if (spelt !== undefined && numbers.includes(spelt)) return numbers.indexOf(spelt)
  if (word === undefined) return undefined
  const at = placeIn(word)
  return at >= 0 || word === 'last' ? at : undefined
}

/** How many of the rows are meant together, where several are: "the first two", "both", "all of them". */
export function rowsTogether(text: string): number | undefined {
  const said = plainOf(text)
  const several = new RegExp(`^(?:the )?first (${numbers.join('|')}|\\d{1,2})(?: (?:${rowNouns})s?)?$`).exec(said)?.[1]
  if (several !== undefined) return numbers.indexOf(several) + 1 || Number(several)
  return /^(?:both|both of them|all|all of them|all of those|every one)$/.test(said)
    ? Number.POSITIVE_INFINITY
    : undefined
}

/** The words of a sentence by which it points at a row, with where they stand. */
export function rowWithin(text: string): { start: number; end: number; at: number } | undefined {
  const found = new RegExp(`\\bthe (${ordinalWords})(?: one)?(?=[\\s?!.,]*$| (?:one|now|please))(?: one)?`, 'i').exec(
    text,
  )
  if (!found) return undefined
  return { start: found.index, end: found.index + found[0].length, at: placeIn(found[1]!.toLowerCase()) }
}

/** Whether a text says that none of what was offered is meant. */
export const refusesAll = (text: string): boolean =>
  /^(?:no|nope|nah|neither|none|neither of (?:them|those|these)|none of (?:them|those|these|the above)|nothing|never ?mind|forget (?:it|that)|cancel(?: (?:it|that))?|stop|leave it|not now|no thanks)$/.test(
    plainOf(text).replace(/[,.]? (?:thanks|thank you)$/, ''),
  ) || refusesAllIn(plainOf(text))

/** Whether a text only says yes. */
export const saysYes = (text: string): boolean =>
  /^(?:yes|yep|yeah|yup|sure|right|correct|exactly|that one|that is it|do it|do that|yes do it|go ahead)$/.test(
    plainOf(text).replaceAll(',', ''),
  ) || saysYesIn(plainOf(text))
