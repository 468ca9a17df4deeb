import { readTimeOfDay } from './read-time-of-day.js'

/** A part of the day: its hours, the next day's above 24, and the hour that is meant where one moment of it is. */
export interface PartOfDay {
  /** As it is said behind a time: "in the morning". */
  behind: string
  from: number
  to: number
  hour: number
}

const parts: Readonly<Record<string, PartOfDay>> = {
  morning: { behind: 'in the morning', from: 6, to: 12, hour: 9 },
  afternoon: { behind: 'in the afternoon', from: 12, to: 18, hour: 15 },
  evening: { behind: 'in the evening', from: 18, to: 22, hour: 19 },
  night: { behind: 'at night', from: 20, to: 30, hour: 22 },
  dawn: { behind: 'in the morning', from: 0, to: 9, hour: 6 },
}

/**
 * Takes the part of a day out of words, and leaves their day: "11 this morning" is "11 today" and the morning, "last night" is "yesterday" and the
 * night.
 */
export function splitPartOfDay(words: string): { rest: string; part?: PartOfDay } {
  const said = words
    .replace(/\btonight\b/, 'today at night')
    .replace(/\b(?:last night|overnight|during the night|over night)\b/, 'yesterday at night')
    .replace(/\b(?:early (?:this morning|in the morning)|in the small hours|the small hours)\b/, 'today at dawn')
  const [found, before, name] =
    /\b(?:(this|today|yesterday|tomorrow|[a-z]{3,6}day|mon|tues?|wed|thu|thurs?|fri|sat|sun) |(?:in|during) the |at )(?:early |late )?(morning|afternoon|evening|night|dawn)\b/.exec(
      said,
    ) ?? []
  const part = name === undefined ? undefined : parts[name]
  if (found === undefined || !part) return { rest: words }
  const day = before === undefined ? '' : before === 'this' ? 'today' : before
  return { rest: said.replace(found, day).replace(/\s+/g, ' ').trim(), part }
}

/** A time of a part of the day: "3" of the afternoon is 15:00. Without a time it is the hour that the part is meant by. */
export function timeOfPart(time: string, { behind, hour, from, to }: PartOfDay): string | undefined {
  if (time === '') return hourOf(hour)
  // "8 pm tonight" says it twice, "22:00 tonight" needs no half; "14:00 this morning" is a mistake.
  const whole = readTimeOfDay(time)
  const at = Number(whole?.slice(0, 2))
  const isWithin = (at >= from && at < to) || at + 24 < to
  return readTimeOfDay(`${time} ${behind}`) ?? (isWithin ? whole : undefined)
}

const hourOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`

/** Day and time of a part's beginning and end, the day counted from the one it is of. */
export const endsOfPart = ({ from, to }: PartOfDay) =>
  [from, to].map((hour) => ({ days: Math.floor(hour / 24), time: hourOf(hour % 24) })) as [End, End]

interface End {
  days: number
  time: string
}
