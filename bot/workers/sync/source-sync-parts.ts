import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Reached } from '../../reached.js'
import type { Fence } from '../../store/lease.js'
import type { CatalogStore } from '../../store/records/catalog-store.js'
import type { SyncRecords } from '../../store/records/sync-records.js'
import type { StepName } from '../../store/records/sync-state.js'
import type { Pace } from './next-step.js'

/** What the sync of one source is made of. */
export interface SourceSyncParts {
  source: CatalogSource
  records: SyncRecords
  catalog: CatalogStore
  /** The kinds that claims are held against. */
  kinds(): readonly KindDeclaration[]
  clock: { now(): Instant }
  pace: Pace
  /** Milliseconds that a page, a delta or a rereading may take. */
  patience: number
  /** Told when a sweep came to its end, when the source did not answer, and when something new was written. */
  report(report: StepReport): void
  /**
   * Steps: `sync.page-read`, `sync.put` (a batch of entities), `sync.written` (all of a page), `sync.page-kept`, `sync.ended` (all pages are in),
   * `sync.closed` (what no page named), `sync.swept`; `sync.delta-read`, `sync.reread-read`, `sync.reread-kept`.
   */
  reached?: Reached | undefined
}

/** What one step came to. */
export interface StepReport {
  source: string
  step: StepName
  read: number
  written: number
  dropped: number
  /** Why the source gave nothing, and the error behind it. */
  down?: string
  cause?: unknown
}

/** Under what a step is done: the grant of the source's lease, and when to begin nothing more. */
export interface StepTurn {
  fence?: Fence
  signal: AbortSignal
}
