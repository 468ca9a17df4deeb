import { readNumber } from './number-words.js'
import { readDuration } from './read-duration.js'
import { readMoment, type Spoken } from './read-moment.js'
import { readOnce } from './read-once.js'
import { readRange } from './read-range.js'
import { readTimeOfDay } from './read-time-of-day.js'
import { readWeekdays } from './read-weekdays.js'
import type { Stretch } from './spot-names.js'
import { wordsOf } from './slash.js'
import { timeWord } from './time-words.js'
import type { Token } from './tokens.js'

/** A time, a length of time or a number found in a text, as it was said. */
export interface SpottedTime extends Stretch {
  is: 'time' | 'duration' | 'number'
  words: string
}

/** Most words of a time: "between 10 and 11 this morning". */
const widest = 7

/** What times begin with; anything else is not read at all, because reading costs more than this. */
const mayBegin =
  /^(\d|[-+]\d|#\d|since|until|till|last|past|this|next|yesterday|today|tonight|tomorrow|now|noon|midnight|midday|lunch|morning|afternoon|evening|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|in|at|on|for|over|within|during|between|from|before|after|around|about|half|quarter|end|start|beginning|all|every|each|daily|weekdays|weekends|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|hour|week|month|couple|few|several|early|earlier|overnight|recent|christmas|xmas|easter|boxing|black friday|halloween|thanksgiving|good|cyber|fiscal|fy\d|first|second|previous|coming|same|by|until|as|back|by|up|days|calendar|cw|kw|h[12]|q[1-4]|an?$)/

/** Whether a time may begin with a word, as it is said or misspelt. */
export const mayBeginTime = (word: string): boolean => mayBegin.test(beginningOf(word))

/** Finds times, lengths of time and numbers, the longest first, where no name stands. */
export function spotTimes(
  tokens: readonly Token[],
  text: string,
  spoken: Spoken,
  names: readonly Stretch[],
): SpottedTime[] {
  const taken = new Set(names.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at)))
  const spotted: SpottedTime[] = []
  for (let width = Math.min(widest, tokens.length); width; width--)
    for (let from = 0; from + width <= tokens.length; from++) {
      const inside = tokens.slice(from, from + width)
      const length = width === 1 && !taken.has(from) ? lengthAfterArticle(inside[0]!, text) : undefined
      if (length) {
        spotted.push({ from, to: from + 1, is: 'duration', words: length })
        taken.add(from)
        continue
      }
      if (!mayBeginTime(inside[0]!.word) || inside.some((_, at) => taken.has(from + at))) continue
      const words = wordsOf(inside, text).replace(/(?<=\d)['’]s$/, '')
      const is = kindOf(words, spoken)
      if (!is) continue
      spotted.push({ from, to: from + width, is, words })
      inside.forEach((_, at) => taken.add(from + at))
    }
  return spotted.sort((a, b) => a.from - b.from)
}

/** "a day", "another hour", of which the article is passed over elsewhere. */
function lengthAfterArticle({ word, start }: Token, text: string): string | undefined {
  if (!/^(minute|hour|day|week|month|fortnight|night)$/.test(word)) return undefined
  return /\b(?:an?|another|one more)\s+$/i.test(text.slice(Math.max(0, start - 12), start)) ? `1 ${word}` : undefined
}

/** A word as it would begin a time, without what is misspelt. */
const beginningOf = (word: string): string => timeWord(word.replace(/['’]s$/, '')).split(' ')[0]!

/** Words that read as a time by themselves and are said of much else. */
const idle = /^(?:by )?(now|may|second|all|a|an|one|on|in|at|for|the)$/i

const kindOf = readOnce((words, spoken): SpottedTime['is'] | undefined => {
  if (idle.test(words)) return undefined
  if (readNumber(words) !== undefined) return 'number'
  if (readDuration(words) !== undefined) return 'duration'
  const isTime =
    readRange(words, spoken) !== undefined ||
    readMoment(words, spoken) !== undefined ||
    readTimeOfDay(words) !== undefined ||
    readWeekdays(words) !== undefined
  return isTime ? 'time' : undefined
})
