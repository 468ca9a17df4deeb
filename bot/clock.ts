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
  at: number
  wake(): void
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
        const end = (settle: () => void) => {
          clearTimeout(timer)
          waiters.delete(waiter)
          signal.removeEventListener('abort', abort)
          settle()
        }
        const abort = () => end(() => reject(signal.reason as Error))
        const waiter: Waiter = { at: Date.parse(at), wake: () => end(resolve) }
        const timer = setTimeout(waiter.wake, Math.min(Math.max(0, waiter.at - now()), longestTimer))
        signal.addEventListener('abort', abort, { once: true })
        waiters.add(waiter)
      }),
    set(instant) {
      offset = Date.parse(instant) - Date.now()
      for (const waiter of [...waiters]) if (waiter.at <= now()) waiter.wake()
    },
  }
}

/** Node's timers overflow beyond 2^31-1 ms; a waiter woken early by this asks again. */
const longestTimer = 2_147_483_647
