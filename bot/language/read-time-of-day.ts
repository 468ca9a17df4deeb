import { numberWords as numbers } from './number-words.js'

const named: Record<string, string> = {
  noon: '12:00',
  midday: '12:00',
  lunch: '12:00',
  lunchtime: '12:00',
  'lunch time': '12:00',
  midnight: '00:00',
  'after lunch': '13:00',
}

/** Halves of the day, as they are said behind a time. */
const halves = /(?:\s+|(?<=\d))(a\.?m\.?|p\.?m\.?|in the (?:early )?morning|in the (?:afternoon|evening)|at night)$/

const clock = / ?o['’]?clock$/

/**
 * Reads a time of day: "8:30", "07.30", "0830", "8", "8 pm", "half past nine", "quarter to five in the afternoon", "noon". "Half eight" is
 * half past in one country and half to in others, so it is none.
 * @returns `08:30`, or undefined where the words are no time of day
 */
export function readTimeOfDay(words: string): string | undefined {
  const said = words
    .toLowerCase()
    .replace(/(?<=[a-z])[-–](?=[a-z])/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:at|around|about|~|exactly) ?/, '')
    .replace(/ (?:sharp|exactly|uhr)$/, '')
    .replace(clock, '')
  if (Object.hasOwn(named, said)) return named[said]
  const half = halves.exec(said)?.[1]
  const time = clockTime(half === undefined ? said : said.replace(halves, '').replace(clock, ''), half !== undefined)
  if (!time) return undefined
  const { hour, minute } = time
  if (half === undefined) return written(hour, minute)
  if (hour > 12) return undefined
  // The hours behind midnight are of the night as well: "2 at night".
  const isMorning = half === 'at night' ? hour < 6 || hour === 12 : /^a|morning/.test(half)
  return written((hour % 12) + (isMorning ? 0 : 12), minute)
}

interface ClockTime {
  hour: number
  minute: number
}

function clockTime(said: string, isHalf: boolean): ClockTime | undefined {
  const digits = /^(\d{1,2})(?:[:.h](\d\d)|h)?$/.exec(said) ?? /^(\d\d)(\d\d)$/.exec(said) ?? ofHalf(said, isHalf)
  if (digits) return { hour: Number(digits[1]), minute: Number(digits[2] ?? 0) }
  const beside =
    /^(half|quarter|[a-z]+(?: [a-z]+){0,3}|\d{1,2})(?: minutes?)? (past|after|to|before) ([a-z]+|\d{1,2})$/.exec(said)
  // "9 to 12" are two hours, and no nine minutes before noon.
  if (beside && /^\d+$/.test(beside[1]!) && Number(beside[1]) % 5 !== 0) return undefined
  if (beside) return besideHour(beside[1]!.trim(), beside[2]!, numberOf(beside[3]!))
  const [hour, ...rest] = said.split(' ')
  const minute = rest.length ? numberOf(rest.join(' ').replace(/^(?:oh|o) /, '')) : 0
  const full = numberOf(hour!)
  return full === undefined || minute === undefined ? undefined : { hour: full, minute }
}

/** "930" of "930pm". */
const ofHalf = (said: string, isHalf: boolean) => (isHalf ? /^(\d)(\d\d)$/.exec(said) : null)

function besideHour(part: string, side: string, hour: number | undefined): ClockTime | undefined {
  const minutes = part === 'half' ? 30 : part.replace(/^a /, '') === 'quarter' ? 15 : numberOf(part)
  if (minutes === undefined || minutes < 1 || minutes > 59 || hour === undefined || hour > 23) return undefined
  if (side === 'past' || side === 'after') return { hour, minute: minutes }
  return part === 'half' ? undefined : { hour: (hour + 23) % 24, minute: 60 - minutes }
}

const numberOf = (said: string): number | undefined => (/^\d{1,2}$/.test(said) ? Number(said) : numbers.get(said))

const written = (hour: number, minute: number): string | undefined =>
  hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined
