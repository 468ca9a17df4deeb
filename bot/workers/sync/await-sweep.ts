import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { SyncReport } from '../../sync-report.js'
import type { SyncRecords } from '../../store/records/sync-records.js'
import type { SyncState } from '../../store/records/sync-state.js'
import { shownState } from './shown-state.js'

/** What is waited for. */
export interface Awaited {
  source: CatalogSource
  records: Pick<SyncRecords, 'look'>
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** The wish's number. */
  number: number
  /** Until when, milliseconds since 1970. */
  until: number
  signal: AbortSignal
}

/** Milliseconds between two looks at what another hub may be doing. */
const lookEvery = 100

/** Waits for a sweep that serves a wish. @throws the signal's reason where it aborts */
export async function awaitSweep({ source, records, clock, number, until, signal }: Awaited): Promise<SyncReport> {
  for (;;) {
    const report = reportOf(source, await records.look(), number, clock.now())
    const now = Date.parse(clock.now())
    if (!report.reading || now >= until) return report
    await clock.until(new Date(Math.min(until, now + lookEvery)).toISOString(), signal)
  }
}

/** What a state says of a wish for a sweep. Pure. */
export function reportOf(
  source: Pick<CatalogSource, 'name' | 'title'>,
  state: SyncState,
  number: number,
  now: Instant,
): SyncReport {
  const { swept, sweep, down } = state
  const { gaps, skipped } = shownState(source, state)
  const told = { source: source.name, title: source.title, ...(gaps && { gaps }), ...(skipped && { skipped }) }
  if (swept && swept.serves >= number) {
    const { read, written, dropped } = swept
    return { ...told, read, written, dropped }
  }
  const { written, dropped } = sweep ?? { written: 0, dropped: 0 }
  const isTried = (down?.during === 'page' || down?.during === 'close') && down.serves >= number
  const isRefused = down && (isTried || (down.named && down.retryAt > now))
  if (isRefused) return { ...told, written, dropped, down: down.reason, retryAt: down.retryAt }
  const { read = 0, progress } = sweep ?? {}
  return { ...told, written, dropped, reading: { read, ...(progress && { progress }) } }
}
