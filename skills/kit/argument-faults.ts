import { ownZone, type Arg } from './arguments.js'
import { longestFilter } from './catalog/parse-filter.js'
import type { Json } from './model.js'
import { sayMinutes } from './say-minutes.js'
import { isZone, weekdays as allDays, type Weekday } from './zoned-time.js'

/** Checks a plain argument (all but entities, which need the catalog); answers what is wrong in a sentence, or undefined. */
export function faultOf(arg: Arg, given: Json): string | undefined {
  switch (arg.type) {
    case 'entity':
      return isRef(given) ? undefined : `${arg.label} must name an entity`
    case 'text':
      if (typeof given !== 'string' || given.trim() === '') return `${arg.label} must be text`
      return given.length > arg.max ? `${arg.label} may have ${arg.max} characters, not ${given.length}` : undefined
    case 'filter':
      if (typeof given !== 'string' || given.trim() === '')
        return `${arg.label} must be a filter, such as ${filterExample}`
      return given.length > longestFilter
        ? `a filter may have ${longestFilter.toLocaleString('en')} characters, not ${given.length.toLocaleString('en')}`
        : undefined
    case 'number':
      return numberFault(arg, given)
    case 'duration':
      return durationFault(arg, given)
    case 'choice':
      return arg.values.includes(given as string) ? undefined : `${arg.label} must be one of ${arg.values.join(', ')}`
    case 'time':
      return isInstant(given)
        ? undefined
        : `${quoted(given)} is no moment: say tomorrow 9:00, in 2 hours, Friday 17:00 or 24 November 8:30`
    case 'range':
      return isRange(given)
        ? undefined
        : `${arg.label} must be a stretch of time with a start before its end, such as yesterday to now`
    case 'time-of-day':
      return isTimeOfDay(given) ? undefined : `${quoted(given)} is no time of day: say 8:30 or 17:15`
    case 'weekdays':
      return weekdaysFault(given)
    case 'zone':
      return isZoneName(given)
        ? undefined
        : `${quoted(given)} is no time zone: say a city such as Berlin or an IANA name such as Europe/Berlin`
  }
}

/** A filter that shows how one is written. */
export const filterExample = 'Resource where environment = production and not backup within 7d'

/** What is wrong, what was said, and what may be said: all that somebody needs to say it right. */
function numberFault(arg: Extract<Arg, { type: 'number' }>, given: Json): string | undefined {
  const isNumber = typeof given === 'number' && Number.isFinite(given)
  if (isNumber && given >= arg.min && given <= arg.max && (!arg.integer || Number.isInteger(given))) return undefined
  const [least, most] = [arg.min, arg.max].map((bound) => bound.toLocaleString('en'))
  const said = isNumber ? given.toLocaleString('en', { maximumFractionDigits: 6 }) : quoted(given)
  return `${arg.label} must be a ${arg.integer ? 'whole ' : ''}number from ${least} to ${most}, not ${said}`
}

function durationFault(arg: Extract<Arg, { type: 'duration' }>, given: Json): string | undefined {
  const range = `from ${sayMinutes(arg.min)} to ${sayMinutes(arg.max)}`
  if (typeof given !== 'number' || !Number.isInteger(given))
    return `${quoted(given)} is no length of time: say 30 min, 2 hours or 1 day, ${range}`
  return given < arg.min || given > arg.max ? `${arg.label} must be ${range}, not ${sayMinutes(given)}` : undefined
}

const isTimeOfDay = (given: Json) => typeof given === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(given)

function weekdaysFault(given: Json): string | undefined {
  if (!Array.isArray(given)) return `${quoted(given)} is no set of weekdays: say weekdays, every day or Mon-Thu`
  if (!given.length) return 'no day is chosen: say weekdays, every day or Mon-Thu'
  const wrong = given.find((day) => !allDays.includes(day as Weekday))
  return wrong === undefined ? undefined : `${quoted(wrong)} is no weekday: they are ${allDays.join(', ')}`
}

/** Abbreviations such as EST mean other zones to other people, or one without summer time, so only UTC is taken. */
const isZoneName = (given: Json) =>
  given === ownZone || given === 'UTC' || (typeof given === 'string' && given.includes('/') && isZone(given))

/** What somebody gave, as it is shown back to them. */
const quoted = (given: Json): string =>
  (typeof given === 'string' ? given : JSON.stringify(given)).slice(0, 60) || 'nothing'

const isObject = (given: Json): given is { [key: string]: Json } =>
  typeof given === 'object' && given !== null && !Array.isArray(given)
const isRef = (given: Json) => isObject(given) && typeof given.kind === 'string' && typeof given.id === 'string'
const isInstant = (given: Json | undefined): given is string =>
  typeof given === 'string' && /^\d{4}-\d\d-\d\dT/.test(given) && !Number.isNaN(Date.parse(given))
const isRange = (given: Json) =>
  isObject(given) && isInstant(given.from) && isInstant(given.to) && Date.parse(given.from) < Date.parse(given.to)
