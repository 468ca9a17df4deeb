import type { Instant } from '../skills/kit/model.js'
import type { Skipped, SourceState } from '../skills/kit/ports.js'

/** What a wish for the sweep of a source came to. */
export interface SyncReport {
  source: string
  title: string
  /** Entities the source told of; absent where it did not come to the sweep's end. */
  read?: number
  /** Records that read otherwise now, and those that no source claims any more. */
  written: number
  dropped: number
  /** What could not be read, and what was read and not taken in. */
  gaps?: string[]
  skipped?: Skipped[]
  /** Why it is not read, and when that is tried again. */
  down?: string
  retryAt?: Instant
  /** The sweep is under way, or waits for its turn: how far it is. */
  reading?: Omit<NonNullable<SourceState['reading']>, 'since'>
}
