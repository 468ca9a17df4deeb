import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtInKinds } from '../../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../../skills/kit/catalog/kind-declaration.js'
import type { CatalogSource } from '../../../../skills/kit/catalog-source.js'
import type { Json } from '../../../../skills/kit/model.js'
import type { SourceState } from '../../../../skills/kit/ports.js'
import { createClock, type MovableClock } from '../../../clock.js'
import type { Reached } from '../../../reached.js'
import type { Store, TenantStore } from '../../../store/contract.js'
import type { Fence } from '../../../store/lease.js'
import { createCatalogStore, type CatalogStore } from '../../../store/records/catalog-store.js'
import { syncRecords, type SyncRecords } from '../../../store/records/sync-records.js'
import { openSqliteStore } from '../../../store/sqlite/open.js'
import type { Pace } from '../next-step.js'
import { SampleVendor, type VendorWays } from './sample-vendor.js'
import { SourceSync } from '../source-sync.js'
import type { StepReport } from '../source-sync-parts.js'

export const tenant = 'contoso'
const leaseMs = 10_000
export const usualPace: Pace = { delta: 60_000, sweep: 6 * 3_600_000, sweepWithoutDelta: 300_000 }

/** A store in a folder of its own with a clock, and hubs on it that sync sources step by step. */
export class SyncBench {
  readonly clock: MovableClock = createClock()
  readonly reports: StepReport[] = []
  #ids = 0
  readonly #stores: Store[] = []
  readonly #catalogs: CatalogStore[] = []

  private constructor(readonly folder: string) {
    this.clock.set('2026-11-21T08:00:00.000Z')
  }

  static async open(): Promise<SyncBench> {
    return new SyncBench(mkdtempSync(join(tmpdir(), 'nexus-sync-')))
  }

  /** One more connection to the store, as another process has it. */
  async connect(): Promise<{ store: Store; own: TenantStore; catalog: CatalogStore }> {
    const clock = { now: () => Date.parse(this.clock.now()) }
    const store = await openSqliteStore({ folder: this.folder, clock, id: () => `id-${++this.#ids}` })
    const own = store.forTenant(tenant)
    const catalog = createCatalogStore(own)
    this.#stores.push(store)
    this.#catalogs.push(catalog)
    return { store, own, catalog }
  }

  async hub(source: CatalogSource, kinds: readonly KindDeclaration[] = builtInKinds): Promise<SyncHub> {
    const { store, own, catalog } = await this.connect()
    return new SyncHub(this, source, store, catalog, syncRecords(own, source.name), kinds)
  }

  /** A vendor with services of these ids, and a hub that has its lease. */
  async sample(ids: readonly string[], ways: VendorWays = {}): Promise<{ vendor: SampleVendor; hub: SyncHub }> {
    const vendor = new SampleVendor(ways)
    for (const id of ids) vendor.set(id, 1)
    const hub = await this.hub(vendor.source())
    await hub.take()
    return { vendor, hub }
  }

  pass(ms: number): void {
    this.clock.set(new Date(Date.parse(this.clock.now()) + ms).toISOString())
  }

  async close(): Promise<void> {
    for (const catalog of this.#catalogs) catalog.index.close()
    for (const store of this.#stores) await store.close()
    rmSync(this.folder, { recursive: true })
  }
}

/** A hub on the bench: it takes the source's lease and does what is due, a step at a time. */
export class SyncHub {
  readonly #sync: SourceSync
  #fence: Fence | undefined
  #ending = new AbortController()
  /** What happens at a step's name. */
  at: Reached | undefined

  constructor(
    readonly bench: SyncBench,
    readonly source: CatalogSource,
    readonly store: Store,
    readonly catalog: CatalogStore,
    readonly records: SyncRecords,
    kinds: readonly KindDeclaration[] = builtInKinds,
  ) {
    this.#sync = new SourceSync({
      source,
      records,
      catalog,
      kinds: () => kinds,
      clock: bench.clock,
      pace: usualPace,
      patience: 2_000,
      report: (report) => bench.reports.push(report),
      reached: (step) => this.at?.(step),
    })
  }

  /** Takes the lease when what another hub had of it is over. */
  async take(): Promise<void> {
    this.bench.pass(leaseMs + 1)
    this.#fence = await this.store.lease(`sync/${this.source.name}`, leaseMs)
    this.#ending = new AbortController()
  }

  /** Does one step, if one is due. @returns its name */
  async step(): Promise<string | undefined> {
    const decision = await this.#sync.decide(this.#fence)
    if (!('step' in decision)) return undefined
    await this.#sync.run(decision.step, { ...(this.#fence && { fence: this.#fence }), signal: this.#ending.signal })
    return decision.step
  }

  /** Steps until nothing is due, and as many as that were. */
  async drain(most = 500): Promise<string[]> {
    const steps: string[] = []
    for (let step = await this.step(); step !== undefined; step = await this.step()) {
      steps.push(step)
      if (steps.length > most) throw new Error(`still at it after ${most} steps: ${steps.slice(-10).join(' ')}`)
    }
    return steps
  }

  /** Ends as a process that is killed: nothing of it is written any more. */
  kill(): void {
    this.#ending.abort()
    this.#sync.stop()
  }

  /** How the source stands, as people are shown it. */
  async shown(): Promise<SourceState> {
    await this.catalog.catchUp()
    return this.catalog.sources().find(({ source }) => source === this.source.name)!
  }

  /** What the record has of the source: by id, the version. */
  async versions(): Promise<Record<string, Json>> {
    await this.catalog.catchUp()
    const held = [...this.catalog.held().values()].map(({ record }) => record)
    return Object.fromEntries(
      held
        .filter(({ claims }) => Object.hasOwn(claims, this.source.name))
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, claims }) => [id, claims[this.source.name]!.props['version'] ?? null]),
    )
  }
}
