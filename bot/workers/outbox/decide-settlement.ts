import type { Delivery, Found } from '../../outgoing.js'
import type { Settlement } from '../../store/queues.js'

/** An attempt to send, as far as it matters for what comes next. */
export interface Attempt {
  op: 'post' | 'edit'
  /** How often the item was claimed, this time included. */
  attempts: number
  /** When the item was enqueued, and now; milliseconds since 1970. */
  at: number
  now: number
  /** Whether the place can be read, to learn whether a message is there. */
  canRead: boolean
  /** Somebody waits for it: rather twice, saying so, than never. */
  mayRepeat?: true
  /** From 0 up to 1, by chance: spreads retries. */
  chance: number
}

/** How an attempt ends. */
export interface Decision {
  settlement: Settlement
  /** The note of the attempt stays, so that the next one looks before it sends. */
  keepNote?: true
  /** What the call referred to is gone: it is forgotten, and the next attempt posts anew. */
  forget?: true
}

/** Longest an item is tried for; what people were to know yesterday is no news. */
export const patience = 24 * 60 * 60_000
const firstPause = 1_000
const longestPause = 60_000
/** How long after a lost answer the place is read: a service that gave none may still be at work. */
const settleTime = 5_000
/** How long after an attempt a message that was taken is surely shown to those who read: services show it seconds late. */
const showTime = 20_000
/** Attempts to say an answer again that may have arrived each time; then people decide. */
const mostRepeats = 6

/**
 * Milliseconds until the next attempt: doubled each time, half of it by chance, and never before what the service asked for.
 * Microsoft asks for exponential back-off with jitter ("Optimize your bot with rate limiting in Teams").
 */
export function backOff(attempts: number, chance: number, retryAfterMs = 0): number {
  const pause = Math.min(longestPause, firstPause * 2 ** Math.min(attempts - 1, 20))
  const spread = Math.round(pause / 2 + (chance * pause) / 2)
  return retryAfterMs ? retryAfterMs + Math.round(chance * firstPause) : spread
}

/** Decides how an attempt is settled, with the reason that people see. Pure. */
export function decideSettlement(attempt: Attempt, delivery: Delivery): Decision {
  switch (delivery.is) {
    case 'delivered':
      return { settlement: { state: 'sent', result: { activityId: delivery.activityId } } }
    case 'busy':
      return retry(attempt, delivery.reason, delivery.retryAfterMs)
    case 'unsure':
      return decideUnsure(attempt, delivery.reason)
    case 'gone':
      return delivery.what === 'activity'
        ? { ...retry({ ...attempt, attempts: 1 }, `${delivery.reason} It is posted anew.`), forget: true }
        : dead(delivery.reason)
    case 'barred':
    case 'rejected':
      return dead(delivery.reason)
  }
}

/**
 * An edit may be sent twice, it says the same again; a post may not, so the place is read first, where it can be. An answer that somebody
 * waits for is said again where it cannot, as something that may stand there twice.
 */
function decideUnsure(attempt: Attempt, reason: string): Decision {
  if (attempt.op === 'edit') return retry(attempt, reason)
  if (attempt.mayRepeat && !attempt.canRead && attempt.attempts < mostRepeats)
    return { ...retry(attempt, `${reason} It is said again, with words that say so.`), keepNote: true }
  if (!attempt.canRead) return { settlement: { state: 'unknown', reason } }
  const notBefore = attempt.now + settleTime
  return { settlement: { state: 'retry', notBefore, reason: `${reason} The thread is read first.` }, keepNote: true }
}

/**
 * Decides what follows from reading a place for a message whose answer was lost.
 * @param found ids of messages that nobody else's item posted, or why there are none to be had
 * @param since when the latest attempt began, milliseconds since 1970
 * @returns how the item is settled, or undefined where the message is to be sent: it is not there, or may stand there twice
 */
export function decideAfterLook(attempt: Attempt, found: Found, since: number): Decision | undefined {
  if (Array.isArray(found)) {
    if (found.length) return { settlement: { state: 'sent', result: { activityId: found[0]! } } }
    const notBefore = since + showTime
    if (attempt.now >= notBefore) return undefined
    const reason = 'An earlier attempt got no answer, and it is not in the thread yet. It is read once more.'
    return { settlement: { state: 'retry', notBefore, reason }, keepNote: true }
  }
  if (attempt.mayRepeat) return undefined
  if (found === 'never')
    return {
      settlement: { state: 'unknown', reason: 'An earlier attempt got no answer, and this place cannot be read.' },
    }
  const reason = 'An earlier attempt got no answer, and the place cannot be read now.'
  return isTooOld(attempt)
    ? { settlement: { state: 'unknown', reason } }
    : { ...retry(attempt, reason), keepNote: true }
}

function retry(attempt: Attempt, reason: string, retryAfterMs?: number): Decision {
  if (isTooOld(attempt)) return dead(`Given up after 24 hours: ${reason}`)
  const notBefore = attempt.now + backOff(attempt.attempts, attempt.chance, retryAfterMs)
  return { settlement: { state: 'retry', notBefore, reason } }
}

const isTooOld = ({ at, now }: Attempt): boolean => now - at >= patience

const dead = (reason: string): Decision => ({ settlement: { state: 'dead', reason } })

/** Decides after an error of Nexus's own, such as a card that could not be drawn; nothing was sent. */
export const decideFailure = (attempt: Attempt, error: unknown): Decision =>
  retry(attempt, `Nexus could not make the message: ${error instanceof Error ? error.message : String(error)}`)
