import { badInput } from '../kit/errors.js'
import type { Instant } from '../kit/model.js'
import { later } from './incident-writes.js'

/** How long a snooze lasts, as somebody asked for it; each in its own words. */
export interface AskedSnooze {
  /** In minutes. */
  length?: number | undefined
  until?: Instant | undefined
}

/** What "snooze it" means without a time, in minutes. */
const usual = 60

/** When a snooze ends; an hour from now unless told. @throws Fault BadInput where two different times are asked for */
export function snoozeEnd({ length, until }: AskedSnooze, now: Instant): Instant {
  const asked = [
    ...(length === undefined ? [] : [later(now, length * 60_000)]),
    ...(until === undefined ? [] : [new Date(until).toISOString()]),
  ]
  if (new Set(asked).size > 1) throw badInput('That names two times.', 'Say one: for how long, or until when.')
  return asked[0] ?? later(now, usual * 60_000)
}
