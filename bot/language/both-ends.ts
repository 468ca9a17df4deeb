import { readMoment, type Spoken } from './read-moment.js'
import { readTimeOfDay } from './read-time-of-day.js'

/** The words of both ends of a stretch that is to come. */
export interface Ends {
  begin: string
  end: string
}

const joint =
  /^(?:(.*\S) )?(?:from |between )?(\S+(?: \S+){0,4}?)(?: (?:to|until|till|til|and) | ?[-–] ?(?=\d))(\S.*)$/i

/**
 * Takes apart words that say both ends: "tomorrow from 9 to 17", "13-15h today", "2 till 4". What only one of them says of the day holds for
 * both; the second is read as the end of a stretch that begins with the first (`readEnd`).
 * @returns undefined where they do not say two moments
 */
export function bothEnds(words: string, spoken: Spoken): Ends | undefined {
  const [, before, opens, end = ''] = joint.exec(words.trim()) ?? []
  if (opens === undefined) return undefined
  const isTime = (said: string) => readMoment(said, spoken) !== undefined
  if (!isTime(end) && readTimeOfDay(end) === undefined) return undefined
  const first = [before, opens]
    .filter(Boolean)
    .join(' ')
    .replace(/\b(?:from|between) /i, '')
  // "13-15h today" says the day behind both.
  const day = readTimeOfDay(end) === undefined ? end.replace(/^\S+(?: ?[ap]\.?m\.?)?\s+/i, '') : ''
  const ofDay = day && day !== end ? [`${first}h ${day}`, `${day} at ${first}`] : []
  const begin = [...ofDay, first, `at ${first}`].find(isTime)
  return begin === undefined ? undefined : { begin, end }
}
