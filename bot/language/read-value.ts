import type { Arg } from '../../skills/kit/arguments.js'
import type { Json } from '../../skills/kit/model.js'
import { readNumber } from './number-words.js'
import { readDuration } from './read-duration.js'
import { readIso, readMoment, type Spoken } from './read-moment.js'
import { readRange } from './read-range.js'
import { readSeverity } from './read-severity.js'
import { readGivenName, readTerms } from './read-terms.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { readWeekdays } from './read-weekdays.js'
import { readZone } from './read-zone.js'

/** An argument that is read from words alone. */
export type PlainArg = Exclude<Arg, { type: 'entity' }>

/**
 * Reads a plain argument (all but entities) from words; undefined where they are not one.
 * @param spoken when and where they are said; without it moments are read in ISO form only
 */
export function readValue(arg: PlainArg, words: string, spoken?: Spoken): Json | undefined {
  switch (arg.type) {
    // Its words are read against the kinds there are, where those are known.
    case 'filter':
      return words.trim()
    case 'text':
      return readText(arg, words)
    // A number out of bounds is a number all the same; the check of the intent says which ones may be said.
    case 'number':
      return readNumber(words)
    case 'duration':
      return readDuration(words)
    case 'choice':
      return readChoice(arg, words)
    case 'time':
      return spoken ? readMoment(words, spoken) : readIso(words)
    case 'range':
      return (
        readRange(words, spoken) ?? (readDuration(words) === undefined ? undefined : readRange(`last ${words}`, spoken))
      )
    case 'time-of-day':
      return readTimeOfDay(words)
    case 'weekdays':
      return readWeekdays(words)
    case 'zone':
      return readZone(words)
  }
}

function readText({ max, holds }: Extract<Arg, { type: 'text' }>, words: string): string | undefined {
  const said = holds === 'terms' ? readTerms(words) : holds === 'name' ? readGivenName(words) : unquoted(words)
  return said.length <= max ? said : undefined
}

/** A text without the quotes that are around all of it: "hot partition" is searched for, not its quotes. */
const unquoted = (words: string): string => /^["“”„«](.+)["“”»]$/.exec(words.trim())?.[1] ?? words

/** One of a few words, with blanks or hyphens where it has none or others, or what stands for it. */
function readChoice({ values, said }: Extract<Arg, { type: 'choice' }>, words: string): string | undefined {
  const word = words.trim().toLowerCase()
  const found = values.find((value) => value.toLowerCase() === word)
  if (found !== undefined) return found
  if (said && Object.hasOwn(said, word)) return said[word]
  const severity = values.includes('sev0') ? readSeverity(word) : undefined
  return severity ?? values.find((value) => joined(value) === joined(word))
}

const joined = (words: string): string => words.toLowerCase().replace(/[\s\-_]+/g, '')
