import type { CatalogSource } from '../../../skills/kit/catalog-source.js'
import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { RereadReport } from '../../../skills/kit/rereading.js'
import type { SyncRecords } from '../../store/records/sync-records.js'

/** What reading things anew at one source needs. */
export interface RereadingParts {
  source: Pick<CatalogSource, 'name' | 'title' | 'reread'>
  records: Pick<SyncRecords, 'want' | 'wanted' | 'look'>
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Has the source's loop look now. */
  nudge(): void
  signal: AbortSignal
}

/** Most things of one source that one person has read anew: with them a rereading of what events named goes on as it would. */
export const mostReread = 50
/** Milliseconds between two looks at what the hub that has the source did. */
const lookEvery = 100

/**
 * Has a source read things anew, by whichever hub has it, and waits for that.
 * @param until how long, milliseconds since 1970
 * @throws the signal's reason where it aborts
 */
export async function rereadThings(
  refs: readonly Ref[],
  until: number,
  { source, records, clock, nudge, signal }: RereadingParts,
): Promise<RereadReport> {
  const { name, title } = source
  if (!source.reread) return { source: name, title, came: 'whole' }
  const asked = clock.now()
  await records.want(refs.slice(0, mostReread), asked)
  nudge()
  for (;;) {
    // What has waited longest is read first: where the first that waits was named later, all of these are done.
    const [[first], { down }] = await Promise.all([records.wanted(1), records.look()])
    if (!first || first.since > asked) return { source: name, title, came: 'read' }
    const now = Date.parse(clock.now())
    if (down && Date.parse(down.retryAt) > until) return { source: name, title, came: 'down' }
    if (now >= until) return { source: name, title, came: 'reading' }
    await clock.until(new Date(Math.min(until, now + lookEvery)).toISOString(), signal)
  }
}
