import type { Instant } from '../../../skills/kit/model.js'
import type { Store } from '../../store/contract.js'
import type { Lease } from '../../store/lease.js'
import { StoreConflict } from '../../store/errors.js'

/** Says which of several hubs does a work that one alone should do. */
export interface Ownership {
  /** Whether it is this one; takes it where nobody has it. */
  mine(): Promise<boolean>
  /** Lets another hub take it at once. */
  release(): Promise<void>
}

/** How long a hub that is gone keeps the others waiting, in milliseconds. */
const ttlMs = 10_000

/**
 * Ownership by a lease of the store, renewed while it is asked for. A hub that is paused beyond its lease may believe for a moment that it
 * still has it; what it does then must be harmless, as with everything that is done at least once.
 */
export function createOwnership(store: Pick<Store, 'lease'>, name: string, clock: { now(): Instant }): Ownership {
  let lease: Lease | undefined
  return {
    async mine() {
      const now = Date.parse(clock.now())
      if (lease && now < lease.until - ttlMs / 2) return true
      try {
        if (lease) await lease.renew()
        else lease = await store.lease(name, ttlMs)
      } catch (error) {
        lease = undefined
        if (!(error instanceof StoreConflict)) throw error
      }
      return lease !== undefined
    },
    async release() {
      await lease?.release()
      lease = undefined
    },
  }
}
