import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { createClock, type MovableClock } from '../clock.js'
import type { TenantStore } from '../store/contract.js'
import { openSqliteStore, type SqliteStore } from '../store/sqlite/open.js'
import { holdLease } from './hold-lease.js'
import { startLeasedLoop, type LeasedLoop, type WorkTurn } from './leased-loop.js'

const leaseMs = 6_000

interface Item {
  id: string
  claim: string
}

/** A hub on the store that all of a test's hubs share: what it works on is open until the test ends it. */
interface HubUnderTest {
  loop: LeasedLoop
  tenant: TenantStore
  /** Items in its hands, by id. */
  begun: Map<string, { turn: WorkTurn; end(): void }>
  ended: string[]
}

let folder: string
let clock: MovableClock
let queue: string[]
let stores: SqliteStore[]
let hubs: HubUnderTest[]
let failures: unknown[]
let ids = 0

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexus-loop-'))
  clock = createClock()
  clock.set('2026-11-21T08:00:00.000Z')
  queue = []
  stores = []
  hubs = []
  failures = []
})
afterEach(async () => {
  for (const { loop, begun } of hubs) {
    for (const { end } of begun.values()) end()
    await loop.stop()
  }
  for (const store of stores) await store.close()
  rmSync(folder, { recursive: true })
  expect(failures).toEqual([])
})

const now = () => Date.parse(clock.now())
const forward = (ms: number) => clock.set(new Date(now() + ms).toISOString())

async function until(what: string, is: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    if (is()) return
    await pause(5)
  }
  throw new Error(`${what} did not come`)
}

/** Starts a hub. `reachable` says whether it can renew its lease. */
async function startHub({ hands = 2, reachable = (): boolean => true } = {}): Promise<HubUnderTest> {
  const store = await openSqliteStore({ folder, clock: { now }, id: () => `id-${ids++}` })
  stores.push(store)
  const tenant = store.forTenant('contoso')
  const lease = holdLease((ttlMs) => store.lease('loop', ttlMs), now, leaseMs)
  const hub: HubUnderTest = {
    tenant,
    begun: new Map(),
    ended: [],
    loop: startLeasedLoop<Item>({
      clock,
      hands,
      every: 60_000,
      sole: {
        lease: { ...lease, keep: async () => (reachable() ? lease.keep() : undefined) },
        learn: async () => {},
        left: async () => queue.length,
      },
      claim: async (limit) => queue.splice(0, limit).map((id) => ({ id, claim: id })),
      nameOf: ({ id }) => id,
      async work({ id }, turn) {
        await new Promise<void>((end) => hub.begun.set(id, { turn, end }))
        await tenant.commit('work', [{ op: 'put', kind: 'ended', id, data: null }], turn)
        hub.ended.push(id)
        hub.begun.delete(id)
      },
      failed: (error) => failures.push(error),
    }),
  }
  hubs.push(hub)
  return hub
}

const end = (hub: HubUnderTest, id: string) => hub.begun.get(id)!.end()

/** Lets so much time go by in steps that a loop has the chance to renew in. */
async function live(ms: number): Promise<void> {
  for (let gone = 0; gone < ms; gone += leaseMs / 3) {
    forward(leaseMs / 3 + 1)
    await pause(20)
  }
}

test('work that takes longer than the lease keeps it, also while all hands are full', async () => {
  queue = ['a', 'b', 'c']
  const first = await startHub()
  await until('two in hand', () => first.begun.size === 2)
  const second = await startHub()
  await live(5 * leaseMs)
  expect([second.begun.size, first.begun.get('a')!.turn.signal.aborted]).toEqual([0, false])
  end(first, 'a')
  end(first, 'b')
  await until('the third', () => first.begun.has('c'))
  expect(first.ended).toEqual(['a', 'b'])
})

test('a lease that is lost in the middle of work ends what would begin, begins nothing more, and refuses the writes', async () => {
  let reachable = true
  const first = await startHub({ reachable: () => reachable })
  queue = ['a']
  first.loop.nudge()
  await until('one in hand', () => first.begun.has('a'))
  const { signal } = first.begun.get('a')!.turn
  reachable = false
  forward(leaseMs + 1)
  const second = await startHub()
  queue = ['b']
  second.loop.nudge()
  await until('the other has it', () => second.begun.has('b'))
  await until('the first knows', () => signal.aborted)
  queue = ['c']
  first.loop.nudge()
  second.loop.nudge()
  await until('the other takes the next', () => second.begun.has('c'))
  end(second, 'b')
  await until('written', () => second.ended.length === 1)
  end(first, 'a')
  await first.loop.stop()
  expect([first.ended, first.begun.has('c')]).toEqual([[], false])
  expect(await first.tenant.get({ partition: 'work', kind: 'ended', id: 'a' })).toBeUndefined()
})

test('work that was begun under a lost grant stays fenced when the same hub gets the lease again', async () => {
  let reachable = true
  const first = await startHub({ reachable: () => reachable })
  queue = ['a']
  first.loop.nudge()
  await until('one in hand', () => first.begun.has('a'))
  const before = first.begun.get('a')!.turn
  reachable = false
  forward(leaseMs + 1)
  const second = await startHub()
  await until('the first knows', () => before.signal.aborted)
  await second.loop.stop()
  forward(leaseMs + 1)
  reachable = true
  queue = ['b']
  first.loop.nudge()
  await until('the lease is back', () => first.begun.has('b'))
  expect(first.begun.get('b')!.turn.fence!.fence).toBeGreaterThan(before.fence!.fence)
  end(first, 'b')
  await until('written', () => first.ended.length === 1)
  end(first, 'a')
  await first.loop.stop()
  expect(first.ended).toEqual(['b'])
})

test('stopped during work it begins nothing more, renews until the work is done, and then answers', async () => {
  queue = ['a', 'b', 'c']
  const first = await startHub()
  await until('two in hand', () => first.begun.size === 2)
  const { signal } = first.begun.get('a')!.turn
  let stopped = false
  const stopping = first.loop.stop().then(() => (stopped = true))
  const second = await startHub()
  await live(3 * leaseMs)
  expect([stopped, signal.aborted, queue, second.begun.size]).toEqual([false, true, ['c'], 0])
  end(first, 'a')
  end(first, 'b')
  await stopping
  expect(first.ended).toEqual(['a', 'b'])
  await live(leaseMs)
  await until('the other goes on', () => second.begun.has('c'))
})

test('of two loops one works; the other says when that one has nothing left, or after the time of a lease', async () => {
  queue = ['a', 'b']
  const first = await startHub({ hands: 1 })
  await until('one in hand', () => first.begun.has('a'))
  const second = await startHub({ hands: 1 })
  let drained: number | undefined
  const waiting = second.loop.drained().then((worked) => (drained = worked))
  await pause(50)
  expect(drained).toBeUndefined()
  end(first, 'a')
  await until('the next', () => first.begun.has('b'))
  await waiting
  expect([drained, second.begun.size]).toEqual([0, 0])
  queue = ['c']
  const late = second.loop.drained()
  await live(leaseMs)
  expect([await late, queue]).toEqual([0, ['c']])
})
