import { badInput } from '../kit/errors.js'
import type { Instant } from '../kit/model.js'
import { snoozeLengths } from './buttons.js'
import { later } from './incident-writes.js'

/** How long a snooze lasts, as somebody asked for it; each in its own words. */
export interface AskedSnooze {
  minutes?: number | undefined
  hours?: number | undefined
  length?: keyof typeof snoozeLengths | undefined
  until?: Instant | undefined
}

/** What "snooze it" means without a time, in minutes. */
const usual = 60

/** When a snooze ends; an hour from now unless told. @throws Fault BadInput where two different times are asked for */
export function snoozeEnd({ minutes, hours, length, until }: AskedSnooze, now: Instant): Instant {
  const asked = [
    ...(minutes === undefined ? [] : [later(now, minutes * 60_000)]),
    ...(hours === undefined ? [] : [later(now, hours * 3_600_000)]),
    ...(length === undefined ? [] : [later(now, snoozeLengths[length] * 60_000)]),
    ...(until === undefined ? [] : [new Date(until).toISOString()]),
  ]
  if (new Set(asked).size > 1) throw badInput('That names two times.', 'Say one: for how long, or until when.')
  return asked[0] ?? later(now, usual * 60_000)
}
