import { Fault } from '../../../skills/kit/errors.js'
import { readWhole, type CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { Claim, Instant } from '../../../skills/kit/model.js'
import { StoreConflict } from '../../store/errors.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { compareClaims } from './compare-claims.js'

/** What a sync of one source came to. */
export interface SyncReport {
  source: string
  /** Entities the source has; absent where it did not answer. */
  read?: number
  written: number
  dropped: number
  /** Why nothing was read. */
  down?: string
  /** The error behind it, for the log. */
  cause?: unknown
}

/**
 * Reads one source and writes what differs; a source that does not answer changes nothing but its state, so that what is known
 * stays, with its age.
 */
export async function syncSource(
  source: CatalogSource,
  catalog: CatalogStore,
  clock: { now(): Instant },
  signal: AbortSignal,
): Promise<SyncReport> {
  const { name, title } = source
  const pulled = await pull(source, signal)
  if ('down' in pulled) {
    const before = catalog.sources().find((state) => state.source === name)
    const down = { since: before?.down?.since ?? clock.now(), reason: pulled.down }
    await catalog.saveSource({ source: name, title, ...(before?.asOf && { asOf: before.asOf }), down })
    return {
      source: name,
      written: 0,
      dropped: 0,
      down: pulled.down,
      ...(pulled.cause !== undefined && { cause: pulled.cause }),
    }
  }
  const { put, drop } = await write(name, pulled.claims, catalog, clock)
  await catalog.saveSource({ source: name, title, asOf: clock.now() })
  return { source: name, read: pulled.claims.length, written: put.length, dropped: drop.length }
}

/** How often a comparison is made anew because another writer moved a record meanwhile. */
const attempts = 5

async function write(
  name: string,
  claims: readonly Claim[],
  catalog: CatalogStore,
  clock: { now(): Instant },
): Promise<ReturnType<typeof compareClaims>> {
  for (let attempt = 1; ; attempt++) {
    await catalog.catchUp()
    const held = catalog.held()
    const stored = [...held.values()].map(({ record }) => record)
    const now = clock.now()
    const difference = compareClaims(name, stored, claims, now)
    try {
      if (difference.put.length || difference.drop.length) await catalog.write(difference, held, now)
      await catalog.catchUp()
      return difference
    } catch (error) {
      if (!(error instanceof StoreConflict) || attempt >= attempts) throw error
    }
  }
}

async function pull(
  source: CatalogSource,
  signal: AbortSignal,
): Promise<{ claims: Claim[] } | { down: string; cause: unknown }> {
  try {
    return { claims: await untilAborted(readWhole(source, signal), signal) }
  } catch (error) {
    const late = signal.aborted && (signal.reason as Error).name === 'TimeoutError'
    if (late) return { down: `${source.title} takes too long to answer.`, cause: error }
    if (signal.aborted) throw error
    if (error instanceof Fault) return { down: error.message, cause: error.cause }
    return { down: `${source.title} answered in a way Nexus does not understand.`, cause: error }
  }
}

/** Rejects when the signal aborts: not every vendor's client takes one. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
