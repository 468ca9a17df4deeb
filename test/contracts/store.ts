import { afterEach, describe } from '@jest/globals'
import { changeFeed } from './store/changes.js'
import { commits } from './store/commits.js'
import { type OpenStore, type OpenedStore, type StoreTest, testClock } from './store/fixture.js'
import { hostileInput } from './store/hostile-input.js'
import { leases } from './store/leases.js'
import { queues } from './store/queues.js'
import { queries } from './store/queries.js'
import { randomHistories } from './store/random-histories.js'
import { streams } from './store/streams.js'
import { tenants } from './store/tenants.js'
import { timers } from './store/timers.js'

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
