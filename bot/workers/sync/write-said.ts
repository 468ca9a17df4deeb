import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'
import type { Reached } from '../../reached.js'
import { StoreConflict } from '../../store/errors.js'
import type { Fence } from '../../store/lease.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import { compareClaims, type Said } from './compare-claims.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** What the writing of a source's claims is made of. */
export interface SaidParts {
  source: string
  catalog: CatalogStore
  clock: { now(): Instant }
  /** The grant of the source's lease. */
  fence?: Fence | undefined
  /** Aborted when nothing more is to be written. */
  signal: AbortSignal
  reached?: Reached | undefined
}

/** What came of it. */
export interface Written {
  /** Records that read otherwise now, the dropped ones not among them. */
  written: number
  dropped: number
  /** Of records that no store can keep. */
  skipped: Skipped[]
}

/** Entities compared at a time: as many as the store commits side by side. */
const batch = 64
/** How often a comparison is made anew because another source's writer moved a record meanwhile. */
const attempts = 8

/**
 * Writes what a source says of some entities where it differs from the record. Written twice it is written once: so what is done again
 * after a hub was killed changes nothing more. The read model has to have caught up.
 * @throws StoreConflict (`fence`) where another hub has the source by now
 */
export async function writeSaid({ claims, gone = [] }: Said, parts: SaidParts): Promise<Written> {
  const total: Written = { written: 0, dropped: 0, skipped: [] }
  for (let from = 0; from < claims.length; from += batch)
    add(total, await writeBatch({ claims: claims.slice(from, from + batch) }, parts))
  const there = new Set(claims.map(refKey))
  const left = gone.filter(({ kind, id }) => !there.has(refKey({ kind, id })))
  for (let from = 0; from < left.length; from += batch)
    add(total, await writeBatch({ claims: [], gone: left.slice(from, from + batch) }, parts))
  return total
}

async function writeBatch({ claims, gone = [] }: Said, parts: SaidParts): Promise<Written> {
  const { source, catalog, clock, fence, signal } = parts
  const refs: Ref[] = [...claims, ...gone]
  const written: Written = { written: 0, dropped: 0, skipped: [] }
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted()
    const held = catalog.held(refs)
    const stored = new Map([...held].map(([key, { record }]) => [key, record]))
    const now = clock.now()
    const difference = compareClaims(source, stored, { claims, gone }, now)
    if (attempt === 1) Object.assign(written, { written: difference.put.length, dropped: difference.drop.length })
    try {
      const refused =
        difference.put.length + difference.drop.length && (await catalog.write(difference, held, now, fence))
      for (const { ref, reason } of refused || []) written.skipped.push({ reason, count: 1, example: ref.id })
      await parts.reached?.('sync.put', source)
      return { ...written, written: written.written - written.skipped.length }
    } catch (error) {
      if (!(error instanceof StoreConflict) || error.reason === 'fence' || attempt >= attempts) throw error
      await catalog.catchUp()
    }
  }
}

function add(total: Written, { written, dropped, skipped }: Written): void {
  total.written += written
  total.dropped += dropped
  total.skipped.push(...skipped)
}
