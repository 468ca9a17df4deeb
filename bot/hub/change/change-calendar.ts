import { environmentName } from '../../../skills/kit/environment-names.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Decision, Plan, Risk } from '../../../skills/kit/plan.js'
import {
  addDays,
  clockIn,
  dayIn,
  dayTitle,
  momentOf,
  weekdayOf,
  zoneTitle,
  type Day,
  type Weekday,
} from '../../../skills/kit/zoned-time.js'

/** Which changes an entry of the calendar is for: every field that is there has to hold, one value of those listed is enough. */
export interface CalendarScope {
  /** Usual names, such as `production`; absent for any. A target whose environment nobody knows counts as being in each. */
  environments?: readonly string[]
  /** Catalog ids. */
  services?: readonly string[]
  teams?: readonly string[]
  /** Ids of commands; one may end in `*`. */
  commands?: readonly string[]
  risks?: readonly Risk[]
}

/** Hours in which changes may be made, on some days of every week, by the clocks of a zone. */
export interface ChangeHours {
  scope: CalendarScope
  days: readonly Weekday[]
  /** `08:00`. */
  from: string
  /** `17:00`; `24:00` is midnight, and one that is not after `from` is of the next day. */
  to: string
  zone: string
}

/** When a freeze holds: between two moments, on the same days of each year, or as long as nobody knows what it says. */
export type FreezeTime =
  { from: Instant; to: Instant } | { months: readonly number[]; firstDay: number; lastDay: number } | { unread: string }

/** A time in which nothing of a kind changes. */
export interface Freeze {
  /** Why, as people read it: "Black Week". */
  name: string
  scope: CalendarScope
  time: FreezeTime
  zone: string
  /** Name of the Entra group whose members may ask all the same. */
  except?: string
  /** What else lifts it, as a sentence. */
  wayOn?: string
}

/** Open incidents of these severities let these commands through, for what the incident hurts. */
export interface MajorIncidents {
  severities: readonly number[]
  /** Ids of commands; absent for all. */
  commands?: readonly string[]
}

/** When an organisation lets changes be made. */
export interface ChangeCalendar {
  /** A change needs one of the hours that are for it; without any it may be made at any time. */
  hours: readonly ChangeHours[]
  freezes: readonly Freeze[]
  override?: MajorIncidents
}

/** The calendar of who has written none. */
export const openCalendar: ChangeCalendar = { hours: [], freezes: [] }

/** What the calendar goes by. */
export interface CalendarQuestion {
  command: string
  plan: Pick<Plan, 'environment' | 'risk' | 'team' | 'target'>
  /** Catalog ids of the services that the target is, or is a part of. */
  services: readonly string[]
  /** Names of the Entra groups the asker is in. */
  groups: readonly string[]
  /** Incidents that are open and hurt the target's services, or what depends on them. */
  incidents: readonly { name: string; severity: number }[]
  at: Instant
}

/**
 * What the calendar says to a change at a moment: one decision for each freeze that holds and one for the hours, none where nothing in the
 * calendar is about it. Pure.
 */
export function calendarDecisions(calendar: ChangeCalendar, asked: CalendarQuestion): Decision[] {
  const freezes = calendar.freezes
    .filter(({ scope }) => isFor(scope, asked))
    .flatMap((freeze) => frozen(freeze, asked, calendar.override))
  const hours = calendar.hours.filter(({ scope }) => isFor(scope, asked))
  return [...freezes, ...(hours.length ? [inHours(hours, asked, calendar.override)] : [])]
}

function isFor({ environments, services, teams, commands, risks }: CalendarScope, asked: CalendarQuestion): boolean {
  const { environment, team, risk } = asked.plan
  const inEnvironment =
    environments === undefined || environment === undefined || environments.includes(environmentName(environment))
  return (
    inEnvironment &&
    (services === undefined || asked.services.some((id) => services.includes(id))) &&
    (teams === undefined || (team !== undefined && teams.includes(team))) &&
    (risks === undefined || risks.includes(risk)) &&
    (commands === undefined || isOneOf(commands, asked.command))
  )
}

const isOneOf = (patterns: readonly string[], command: string): boolean =>
  patterns.some((pattern) => (pattern.endsWith('*') ? command.startsWith(pattern.slice(0, -1)) : command === pattern))

