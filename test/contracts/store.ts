import { afterEach, describe } from '@jest/globals'
import type { Store } from '../../bot/store/contract.js'
import { changeFeed } from './store/changes.js'
import { commits } from './store/commits.js'
import { hostileInput } from './store/hostile-input.js'
import { leases } from './store/leases.js'
import { queues } from './store/queues.js'
import { queries } from './store/queries.js'
import { randomHistories } from './store/random-histories.js'
import { streams } from './store/streams.js'
import { tenants } from './store/tenants.js'
import { timers } from './store/timers.js'

/** Business time of a test: it stands still until it is moved. */
export interface TestClock {
  now(): number
  advance(ms: number): void
}

/** A store that a test has for itself. */
export interface OpenedStore {
  store: Store
  /** Another client of the same data, as a second process has one. */
  client(): Promise<Store>
  /** Closes every client and opens the data again. */
  reopen(): Promise<Store>
  /** Closes every client and removes the data. */
  remove(): Promise<void>
}

/** Opens an empty store on a clock. */
export type OpenStore = (clock: TestClock) => Promise<OpenedStore>

/** What each part of the suite is given: a fresh store on demand, removed after the test. */
export interface StoreTest extends OpenedStore {
  clock: TestClock
}

/**
 * The contract of bot/store/contract.ts as tests. Each engine calls it from a test file of its own, and changes nothing.
 * @param name the engine's
 */
export function storeContract(name: string, open: OpenStore): void {
  describe(`the store contract on ${name}`, () => {
    const opened: OpenedStore[] = []
    const fresh = async (): Promise<StoreTest> => {
      const clock = testClock()
      const store = await open(clock)
      opened.push(store)
      return { ...store, clock }
    }
    afterEach(async () => {
      for (const store of opened.splice(0)) await store.remove()
    })
    for (const part of [
      commits,
      queries,
      tenants,
      queues,
      timers,
      leases,
      streams,
      changeFeed,
      hostileInput,
      randomHistories,
    ])
      part(fresh)
  })
}

/** A clock that stands at a Monday morning. */
export function testClock(): TestClock {
  let now = Date.UTC(2026, 10, 23, 8)
  return {
    now: () => now,
    advance: (ms) => {
      now += ms
    },
  }
}
