import type { Fence, Lease } from '../store/lease.js'
import { StoreConflict } from '../store/errors.js'

/** Which of several hubs on one store does a work; at most one at a time, as far as fenced writes go. */
export interface HeldLease {
  /** Milliseconds it lasts without being renewed: so long nobody works when a hub dies. */
  ttlMs: number
  /** Takes the lease where it is free, and renews it in time. @returns the grant of this hub, or undefined where another has the lease */
  keep(): Promise<Fence | undefined>
  /** Says that a fenced write was refused: another hub has it by now. */
  lost(): void
  /** Gives it up, so that the next hub need not wait for its end. */
  release(): Promise<void>
}

/**
 * Keeps a lease for as long as `keep` is called several times within its time.
 * @param take asks the store for it
 * @param now milliseconds since 1970, by the store's clock
 */
export function holdLease(
  take: (ttlMs: number) => Promise<Lease | undefined>,
  now: () => number,
  ttlMs: number,
): HeldLease {
  let lease: Lease | undefined
  let renewAt = 0
  const grant = (): Fence | undefined => lease && { name: lease.name, fence: lease.fence }
  return {
    ttlMs,
    async keep() {
      if (lease && now() < renewAt) return grant()
      const held = lease
      if (held)
        try {
          await held.renew()
          renewAt = now() + ttlMs / 3
          return grant()
        } catch (error) {
          if (!(error instanceof StoreConflict)) throw error
          lease = undefined // another hub took it meanwhile
        }
      lease = await take(ttlMs)
      renewAt = now() + ttlMs / 3
      return grant()
    },
    lost() {
      lease = undefined
    },
    async release() {
      const held = lease
      lease = undefined
      await held?.release()
    },
  }
}
