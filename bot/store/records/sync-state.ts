import type { Gap } from '../../../skills/kit/catalog-source.js'
import type { Instant, Json } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'

/** How the sync of a source stands: all that a hub needs to go on where another was stopped. */
export interface SyncState {
  /** How many sweeps were begun. */
  sweeps: number
  /** The sweep that is not at its end. */
  sweep?: SweepState
  /** The last one that came to its end. */
  swept?: SweptState
  /** From where the next delta counts. */
  watermark?: Json
  /** When a delta was last asked for, and whether it said that there is more at once. */
  delta?: { at: Instant; more?: true }
  /** The wish for news that was served last, with all before it. */
  news?: number
  /** The vendor keeps nothing as far back as the watermark: everything has to be read. */
  lost?: true
  /** When what events named was last read anew. */
  rereadAt?: Instant
  /** When the source last said what is so by now. */
  asOf?: Instant
  /** What was passed over since the last sweep came to its end. */
  skipped?: Skipped[]
  /** Set while it does not answer. */
  down?: DownState
}

/** A sweep that is under way. */
export interface SweepState {
  number: number
  began: Instant
  /** The wish for a sweep that it serves, with all before it. */
  serves: number
  /** The wish for news that it serves. */
  news: number
  /** Where it goes on; absent before its first page was taken in. */
  cursor?: Json
  /** Number of the last batch of told entities that was kept; 0 before the first. */
  batches: number
  read: number
  written: number
  /** Entities that were closed, by the rereading and the deltas meanwhile and by its own end. */
  dropped: number
  gaps: Gap[]
  skipped: Skipped[]
  watermark?: Json
  progress?: { done: number; of?: number; what: string }
  /** How often in a row it failed to get another page. */
  failures?: number
  /** All pages were taken in: what none of them named is yet to be closed. */
  ended?: true
}

/** What a sweep came to. */
export interface SweptState extends Pick<
  SweepState,
  'began' | 'serves' | 'read' | 'written' | 'dropped' | 'gaps' | 'skipped'
> {
  ended: Instant
}

/** How a source that does not answer stands. */
export interface DownState {
  since: Instant
  reason: string
  /** When it was last asked, and how often in vain without an answer between. */
  at: Instant
  times: number
  /** When it is asked again. */
  retryAt: Instant
  /** Whether the vendor itself named that moment: then it is not asked before, whoever wishes it. */
  named?: true
  during: StepName
  /** The wish for a sweep that was known when it was asked. */
  serves: number
}

/** What is done for a source at a time: a page of its sweep, the sweep's end, what is new, or what events named. */
export type StepName = 'page' | 'close' | 'delta' | 'reread'
