import { Fault } from '../../../skills/kit/errors.js'
import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { Claim, Instant } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { CatalogRecord } from '../../store/read-model/catalog-record.js'
import { compareClaims, type CatalogDifference } from './compare-claims.js'

/** The catalog's records of one tenant, as the sync needs them. */
export interface CatalogRecords {
  /** Every record; the read model has them at hand. */
  all(): Promise<CatalogRecord[]>
  /** Writes a difference; returns when it is durable. */
  write(difference: CatalogDifference): Promise<void>
  /** How a source stood when it was last tried. */
  state(source: string): Promise<SourceState | undefined>
  saveState(state: SourceState): Promise<void>
}

/** What a sync of one source came to. */
export interface SyncReport {
  source: string
  /** Entities the source has; absent where it did not answer. */
  read?: number
  written: number
  dropped: number
  /** Why nothing was read. */
  down?: string
}

/**
 * Reads one source and writes what differs; a source that does not answer changes nothing but its state, so that what is known
 * stays, with its age.
 */
export async function syncSource(
  source: CatalogSource,
  records: CatalogRecords,
  clock: { now(): Instant },
  signal: AbortSignal,
): Promise<SyncReport> {
  const { name, title } = source
  const pulled = await pull(source, signal)
  if ('down' in pulled) {
    const before = await records.state(name)
    const down = { since: before?.down?.since ?? clock.now(), reason: pulled.down }
    await records.saveState({ source: name, title, ...(before?.asOf && { asOf: before.asOf }), down })
    return { source: name, written: 0, dropped: 0, down: pulled.down }
  }
  const { put, drop } = compareClaims(name, await records.all(), pulled.claims, clock.now())
  if (put.length || drop.length) await records.write({ put, drop })
  await records.saveState({ source: name, title, asOf: clock.now() })
  return { source: name, read: pulled.claims.length, written: put.length, dropped: drop.length }
}

async function pull(
  { pull, title }: CatalogSource,
  signal: AbortSignal,
): Promise<{ claims: Claim[] } | { down: string }> {
  try {
    return { claims: await pull(signal) }
  } catch (error) {
    if (signal.aborted) throw error
    return { down: error instanceof Fault ? error.message : `${title} answered in a way Nexus does not understand.` }
  }
}