function frozen(freeze: Freeze, asked: CalendarQuestion, override: MajorIncidents | undefined): Decision[] {
  const { name, except } = freeze
  const end = endOf(freeze, asked.at)
  if (!end) return []
  if (except !== undefined && asked.groups.includes(except))
    return [warned(`${end.said}: ${name}. ${except} may ask all the same.`)]
  const others = except === undefined ? undefined : `Members of ${except} may ask all the same.`
  return [stopped(`${end.said}: ${name}.`, [others, freeze.wayOn], asked, override)]
}

/** How a freeze that holds at a moment is said, with its end; undefined where it does not hold. */
function endOf({ time, zone }: Freeze, at: Instant): { said: string } | undefined {
  if ('unread' in time) return { said: `Frozen until it is mended (${time.unread})` }
  if ('from' in time)
    return time.from <= at && at < time.to ? { said: `Frozen until ${sayMoment(time.to, zone)}` } : undefined
  const isFrozen = (day: Day) => {
    const [, month, date] = day.split('-').map(Number) as [number, number, number]
    return time.months.includes(month) && time.firstDay <= date && date <= time.lastDay
  }
  const today = dayIn(zone, at)
  if (!isFrozen(today)) return undefined
  let end = addDays(today, 1)
  for (let days = 0; isFrozen(end) && days < 366; days++) end = addDays(end, 1)
  return { said: isFrozen(end) ? 'Frozen all year' : `Frozen until ${sayMoment(startOf(zone, end, '00:00'), zone)}` }
}

/** Says whether one of the hours holds now, and when the next ones begin. */
function inHours(
  hours: readonly ChangeHours[],
  asked: CalendarQuestion,
  override: MajorIncidents | undefined,
): Decision {
  const { at } = asked
  const stretches = hours.flatMap((one) => stretchesAround(one, at).map((stretch) => ({ ...stretch, zone: one.zone })))
  const open = stretches
    .filter(({ from, to }) => from <= at && at < to)
    .sort(by('to'))
    .at(-1)
  if (open) return { allowed: true, reason: `Within the change hours, until ${sayMoment(open.to, open.zone)}.` }
  const next = stretches.filter(({ from }) => from > at).sort(by('from'))[0]
  const when = next ? ` They begin again on ${sayMoment(next.from, next.zone)}.` : ''
  return stopped(`Outside the change hours.${when}`, [], asked, override)
}

const by =
  <K extends string>(field: K) =>
  (a: Record<K, string>, b: Record<K, string>): number =>
    a[field] < b[field] ? -1 : 1

/** The stretches of hours from the day before a moment to eight days after it. */
function stretchesAround({ days, from, to, zone }: ChangeHours, at: Instant): { from: Instant; to: Instant }[] {
  const today = dayIn(zone, at)
  const near = Array.from({ length: 10 }, (_, index) => addDays(today, index - 1))
  return near
    .filter((day) => days.includes(weekdayOf(day)))
    .map((day) => {
      const isNextDay = to <= from || to === '24:00'
      const end = isNextDay ? addDays(day, 1) : day
      return { from: startOf(zone, day, from), to: startOf(zone, end, to === '24:00' ? '00:00' : to) }
    })
}

/** A moment of a day; of a day that a zone's calendar leaves out, the beginning of the next one. */
function startOf(zone: string, day: Day, time: string): Instant {
  return momentOf(zone, day, time) ?? startOf(zone, addDays(day, 1), '00:00')
}

/** A refusal, or a warning where an open major incident lets the change through. */
function stopped(
  reason: string,
  ways: readonly (string | undefined)[],
  asked: CalendarQuestion,
  override: MajorIncidents | undefined,
): Decision {
  const allows = override && (override.commands === undefined || isOneOf(override.commands, asked.command))
  const incident = allows && asked.incidents.find(({ severity }) => override.severities.includes(severity))
  if (incident) return warned(`${reason} ${incident.name} (SEV ${incident.severity}) is open, so it may go on.`)
  const major = allows && `An open incident of SEV ${override.severities.join(' or ')} on it lets this go on.`
  const wayOn = [...ways, major].filter(Boolean).join(' ')
  return { allowed: false, reason, ...(wayOn && { wayOn }) }
}

const warned = (reason: string): Decision => ({ allowed: true, warns: true, reason })

/** Text only, because it stands in plans and refusals: "Monday 30 November 00:00 Berlin time". */
const sayMoment = (at: Instant, zone: string): string =>
  `${dayTitle(dayIn(zone, at))} ${clockIn(zone, at)} ${zoneTitle(zone)}`
