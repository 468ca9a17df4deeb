import { timeWord } from './time-words.js'
import { weekdays, weekdayTitles, type Weekday } from '../../skills/kit/zoned-time.js'

const workdays = weekdays.slice(0, 5)
const weekend = weekdays.slice(5)

/** Words for several days at once. */
const sets: Record<string, readonly Weekday[]> = {
  weekday: workdays,
  weekdays: workdays,
  'week days': workdays,
  workday: workdays,
  workdays: workdays,
  'working days': workdays,
  'business days': workdays,
  day: weekdays,
  days: weekdays,
  daily: weekdays,
  everyday: weekdays,
  morning: weekdays,
  weekend: weekend,
  weekends: weekend,
}

/**
 * Reads days of the week: "weekdays", "every day", "Mon-Thu", "Mondays and Thursdays", "weekdays except Friday", "mon,wed".
 * @returns the days in the order of the week, or undefined where the words name none or something else as well
 */
export function readWeekdays(words: string): Weekday[] | undefined {
  const said = words
    .toLowerCase()
    .replace(/[–—]/g, '-')
    .trim()
    .split(/\s+/)
    .map(timeWord)
    .join(' ')
    .replace(/^(?:on|only|just) /, '')
  const [kept, left] = said.split(/ (?:except|but not|without) (?:on )?/)
  const days = daysOf(kept!)
  const without = left === undefined ? [] : daysOf(left)
  if (!days || !without) return undefined
  const chosen = weekdays.filter((day) => days.includes(day) && !without.includes(day))
  return chosen.length ? chosen : undefined
}

function daysOf(said: string): readonly Weekday[] | undefined {
  const parts = said
    .split(/ ?, ?(?:and )?| and | & | ?\+ ?|(?<=[a-z])\/(?=[a-z])/)
    .map((part) => part.replace(/^(?:every|each|all|the) /, ''))
  const read = parts.map((part) => sets[part] ?? rangeOf(part))
  // "mon wed fri": a list without anything between its days.
  if (parts.length === 1 && !read[0]) return listOf(parts[0]!.split(' '))
  return listed(read)
}

const listOf = (names: readonly string[]) => (names.length > 1 ? listed(names.map(rangeOf)) : undefined)

const listed = (read: readonly (readonly Weekday[] | undefined)[]): Weekday[] | undefined =>
  read.every((days) => days !== undefined) ? read.flat() : undefined

/** One day, or from one to another, over the end of the week where the second is earlier: "fri to mon". */
function rangeOf(part: string): Weekday[] | undefined {
  const ends = part.split(/ ?- ?| to | through | till | until /).map(dayOf)
  const [from, to] = [ends[0], ends.at(-1)]
  if (from === undefined || to === undefined || ends.length > 2) return undefined
  const length = ((to - from + 7) % 7) + 1
  return Array.from({ length }, (_, step) => weekdays[(from + step) % 7]!)
}

/** The number of a day by its name, the beginning of it, or its plural. */
function dayOf(name: string): number | undefined {
  const plain = name.replace(/\.$/, '').replace(/s$/, '')
  if (plain.length < 3 && !['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'].includes(plain)) return undefined
  const index = weekdays.findIndex((day) => weekdayTitles[day].toLowerCase().startsWith(plain))
  return index < 0 ? undefined : index
}
