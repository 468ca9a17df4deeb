import type { Instant } from '../skills/kit/model.js'

/** Business time: what answers, schedules and ages go by. Tokens and client retries keep real time. */
export interface Clock {
  now(): Instant
  /** Returns at a moment, or rejects when the signal aborts first. */
  until(at: Instant, signal: AbortSignal): Promise<void>
}

/** A clock that can be moved, for tests and demos. */
export interface MovableClock extends Clock {
  /** Moves business time; it runs on from there. Everybody who waits for a moment that has come is woken. */
  set(now: Instant): void
}

interface Waiter {
  /** Looks at the clock: wakes who waits, or sets the machine's timer for what is left. */
  look(): void
}

/** The machine's clock, moved by an offset that is zero until somebody sets it. */
export function createClock(): MovableClock {
  let offset = 0
  const waiters = new Set<Waiter>()
  const now = () => Date.now() + offset
  return {
    now: () => new Date(now()).toISOString(),
    until: (at, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const moment = Date.parse(at)
        let timer: NodeJS.Timeout | undefined
        const end = (settle: () => void) => {
          clearTimeout(timer)
          waiters.delete(waiter)
          signal.removeEventListener('abort', abort)
          settle()
        }
        const abort = () => end(() => reject(signal.reason as Error))
        const waiter: Waiter = {
          look() {
            clearTimeout(timer)
            const left = moment - now()
            // Never at once: who waits for a moment that has passed, again and again, lets others have their turn.
            if (left <= 0) timer = setTimeout(() => end(resolve), 0)
            else timer = setTimeout(waiter.look, Math.min(left, longestTimer))
          },
        }
        signal.addEventListener('abort', abort, { once: true })
        waiters.add(waiter)
        waiter.look()
      }),
    set(instant) {
      offset = Date.parse(instant) - Date.now()
      for (const waiter of [...waiters]) waiter.look()
    },
  }
}

/** Node's timers overflow beyond 2^31-1 ms; a longer wait is looked at again then. */
const longestTimer = 2_147_483_647
