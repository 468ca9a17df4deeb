import type { Instant } from '../kit/model.js'
import { dayIn } from '../kit/zoned-time.js'
import type { Setting } from './setting.js'

/** What becomes of a digest whose time has come. */
export type WakeDecision =
  /** It goes out; `late` where that is not at its time. */
  | { do: 'send'; late?: true }
  /** Its moment is over: the next one covers its time as well. */
  | { do: 'skip' }
  /** There is nobody to send it to. */
  | { do: 'leave' }

/** What comes later than this is said to be late. */
const punctual = 10 * 60_000
/** A good morning in the afternoon is none: later than this, or on another day, nothing is sent. */
export const latest = 4 * 3_600_000

/**
 * Decides about a digest that is due.
 * @param reachable whether its person may use Nexus and has a chat with it
 */
export function decideWake(due: NonNullable<Setting['next']>, now: Instant, reachable: boolean): WakeDecision {
  if (!reachable) return { do: 'leave' }
  const late = Date.parse(now) - Date.parse(due.at)
  if (late > latest || dayIn(due.zone, now) !== dayIn(due.zone, due.at)) return { do: 'skip' }
  return late > punctual ? { do: 'send', late: true } : { do: 'send' }
}
