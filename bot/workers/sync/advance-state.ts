import type { Delta, SweepPage } from '../../../skills/kit/catalog-source.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Skipped } from '../../../skills/kit/ports.js'
import type { Wishes } from '../../store/records/sync-records.js'
import type { DownState, StepName, SweepState, SyncState } from '../../store/records/sync-state.js'
import { addGaps, addSkipped } from './tallies.js'

/** What came of taking in a page, or what is new. */
export interface Taken {
  read: number
  written: number
  dropped: number
  skipped: Skipped[]
}

/** A sweep that begins; it serves every wish that is known by then. */
export const beginSweep = (state: SyncState, wishes: Wishes, now: Instant): SweepState => ({
  number: state.sweeps + 1,
  began: now,
  serves: wishes.sweep,
  news: wishes.news,
  ...{ batches: 0, read: 0, written: 0, dropped: 0, gaps: [], skipped: [] },
})

/** A source that answers is not down. */
export function answered({ down: _down, ...state }: SyncState): SyncState {
  return state
}

/** The state after a page of the sweep was taken in. */
export function afterPage(state: SyncState, before: SweepState, page: SweepPage, taken: Taken): SyncState {
  const { failures: _failures, ...sweep } = withTaken(before, taken)
  return {
    ...answered(state),
    sweeps: sweep.number,
    sweep: {
      ...sweep,
      read: sweep.read + taken.read,
      batches: sweep.batches + 1,
      cursor: page.cursor,
      gaps: addGaps(sweep.gaps, page.gaps ?? []),
      ...(page.watermark !== undefined && { watermark: page.watermark }),
      ...(page.progress && { progress: page.progress }),
    },
  }
}

/** The state after what is new, or was reread, was taken in: to a sweep that is under way, all of it was told. */
export function afterNews(state: SyncState, taken: Taken): SyncState {
  const { sweep, skipped = [] } = state
  if (sweep) return { ...answered(state), sweep: { ...withTaken(sweep, taken), batches: sweep.batches + 1 } }
  const all = addSkipped(skipped, taken.skipped)
  return { ...answered(state), ...(all.length && { skipped: all }) }
}

/** The state after a delta was asked for. @param at when */
export function afterDelta(state: SyncState, delta: Delta | undefined, wishes: Wishes, at: Instant): SyncState {
  if (!delta) return { ...answered(state), delta: { at }, lost: true }
  const { watermark, more } = delta
  return { ...state, watermark, delta: { at, ...(more && { more }) }, news: wishes.news, ...(!more && { asOf: at }) }
}

/** The state after the sweep's end: it is as old as its beginning, unless the source has told what is new since. */
export function afterSweep(state: SyncState, sweep: SweepState, closed: Taken, now: Instant): SyncState {
  const { began, serves, read, gaps, written, dropped, skipped } = withTaken(sweep, closed)
  const { sweep: _sweep, lost, skipped: _skipped, watermark: known, asOf = began, news = 0, ...rest } = answered(state)
  const watermark = sweep.watermark ?? (lost ? undefined : known)
  return {
    ...rest,
    swept: { began, ended: now, serves, read, written, dropped, gaps, skipped },
    asOf: asOf > began ? asOf : began,
    news: Math.max(sweep.news, news),
    ...(watermark !== undefined && { watermark }),
  }
}

/**
 * A sweep that failed so often in a row at one cursor, for an hour and a half, begins anew: the vendor may not know the cursor any more.
 */
const mostFailures = 20

/** The state after a step that failed: a delta that fails is asked for again in its time, and a sweep goes on from its last page. */
export function afterFailedStep(state: SyncState, step: StepName, down: DownState): SyncState {
  const next = { ...state, down, ...(step === 'delta' && { delta: { at: down.at } }) }
  if (step !== 'page' || !state.sweep || down.named) return next
  const failures = (state.sweep.failures ?? 0) + 1
  if (failures < mostFailures) return { ...next, sweep: { ...state.sweep, failures } }
  const { sweep: _sweep, ...withoutSweep } = next
  return withoutSweep
}

const withTaken = (sweep: SweepState, { written, dropped, skipped }: Taken): SweepState => ({
  ...sweep,
  written: sweep.written + written,
  dropped: sweep.dropped + dropped,
  skipped: addSkipped(sweep.skipped, skipped),
})
