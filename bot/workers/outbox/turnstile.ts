import type { Instant } from '../../../skills/kit/model.js'
import type { CountedSend } from '../../store/records/pace-records.js'
import { Pace, tenantLimits, threadLimits, type Limit } from './pace.js'

/** A send whose turn has come, until it is answered. */
export interface Turn {
  leave(): void
}

/** Lets sends through at the pace that Teams allows. */
export interface Turnstile {
  /**
   * Waits for a turn where that is soon, else says when to come back.
   * @param thread what Teams counts as one thread
   * @param calls how many calls of the service the send takes
   * @param signal ends the waiting: the send is to come back at once
   */
  enter(thread: string, calls: number, signal: AbortSignal): Promise<Turn | { notBefore: number; reason: string }>
  /** Counts a send that waits for nobody, because a person waits for it: others make way. */
  count(thread: string): Turn
  /** Counts a send of another hub. */
  remember(send: CountedSend): void
}

/** What a turnstile is made of. */
export interface TurnstileParts {
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /**
   * Real time in milliseconds since 1970 that never goes back, the same for all hubs: the service counts by it, whatever business time
   * says.
   */
  ticks(): number
  /** Told of each send when it is answered. */
  counted?(send: CountedSend): void
  thread?: readonly Limit[]
  tenant?: readonly Limit[]
}

/** The key under which all sends of the tenant count. */
const all = '*'
/** Longest a send waits in a worker's hands; beyond, it gives way to other threads. */
const longestWait = 1_000
const sweepEvery = 60_000

/** A turnstile for one tenant. */
export function createTurnstile({
  clock,
  ticks,
  counted = () => {},
  thread = threadLimits,
  tenant = tenantLimits,
}: TurnstileParts): Turnstile {
  const threads = new Pace(thread)
  const whole = new Pace(tenant)
  let swept = ticks()

  return {
    async enter(key, calls, signal) {
      for (;;) {
        const now = ticks()
        const wait = Math.ceil(Math.max(threads.next(key, now), whole.next(all, now, calls)) - now)
        if (wait <= 0) return begin(key, calls)
        if (wait > longestWait || signal.aborted)
          return {
            notBefore: Date.parse(clock.now()) + (signal.aborted ? 0 : wait),
            reason: "Waits for Teams' rate limit.",
          }
        await clock.until(new Date(Date.parse(clock.now()) + wait).toISOString(), signal).catch(() => {})
      }
    },
    count: (key) => begin(key, 1),
    remember: ({ key, at }) => (key === all ? whole : threads).remember(key, at),
  }

  function begin(key: string, calls: number): Turn {
    const now = ticks()
    if (now - swept > sweepEvery) {
      threads.forget(now)
      swept = now
    }
    const sends = [
      { key, send: threads.begin(key) },
      ...Array.from({ length: calls }, () => ({ key: all, send: whole.begin(all) })),
    ]
    return {
      leave() {
        const at = ticks()
        for (const { key, send } of sends) if (send.answered(at)) counted({ key, at })
      },
    }
  }
}
