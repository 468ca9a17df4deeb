import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Moved } from '../../../skills/kit/delivery.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Reached } from '../../reached.js'
import type { Rereading } from '../../../skills/kit/rereading.js'
import type { SyncReport } from '../../sync-report.js'
import { StoreConflict } from '../../store/errors.js'
import type { Lease } from '../../store/lease.js'
import type { TenantStore } from '../../store/contract.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { syncRecords, type SyncRecords } from '../../store/records/sync-records.js'
import type { StepName } from '../../store/records/sync-state.js'
import { holdLease } from '../hold-lease.js'
import { startLeasedLoop, type LeasedLoop } from '../leased-loop.js'
import type { Pace } from './next-step.js'
import { SourceSync } from './source-sync.js'
import type { StepReport } from './source-sync-parts.js'
import { awaitSweep } from './await-sweep.js'
import { rereadThings } from './reread-things.js'

/** What the worker is made of. */
export interface SyncParts {
  sources: readonly CatalogSource[]
  store: TenantStore
  /** Takes the lease on a source for so many milliseconds: of several hubs on one store one syncs it. */
  lease(name: string, ttlMs: number): Promise<Lease | undefined>
  catalog: CatalogStore
  /** The kinds that claims are held against. */
  kinds(): readonly KindDeclaration[]
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  pace: Pace
  /** Milliseconds that a page, a delta or a rereading may take. */
  patience: number
  report(report: StepReport): void
  failed(source: string, error: unknown): void
  /** Steps: see `SourceSyncParts`, and `sync.wanted` when it is noted what is to be reread. */
  reached?: Reached
}

/** Which sweeps somebody waits for: the number of the wish, by source. */
export type SweepWish = Readonly<Record<string, number>>

/** Keeps the catalog near to its sources. */
export interface SyncWorker {
  /**
   * Wishes that a source, or all of them, be read whole, from after this moment on, by whichever hub has it.
   * @returns undefined where there is no such source
   */
  wish(source?: string): Promise<SweepWish | undefined>
  /** What came of a wish. Answers when all of it is done, or after a time with how far it is. */
  reports(wish: SweepWish, waitMs: number): Promise<SyncReport[]>
  /** Has one source read whole from after this moment on, and waits for it. */
  one(source: string): Promise<void>
  /** Notes, durably, what an event says to read anew; nothing happens where the source is none of this hub's. */
  want(moved: Moved): Promise<void>
  /** Has things read anew by their sources; see `Rereading`. */
  rereading: Rereading
  /** Names of the sources. */
  names: readonly string[]
  /** Begins nothing more, and waits for what is under way. */
  stop(): Promise<void>
}

/** Milliseconds that a source stays with a hub that is gone. */
const holdMs = 10_000
/** Milliseconds between two looks for what other hubs wish. */
const lookEvery = 2_000
/** Longest wait for one source, in milliseconds. */
const longestWait = 120_000

/** Starts a loop a source, so that a slow vendor, or one that asks to be left alone, delays nobody but itself. */
export function startSync(parts: SyncParts): SyncWorker {
  const { sources, store, catalog, clock } = parts
  const stopping = new AbortController()
  const synced = sources.map((source) => {
    const records = syncRecords(store, source.name)
    return { source, records, loop: syncLoop(source, records, parts) }
  })
  const named = (name: string) => synced.find(({ source }) => source.name === name)

  async function wish(name?: string): Promise<SweepWish | undefined> {
    const some = name === undefined ? synced : synced.filter(({ source }) => source.name === name)
    if (!some.length) return name === undefined ? {} : undefined
    const numbers = await Promise.all(some.map(async ({ records }) => records.wish('sweep')))
    for (const { loop } of some) loop.nudge()
    return Object.fromEntries(some.map(({ source }, n) => [source.name, numbers[n]!]))
  }

  async function reports(wishes: SweepWish, waitMs: number): Promise<SyncReport[]> {
    const until = Date.parse(clock.now()) + waitMs
    const waiting = Object.entries(wishes).flatMap(([name, number]) => {
      const one = named(name)
      return one ? [awaitSweep({ ...one, clock, number, until, signal: stopping.signal })] : []
    })
    const all = await Promise.all(waiting)
    await catalog.catchUp()
    return all
  }

  return {
    names: sources.map(({ name }) => name),
    wish,
    reports,
    async one(name) {
      const wished = await wish(name)
      if (wished) await reports(wished, longestWait)
    },
    rereading: {
      async anew(things, patience) {
        const until = Date.parse(clock.now()) + patience
        const reports = synced.map(async ({ source, records, loop }) => {
          const own = things.filter(({ sources: said }) => said.some((one) => one.source === source.name))
          const { nudge } = loop
          return own.length
            ? [await rereadThings(own, until, { source, records, clock, nudge, signal: stopping.signal })]
            : []
        })
        const all = (await Promise.all(reports)).flat()
        await catalog.catchUp()
        return all
      },
    },
    async want({ source: name, reread, sweep }) {
      const one = named(name)
      if (!one) return
      const { source, records, loop } = one
      if (sweep !== undefined) await records.wish('sweep')
      else if (source.reread) await records.want(reread, clock.now())
      else if (reread.length) await records.wish('news')
      await parts.reached?.('sync.wanted', name)
      loop.nudge()
    },
    async stop() {
      stopping.abort()
      await Promise.all(synced.map(({ loop }) => loop.stop()))
    },
  }
}

/** The loop of one source: what is due for it, one step after the other, where this hub has its lease. */
function syncLoop(source: CatalogSource, records: SyncRecords, parts: SyncParts): Pick<LeasedLoop, 'nudge' | 'stop'> {
  const { store, clock, failed } = parts
  const now = () => Date.parse(clock.now())
  const lease = holdLease((ttlMs) => parts.lease(`sync/${store.tenant}/${source.name}`, ttlMs), now, holdMs)
  const pace = { ...parts.pace, ...paceOf(source, parts.pace) }
  const sync = new SourceSync({ ...parts, source, records, pace })
  let next: number | undefined
  /** After an error of the store, not of the vendor. */
  let quietUntil = 0
  const loop = startLeasedLoop<{ claim: string; step: StepName }>({
    clock,
    hands: 1,
    every: lookEvery,
    sole: { lease, learn: async () => {}, left: async () => 0 },
    async claim() {
      const fence = await lease.keep()
      if (!fence || now() < quietUntil) return []
      const decision = await sync.decide(fence)
      next = 'wait' in decision ? decision.wait : undefined
      return 'step' in decision ? [{ claim: String(fence.fence), step: decision.step }] : []
    },
    nameOf: () => source.name,
    async work({ step }, turn) {
      try {
        await sync.run(step, turn)
      } catch (error) {
        if (error instanceof StoreConflict && error.reason === 'fence') return lease.lost()
        quietUntil = now() + lookEvery
        throw error
      }
    },
    next: async () => next,
    failed: (error) => failed(source.name, error),
  })
  return {
    nudge: loop.nudge,
    async stop() {
      await loop.stop()
      sync.stop()
      await lease.release().catch((error: unknown) => failed(source.name, error))
    },
  }
}

const paceOf = ({ pace }: CatalogSource, usual: Pace): Partial<Pace> => ({
  ...(pace?.delta !== undefined && { delta: Math.max(pace.delta, usual.delta) }),
  ...(pace?.sweep !== undefined && { sweep: pace.sweep, sweepWithoutDelta: pace.sweep }),
})
