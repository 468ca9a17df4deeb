import { readNumber } from './number-words.js'

/** Minutes of the units of time that people say; a month is 30 days, because nobody means it to the day. */
const units: readonly (readonly [RegExp, number])[] = [
  [/^(m|mins?|minutes?)$/, 1],
  [/^(h|hrs?|hours?)$/, 60],
  [/^(d|days?)$/, 1_440],
  [/^(w|weeks?)$/, 10_080],
  [/^(months?)$/, 43_200],
  [/^(y|yrs?|years?)$/, 525_600],
]

const minutesOf = (unit: string): number | undefined => units.find(([form]) => form.test(unit))?.[1]

/**
 * Reads a length of time: "30 min", "2 hours", "1 h 30", "half an hour", "an hour and a half", "three days", "a week". Whether it is too long
 * is for the argument to say.
 * @returns minutes, or undefined where the words are no length of time
 */
export function readDuration(words: string): number | undefined {
  const said = words
    .toLowerCase()
    .replace(/(?<=[\d.])(?=[a-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^for /, '')
  const half = /^half (?:an? )?(\w+)$/.exec(said)?.[1]
  if (half !== undefined) return whole(minutesOf(half), 0.5)
  const more = /^(.+) and a half$/.exec(said)?.[1]
  if (more !== undefined) return withHalf(more)
  const [, first, rest] = /^(.+? ?(?:h|hrs?|hours?|d|days?)) (?:and )?(\d.*)$/.exec(said) ?? []
  if (first === undefined || rest === undefined) return single(said)
  const [long, short] = [single(first), /^\d{1,2}$/.test(rest) ? Number(rest) : single(rest)]
  return long === undefined || short === undefined ? undefined : long + short
}

function single(said: string): number | undefined {
  const words = said.split(' ')
  const unit = minutesOf(words.at(-1)!)
  // "hour" is one of it, because its "an" was passed over; "hours" alone is none.
  const number =
    (words.length === 1 && /[a-rt-z]{3,}$/.test(words[0]!)) || /^an?$/.test(words[0]!)
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
