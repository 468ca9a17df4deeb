import type { Instant } from '../../../skills/kit/model.js'
import { createBell } from '../bell.js'

/** What the worker is made of. */
export interface FollowParts {
  /** Reads what was written since the last call, by whichever hub. */
  catchUp(): Promise<void>
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Milliseconds between two looks. */
  every: number
  failed(error: unknown): void
}

/** Keeps a replica's read model near to the record. */
export interface FollowWorker {
  /** Says that something was written. */
  nudge(): void
  stop(): Promise<void>
}

/** Starts a loop that reads the store's change feed: at once when nudged, else every while, for what other hubs wrote. */
export function startFollowing({ catchUp, clock, every, failed }: FollowParts): FollowWorker {
  const stopping = new AbortController()
  const bell = createBell()
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const rung = bell.rung()
      await catchUp().catch((error: unknown) => {
        if (!stopping.signal.aborted) failed(error)
      })
      if (stopping.signal.aborted) return
      await clock.until(new Date(Date.parse(clock.now()) + every).toISOString(), rung).catch(() => {})
    }
  }
  const running = loop()
  return {
    nudge: () => bell.ring(),
    async stop() {
      stopping.abort()
      bell.ring()
      await running
    },
  }
}
