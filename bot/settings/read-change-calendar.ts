import { z } from 'zod/v4'
import { environmentName } from '../../skills/kit/environment-names.js'
import type { Settings } from '../../skills/kit/ports.js'
import { isZone, momentOf, weekdays, addDays } from '../../skills/kit/zoned-time.js'
import {
  openCalendar,
  type CalendarScope,
  type ChangeCalendar,
  type ChangeHours,
  type Freeze,
  type FreezeTime,
} from '../hub/change/change-calendar.js'
import { inForce, locateYaml, saysIssues } from './settings-file.js'

/**
 * Where an organisation writes when changes may be made:
 *
 *     zone: Europe/Berlin                       # of every entry that names none; UTC unless told
 *     hours:                                    # a change that any of them is for needs one that holds
 *       - { days: [mon, tue, wed, thu], from: '08:00', to: '17:00', risk: high }
 *     freezes:                                  # nothing changes that one of them is for
 *       - { name: Black Week, services: [web], months: [nov], days: 22-30, except: Change Advisory Board }
 *       - { name: quarter end, from: 2026-12-28T18:00, to: 2027-01-04T08:00, team: payments }
 *       - { name: move of the data centre, from: 2026-12-05, to: 2026-12-06, environment: any }
 *     breakGlass:                               # what an open incident of these severities lets through, for what it hurts
 *       incidents: [sev0, sev1]
 *       actions: [web-app.restart, scale-set.scale]
 *
 * What an entry is for: `environment` (production unless told, `any` for each), `services`, `team`, `command` (such as `action.sql.*`) and
 * `risk`, each one value or a list; all that are there have to hold. Days without a time are whole days, the last one too. `except` is the
 * name of an Entra group whose members may ask all the same. Times are those of the zone's clocks, exact over their changes.
 */
export const changeCalendarPath = 'policies/hours.yaml'

/** The calendar as it was read, and what is wrong with its file. */
export interface ReadCalendar {
  calendar: ChangeCalendar
  /** One sentence each, with the line. */
  mistakes: string[]
}

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((one) => [one]), z.array(item).min(1)]) as z.ZodType<z.output<T>[]>
const name = z.string().trim().min(1).max(200)
const clock = /^([01]\d|2[0-3]):[0-5]\d$/
const zone = z.string().refine(isZone, 'no such time zone: write an IANA name such as Europe/Berlin')
const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const
const scopeFields = {
  environment: oneOrMore(name).default(['production']),
  services: oneOrMore(name).optional(),
  team: oneOrMore(name).optional(),
  command: oneOrMore(name).optional(),
  risk: oneOrMore(z.enum(['low', 'medium', 'high'])).optional(),
}
const Scope = z.object(scopeFields)
const Hours = z.strictObject({
  ...scopeFields,
  days: oneOrMore(z.enum(weekdays)).default([...weekdays]),
  from: z.string().regex(clock, "no time of day: write '08:00'"),
  to: z.string().regex(/^(24:00|([01]\d|2[0-3]):[0-5]\d)$/, "no time of day: write '17:00'"),
  zone: zone.optional(),
})
const Days = z
  .string()
  .regex(/^\d{1,2}(-\d{1,2})?$/, 'write a day of the month or a stretch such as 22-30')
  .transform((text) => text.split('-').map(Number))
  .transform(([first, last = first]) => ({ first: first!, last: last! }))
  .refine(({ first, last }) => 1 <= first && first <= last && last <= 31, 'no days of a month in their order')
const freezeFields = { ...scopeFields, name, zone: zone.optional(), except: name.optional() }
const Yearly = z.strictObject({
  ...freezeFields,
  months: oneOrMore(z.enum(monthNames)),
  days: z
    .union([z.int().transform(String), z.string()])
    .pipe(Days)
    .default({ first: 1, last: 31 }),
})
const Moment = z.string().superRefine((text, context) => {
  const [day = '', time = '00:00'] = text.split('T')
  const isDay = z.iso.date().safeParse(day).success
  if (!isDay || !clock.test(time))
    context.addIssue(`${text.slice(0, 40)} is no day, and no moment such as 2026-12-28T18:00`)
})
const Dated = z.strictObject({ ...freezeFields, from: Moment, to: Moment })
const BreakGlass = z.strictObject({
  incidents: oneOrMore(z.enum(['sev0', 'sev1', 'sev2', 'sev3', 'sev4'])),
  actions: oneOrMore(name).optional(),
})
const File = z.strictObject({
  zone: zone.default('UTC'),
  hours: z.array(z.unknown()).default([]),
  freezes: z.array(z.unknown()).default([]),
  breakGlass: BreakGlass.optional(),
})

/**
 * Reads the calendar's text. Nothing is ever less guarded because the file is broken: in the place of an entry that cannot be read stands
 * a freeze for what the entry was for, until it is mended; where that cannot be read either, for every change.
 */
