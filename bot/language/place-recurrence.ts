import type { Arg, Args } from '../../skills/kit/arguments.js'
import { readRecurrence, type SpokenRecurrence } from './read-recurrence.js'
import { wordsOf } from './slash.js'
import type { Stretch } from './spot-names.js'
import type { Spotted } from './spotted.js'

/** A recurrence found in a text, and the words that say its parts to the arguments that take them. */
export interface PlacedRecurrence extends Stretch {
  /** Argument → words; none where the command's arguments cannot say it, such as "every other Monday" of what comes weekly. */
  words: Readonly<Record<string, string>>
}

/** Most words of a recurrence: "on the last friday of every month at half past nine". */
const widest = 12
/** Least words; a time alone or a day alone is none. */
const narrowest = 2

/** Finds what comes again and again, for a command that takes a time of day and days of the week. */
export function recurrenceIn(args: Args, { tokens, text, hearing }: Spotted): PlacedRecurrence | undefined {
  const argumentOf = (type: Arg['type']) => Object.keys(args).find((name) => args[name]!.type === type)
  const [time, days, zone] = [argumentOf('time-of-day'), argumentOf('weekdays'), argumentOf('zone')]
  if (time === undefined || days === undefined) return undefined
  for (let width = Math.min(widest, tokens.length); width >= narrowest; width--)
    for (let from = 0; from + width <= tokens.length; from++) {
      const said = wordsOf(tokens.slice(from, from + width), text)
      const found = readRecurrence(said, hearing.zone)
      if (!found) continue
      const isElsewhere = found.zone !== hearing.zone
      return {
        from,
        to: from + width,
        words: wordsFor(found, { time, days, ...(isElsewhere && zone !== undefined && { zone }) }),
      }
    }
  return undefined
}

function wordsFor(
  { pattern, time, zone }: SpokenRecurrence,
  called: { time: string; days: string; zone?: string },
): Record<string, string> {
  if (pattern.every !== 'week' || pattern.weeks !== 1) return {}
  return {
    [called.days]: pattern.days.join(', '),
    ...(time !== undefined && { [called.time]: time }),
    ...(called.zone !== undefined && { [called.zone]: zone }),
  }
}
