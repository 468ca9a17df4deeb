import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { SyncState } from '../../store/records/sync-state.js'
import { addSkipped } from './tallies.js'

/** Most gaps and reasons that people are shown. */
const mostShown = 20

/** How a source stands, for people. Pure. */
export function shownState(
  { name, title, quota }: Pick<CatalogSource, 'name' | 'title' | 'quota'>,
  state: SyncState,
): SourceState {
  const { sweep, swept, asOf, down } = state
  const gaps = (swept?.gaps ?? sweep?.gaps ?? []).map(({ reason }) => reason)
  const skipped = addSkipped(swept?.skipped ?? sweep?.skipped ?? [], state.skipped ?? [])
  const left = quota?.()
  return {
    source: name,
    title,
    ...(asOf !== undefined && { asOf }),
    ...(down && { down: { since: down.since, reason: down.reason, retryAt: down.retryAt } }),
    ...(sweep && {
      reading: { since: sweep.began, read: sweep.read, ...(sweep.progress && { progress: sweep.progress }) },
    }),
    ...(swept && { swept: { at: swept.ended, read: swept.read } }),
    ...(gaps.length && { gaps: [...new Set(gaps)].slice(0, mostShown) }),
    ...(skipped.length && { skipped: skipped.slice(0, mostShown) }),
    ...(left && { quota: left }),
  }
}