export function readChangeCalendar(text: string): ReadCalendar {
  const yaml = locateYaml(changeCalendarPath, text)
  if (yaml.mistakes) return closed(yaml.mistakes)
  const file = File.safeParse(yaml.value ?? {})
  if (!file.success) return closed(saysIssues(yaml, file.error.issues))
  const mistakes: string[] = []
  const unread: Freeze[] = []
  /** Takes each entry of a list, or puts a freeze in its place. */
  const read = <T>(list: 'hours' | 'freezes', take: (entry: unknown) => T | z.ZodError): T[] =>
    file.data[list].flatMap((entry, index) => {
      const taken = take(entry)
      if (!(taken instanceof z.ZodError)) return [taken]
      const found = saysIssues(yaml, taken.issues, [list, index])
      mistakes.push(...found)
      unread.push(unreadable(found[0]!, entry))
      return []
    })
  const hours = read('hours', (entry) => hoursOf(entry, file.data.zone))
  const freezes = read('freezes', (entry) => freezeOf(entry, file.data.zone))
  const { breakGlass } = file.data
  const override = breakGlass && {
    severities: breakGlass.incidents.map((severity) => Number(severity.slice(3))),
    ...(breakGlass.actions && { commands: breakGlass.actions.map((id) => `action.${id}`) }),
  }
  return { calendar: { hours, freezes: [...freezes, ...unread], ...(override && { override }) }, mistakes }
}

function hoursOf(entry: unknown, usualZone: string): ChangeHours | z.ZodError {
  const read = Hours.safeParse(entry)
  if (!read.success) return read.error
  const { days, from, to, zone: own = usualZone } = read.data
  return { scope: scopeOf(read.data), days, from, to, zone: own }
}

function freezeOf(entry: unknown, usualZone: string): Freeze | z.ZodError {
  const isYearly = typeof entry === 'object' && entry !== null && 'months' in entry
  const read = isYearly ? Yearly.safeParse(entry) : Dated.safeParse(entry)
  if (!read.success) return read.error
  const { name: title, except, zone: own = usualZone } = read.data
  const time: FreezeTime =
    'months' in read.data
      ? {
          months: read.data.months.map((month) => monthNames.indexOf(month) + 1),
          firstDay: read.data.days.first,
          lastDay: read.data.days.last,
        }
      : { from: momentIn(own, read.data.from, 0), to: momentIn(own, read.data.to, 1) }
  if ('from' in time && time.to <= time.from)
    return new z.ZodError([{ code: 'custom', path: ['to'], message: 'it ends before it begins', input: entry }])
  return { name: title, scope: scopeOf(read.data), time, zone: own, ...(except !== undefined && { except }) }
}

/** A moment of the file; a day without a time counts whole: it begins at its first midnight and ends with its last. */
function momentIn(own: string, text: string, whole: 0 | 1): string {
  const [day = '', time] = text.split('T')
  const [onDay, at] = time === undefined ? [addDays(day, whole), '00:00'] : [day, time]
  return momentOf(own, onDay, at) ?? momentOf(own, addDays(onDay, 1), '00:00')!
}

function scopeOf({ environment, services, team, command, risk }: z.output<typeof Scope>): CalendarScope {
  return {
    ...(!environment.includes('any') && { environments: environment.map(environmentName) }),
    ...(services && { services }),
    ...(team && { teams: team }),
    ...(command && { commands: command }),
    ...(risk && { risks: risk }),
  }
}

const closed = (mistakes: string[]): ReadCalendar => ({
  calendar: { hours: [], freezes: [unreadable(mistakes[0]!, undefined)] },
  mistakes,
})

/** What stands for an entry that cannot be read. */
function unreadable(mistake: string, entry: unknown): Freeze {
  const scope = Scope.safeParse(entry)
  return {
    name: 'nobody knows what it forbids',
    scope: scope.success ? scopeOf(scope.data) : {},
    time: { unread: mistake },
    zone: 'UTC',
    wayOn: 'Whoever keeps the settings can mend the file.',
  }
}

/**
 * The calendar in force, read from the settings at every question. Where they do not answer, the one that was read last holds; before that
 * nothing may change, because nobody knows whether it may.
 * @param report told of the mistakes of a file once, until it changes
 */
export const changeCalendarOf = (
  settings: Pick<Settings, 'read'>,
  report: (mistakes: readonly string[]) => void,
): (() => Promise<ChangeCalendar>) =>
  inForce(settings, {
    path: changeCalendarPath,
    read(text) {
      const { calendar, mistakes } = readChangeCalendar(text)
      return { is: calendar, mistakes }
    },
    absent: openCalendar,
    unread: {
      hours: [],
      freezes: [
        {
          ...unreadable(`${changeCalendarPath} cannot be reached`, undefined),
          wayOn: 'Nexus looks again every minute.',
        },
      ],
    },
    report,
  })
