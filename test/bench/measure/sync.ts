import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { CatalogSource, Delta } from '../../../skills/kit/catalog-source.js'
import type { Claim } from '../../../skills/kit/model.js'
import { createClock } from '../../../bot/clock.js'
import { createCatalogStore } from '../../../bot/store/records/catalog-store.js'
import { openScratch } from '../../../bot/store/sqlite/scratch-database.js'
import { openSqliteStore } from '../../../bot/store/sqlite/open.js'
import { startSync, type SyncWorker } from '../../../bot/workers/sync/sync-worker.js'
import type { StepReport } from '../../../bot/workers/sync/source-sync-parts.js'
import { recordOf } from './catalog-world.js'

/** What a reading took. */
export interface SyncFigures {
  name: string
  /** Entities told, and records that became different. */
  read: number
  written: number
  seconds: number
  /** Most megabytes (10^6 bytes) that the process held while it went on. */
  memory: number
}

/** Entities on a page: as many rows as Resource Graph answers at most. */
const page = 1_000
/** Entities that a delta names. */
const changes = 100

/**
 * Measures a sweep of a source with so many entities, the same sweep again, and a delta, with the embedded store and the read model in files.
 * The process is the one that asks: its memory is that of a hub without channels.
 */
export async function measureSync(folder: string, size: number): Promise<SyncFigures[]> {
  const clock = createClock()
  let ids = 0
  const store = await openSqliteStore({ folder, clock: { now: () => Date.now() }, id: () => `id-${++ids}` })
  const own = store.forTenant('bench')
  const catalog = createCatalogStore(own, openScratch(folder, 'catalog'))
  const reports: StepReport[] = []
  const failures: unknown[] = []
  let version = 1
  const sync = startSync({
    sources: [sourceOf(size, () => version)],
    store: own,
    lease: (name, ttlMs) => store.lease(name, ttlMs),
    catalog,
    kinds: () => builtInKinds,
    clock,
    pace: { delta: 500, sweep: 86_400_000, sweepWithoutDelta: 86_400_000 },
    patience: 60_000,
    report: (report) => reports.push(report),
    failed: (_source, error) => failures.push(error),
  })
  try {
    const figures = [
      await measure('first sweep', () => sweep(sync)),
      await measure('the same again', () => sweep(sync)),
      await measure(`a delta of ${changes}`, async () => {
        version++
        for (const from = reports.length; ;) {
          const delta = reports.slice(from).find(({ step, written }) => step === 'delta' && written > 0)
          if (delta) return delta
          if (failures.length) throw failures[0]
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      }),
    ]
    if (failures.length) throw failures[0]
    return figures
  } finally {
    await sync.stop()
    catalog.index.close()
    await store.close()
  }
}

async function sweep(sync: SyncWorker): Promise<{ read: number; written: number }> {
  const [report] = await sync.reports((await sync.wish())!, 3_600_000)
  if (report?.read === undefined) throw new Error(`The source was not read: ${report?.down ?? 'it is still at it'}`)
  return { read: report.read, written: report.written }
}

async function measure(name: string, work: () => Promise<{ read: number; written: number }>): Promise<SyncFigures> {
  let memory = 0
  const look = () => (memory = Math.max(memory, process.memoryUsage().rss / 1e6))
  const looking = setInterval(look, 50)
  const began = performance.now()
  try {
    const { read, written } = await work()
    look()
    return { name, read, written, seconds: (performance.now() - began) / 1000, memory }
  } finally {
    clearInterval(looking)
  }
}

/** A source of generated entities, which makes a page when it is asked for and holds none of it; one version later, a few are different. */
function sourceOf(size: number, version: () => number): CatalogSource {
  const claimOf = (n: number): Claim => {
    const { kind, id, claims } = recordOf(n, n < changes ? version() : 1)
    const { name, aliases, props, relations } = claims['azure']!
    return { kind, id, name, aliases, props, relations }
  }
  const claimsOf = (from: number, to: number): Claim[] =>
    Array.from({ length: Math.max(0, to - from) }, (_, n) => claimOf(from + n))
  return {
    name: 'azure',
    title: 'Azure',
    async *sweep(from) {
      for (let next = (from as number | undefined) ?? 0; next < size;) {
        const end = Math.min(size, next + page)
        yield {
          claims: claimsOf(next, end),
          cursor: end,
          watermark: version(),
          progress: { done: end, of: size, what: 'resources' },
        }
        next = end
      }
    },
    delta: async (since): Promise<Delta> => ({
      claims: since === version() ? [] : claimsOf(0, Math.min(size, changes)),
      gone: [],
      watermark: version(),
    }),
  }
}
