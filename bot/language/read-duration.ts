import { readNumber } from './number-words.js'
import { plainTime } from './time-words.js'

/** Minutes of the units of time that people say; a month is 30 days, because nobody means it to the day. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(s|secs?|seconds?)$/, 1 / 60],
  [/^(m|mins?|minutes?)$/, 1],
  [/^(h|hrs?|hours?)$/, 60],
  [/^(d|days?)$/, 1_440],
  [/^(w|wks?|weeks?)$/, 10_080],
  [/^(fortnights?)$/, 20_160],
  [/^(months?)$/, 43_200],
  [/^(y|yrs?|years?)$/, 525_600],
]

/** Words beyond this many characters are no length of time. */
const longest = 100

/** Minutes of a unit of time; undefined where the word is none. */
export const minutesOf = (unit: string): number | undefined => units.find(([form]) => form.test(unit))?.[1]

/**
 * Reads a length of time: "30 min", "2 hours", "1 h 30", "2h30m", "half an hour", "an hour and a half", "two and a half hours", "a quarter of an
 * hour", "three days", "a couple of weeks". Whether it is too long is for the argument to say.
 * @returns minutes, or undefined where the words are no length of time
 */
export function readDuration(words: string): number | undefined {
  if (words.length > longest) return undefined
  const said = plainTime(words.replaceAll(',', ', '))
    .replaceAll('½', '.5')
    .replace(/(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^for /, '')
    .replace(/^(?:the )?(?:next|coming|following) (?=\d|[a-z]+ [a-z])/, '')
    .replace(/^another (?=\d|[a-z]+ [a-z])/, '')
    .replace(/^another /, 'an ')
    .replace(/ more (?=[a-z]+$)/, ' ')
  const half = /^half (?:an? )?([a-z]+)$/.exec(said)?.[1]
  if (half !== undefined) return whole(minutesOf(half), 0.5)
  const [, quarters, of] = /^(?:(?:an? )?|(three) )quarters? (?:of )?an? ([a-z]+)$/.exec(said) ?? []
  if (of !== undefined) return whole(minutesOf(of), quarters ? 0.75 : 0.25)
  const more = /^(.+) and a half$/.exec(said)?.[1]
  if (more !== undefined) return withHalf(more)
  const [, number, unit] = /^(.+) and a half ([a-z]+)$/.exec(said) ?? []
  const counted = number === undefined ? undefined : readNumber(number)
  if (counted !== undefined) return whole(minutesOf(unit!), counted + 0.5)
  return inParts(said) ?? single(said)
}

/** "2 hours 30 minutes", "1 day, 4 hours and 10 min", "1 h 30": each part of a smaller unit than the one before it. */
function inParts(said: string): number | undefined {
  const parts = said.replace(/(?<=[a-z]),? and (?=(?:\S+ [a-z]+|\d+)$)|, /g, ' ').split(' ')
  let [sum, last, at] = [0, Infinity, 0]
  while (at < parts.length) {
    const rest = parts.slice(at)
    // The last unit may be left out where it is the one below: "1 h 30".
    if (rest.length === 1) return last === 60 && /^[0-5]?\d$/.test(rest[0]!) ? sum + Number(rest[0]) : undefined
    const unit = minutesOf(rest[1]!)
    const number = /^an?$/.test(rest[0]!) ? 1 : readNumber(rest[0]!)
    if (unit === undefined || number === undefined || number < 0 || unit >= last) return undefined
    sum += whole(unit, number)!
    last = unit
    at += 2
  }
  return parts.length > 2 ? sum : undefined
}

function single(said: string): number | undefined {
  const words = said.split(' ')
  const unit = minutesOf(words.at(-1)!)
  // "hour" is one of it, because its "an" was passed over; "hours" alone is none.
  const number =
    (words.length === 1 && /[a-rt-z]{3,}$/.test(words[0]!)) || /^an?$/.test(words.slice(0, -1).join(' '))
      ? 1
      : readNumber(words.slice(0, -1).join(' '))
  return number === undefined ? undefined : whole(unit, number)
}

/** "an hour and a half", "two hours and a half" */
function withHalf(said: string): number | undefined {
  const minutes = single(said)
  const unit = minutesOf(said.split(' ').at(-1)!)
  return minutes === undefined || unit === undefined ? undefined : minutes + unit / 2
}

const whole = (unit: number | undefined, number: number): number | undefined =>
  unit === undefined ? undefined : Math.round(unit * number)
