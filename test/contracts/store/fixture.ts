import type { Store } from '../../../bot/store/contract.js'

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

/** Makes an empty store for one test. */
export type Fresh = () => Promise<StoreTest>

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
