import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { syncSource, type SyncReport } from './sync-source.js'

/** What the worker is made of. */
export interface SyncParts {
  sources: readonly CatalogSource[]
  catalog: CatalogStore
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Milliseconds between the end of a sync of a source and the next. */
  every: number
  /** Milliseconds a source may take. */
  patience: number
  report(report: SyncReport): void
  failed(source: string, error: unknown): void
}

/** Keeps the catalog near to its sources. */
export interface SyncWorker {
  /** Syncs all sources now and answers when all are done; a sync under way is waited for and counts. */
  now(): Promise<SyncReport[]>
  /** Syncs one source, from after this moment on: a sync under way is waited for and does not count. */
  one(source: string): Promise<void>
  /** Ends the loops and waits for what is under way. */
  stop(): Promise<void>
}

/** Starts a loop a source, so that a slow vendor delays nobody but itself. */
export function startSync(parts: SyncParts): SyncWorker {
  const { sources, catalog, clock, every, patience } = parts
  const stopping = new AbortController()
  const underWay = new Map<string, Promise<SyncReport>>()

  function sync(source: CatalogSource): Promise<SyncReport> {
    const running = underWay.get(source.name)
    if (running) return running
    const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(patience)])
    const started = syncSource(source, catalog, clock, signal).finally(() => underWay.delete(source.name))
    underWay.set(source.name, started)
    return started
  }

  async function loop(source: CatalogSource): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        parts.report(await sync(source))
      } catch (error) {
        if (!stopping.signal.aborted) parts.failed(source.name, error)
      }
      await clock.until(new Date(Date.parse(clock.now()) + every).toISOString(), stopping.signal).catch(() => {})
    }
  }

  const loops = sources.map(loop)
  return {
    now: () => Promise.all(sources.map(sync)),
    async one(name) {
      const source = sources.find((each) => each.name === name)
      await underWay.get(name)?.catch(() => undefined)
      if (source) await sync(source)
    },
    async stop() {
      stopping.abort()
      await Promise.allSettled([...loops, ...underWay.values()])
    },
  }
}
