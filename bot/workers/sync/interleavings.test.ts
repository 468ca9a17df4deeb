import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { unavailable } from '../../../skills/kit/errors.js'
import { SampleVendor } from './testing/sample-vendor.js'
import { SyncBench, type SyncHub } from './testing/sync-bench.js'

// Sweeps, deltas, rereadings, failures, killed hubs and hubs that are paused beyond their lease, in any order, against the vendor itself: at
// the end the record is what the vendor says, and at no moment was anything closed that the vendor had all the time.

type Deed =
  | { do: 'set'; id: string; version: number }
  | { do: 'remove'; id: string }
  | { do: 'forget' }
  | { do: 'event'; id: string }
  | { do: 'wish'; what: 'sweep' | 'news' }
  | { do: 'pass'; ms: number }
  | { do: 'steps'; count: number }
  | { do: 'fail'; count: number; named: boolean }
  | { do: 'kill'; at: string; passing: number }
  | { do: 'pause'; at: string; passing: number; steps: number }

const ids = Array.from({ length: 9 }, (_, n) => `s${n}`)
const moments = [
  ...['sync.page-read', 'sync.put', 'sync.written', 'sync.page-kept', 'sync.ended', 'sync.closed', 'sync.swept'],
  ...['sync.delta-read', 'sync.reread-read', 'sync.reread-kept'],
]
const id = fc.constantFrom(...ids)
const moment = { at: fc.constantFrom(...moments), passing: fc.integer({ min: 1, max: 3 }) }
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), id, version: fc.integer({ min: 0, max: 2 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove' as const), id }) },
  { weight: 1, arbitrary: fc.constant({ do: 'forget' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('event' as const), id }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wish' as const),
      what: fc.constantFrom('sweep' as const, 'news' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(1_500, 65_000, 400_000) }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 6 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      count: fc.integer({ min: 1, max: 3 }),
      named: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill' as const), ...moment }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('pause' as const), ...moment, steps: fc.integer({ min: 1, max: 8 }) }),
  },
)

class Killed extends Error {}

/** A vendor with three on a page, of which one service is somebody else's as well, and the hub that has its lease. */
class World {
  readonly vendor: SampleVendor
  failures = 0
  named = false
  /** What the record had while the vendor had it, ever since: none of it may be missing. */
  readonly lasting = new Set<string>()
  readonly seen = { kills: 0, pauses: 0, failures: 0 }
  hub!: SyncHub

  constructor(readonly bench: SyncBench) {
    this.vendor = new SampleVendor({
      asked: () => {
        if (this.failures === 0) return
        this.failures--
        this.seen.failures++
        throw unavailable('Sample does not answer.', undefined, undefined, this.named ? 90_000 : undefined)
      },
    })
  }

  async takeOver(): Promise<void> {
    this.hub = await this.bench.hub(this.vendor.source())
    await this.hub.take()
  }

  async act(deed: Deed): Promise<void> {
    const { vendor, hub } = this
    if (deed.do === 'set') vendor.set(deed.id, deed.version)
    else if (deed.do === 'remove') {
      vendor.remove(deed.id)
      this.lasting.delete(deed.id)
    } else if (deed.do === 'forget') vendor.forget()
    else if (deed.do === 'event') await hub.records.want([{ kind: 'Service', id: deed.id }], this.bench.clock.now())
    else if (deed.do === 'wish') await hub.records.wish(deed.what)
    else if (deed.do === 'pass') this.bench.pass(deed.ms)
    else if (deed.do === 'steps') for (let n = 0; n < deed.count; n++) await hub.step()
    else if (deed.do === 'fail') Object.assign(this, { failures: deed.count, named: deed.named })
    else if (deed.do === 'kill') await this.#kill(deed)
    else await this.#pause(deed)
  }

  /** Work of every kind, so that there is something to interrupt. */
  async #pileUp(): Promise<void> {
    const { records } = this.hub
    await records.want([{ kind: 'Service', id: ids[0]! }], this.bench.clock.now())
    await records.wish('sweep')
    this.bench.pass(61_000)
  }

  /** The hub dies at a moment, where it comes to it, and another takes over. */
  async #kill({ at, passing }: { at: string; passing: number }): Promise<void> {
    const { hub } = this
    await this.#pileUp()
    let passed = 0
    hub.at = (step) => {
      if (step !== at || ++passed !== passing) return
      hub.kill()
      throw new Killed()
    }
    for (let n = 0; n < 12 && passed < passing; n++) await hub.step()
    hub.at = undefined
    if (passed < passing) return
    this.seen.kills++
    await this.takeOver()
  }

  /** The hub stands still at a moment until another has taken over and worked; then it goes on, and may write nothing. */
  async #pause({ at, passing, steps }: { at: string; passing: number; steps: number }): Promise<void> {
    const { hub } = this
    await this.#pileUp()
    let passed = 0
    hub.at = async (step) => {
      if (step !== at || ++passed !== passing) return
      await this.takeOver()
      for (let n = 0; n < steps; n++) await this.hub.step()
    }
    // That it is refused is what the fence is for.
    for (let n = 0; n < 12 && passed < passing; n++) await hub.step().catch(() => undefined)
    hub.at = undefined
    if (this.hub === hub) return
    this.seen.pauses++
    hub.kill()
  }

  async check(): Promise<void> {
    const record = await this.hub.versions()
    for (const one of this.lasting)
      if (!(one in record)) throw new Error(`${one} was closed although the vendor has it`)
    for (const one of Object.keys(record)) if (this.vendor.has(one)) this.lasting.add(one)
  }
}

let other: SampleVendor
beforeAll(() => {
  other = new SampleVendor({ name: 'other' })
  other.set('s0', 7)
})
const seen = { runs: 0, kills: 0, pauses: 0, failures: 0 }
afterAll(() => void process.stdout.write(`interleavings: ${JSON.stringify(seen)}\n`))

test('whatever happens in between, the record ends as the vendor is, and nothing that stays is ever closed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 30, size: 'max' }), async (deeds) => {
      const bench = await SyncBench.open()
      try {
        const beside = await bench.hub(other.source())
        await beside.take()
        await beside.drain()
        const world = new World(bench)
        for (const one of ids.slice(0, 5)) world.vendor.set(one, 0)
        await world.takeOver()
        for (const one of deeds) {
          await world.act(one)
          await world.check()
        }
        world.failures = 0
        bench.pass(600_000)
        await world.hub.records.wish('sweep')
        await world.hub.drain()
        bench.pass(10_000)
        await world.hub.drain()
        expect(await world.hub.versions()).toEqual(world.vendor.versions())
        expect(await world.hub.records.wanted(10)).toEqual([])
        expect(await beside.versions()).toEqual({ s0: '7' })
        const written = bench.reports.length
        await world.hub.records.wish('sweep')
        await world.hub.drain()
        const again = bench.reports.slice(written).filter(({ written, dropped }) => written + dropped > 0)
        expect(again).toEqual([])
        seen.runs++
        for (const name of ['kills', 'pauses', 'failures'] as const) seen[name] += world.seen[name]
      } finally {
        await bench.close()
      }
    }),
    { numRuns: Number(process.env['NEXUS_SOAK_ROUNDS'] ?? 40), endOnFailure: true },
  )
  expect(seen.kills).toBeGreaterThan(10)
  expect(seen.pauses).toBeGreaterThan(5)
}, 120_000)
