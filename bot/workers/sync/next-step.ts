import type { Instant } from '../../../skills/kit/model.js'
import type { Wishes } from '../../store/records/sync-records.js'
import type { StepName, SyncState } from '../../store/records/sync-state.js'

/** How often a source is asked, in milliseconds. */
export interface Pace {
  /** From one delta to the next. */
  delta: number
  /** From the end of a sweep to the next, for a source that tells what is new, and for one that does not. */
  sweep: number
  sweepWithoutDelta: number
}

/** What a step is decided by. */
export interface Situation {
  state: SyncState
  wishes: Wishes
  /** When the first of what events named was noted; undefined where nothing is, or the source rereads nothing. */
  wantedSince?: Instant | undefined
  hasDelta: boolean
  pace: Pace
}

/** What is to be done now, or when to look again, in milliseconds since 1970; a wish or an event may bring something sooner. */
export type Decision = { step: StepName } | { wait: number }

/** Events of one thing come in flocks: what they name waits for so long, in milliseconds, and rereadings are so far apart. */
const debounce = 1_000
/** The same for a source of which everything has to be read when something happened there. */
const debounceOfSweeps = 30_000

/**
 * Decides what is done next for a source. Pure. What events named comes first, because somebody may look at it; then what is new; then the
 * next page of the sweep. So a sweep of hours keeps nobody waiting, and since the others have their times it goes on between them. What
 * failed last comes last, so that a vendor of whom one part is broken is read as far as it can be.
 * @param now milliseconds since 1970
 */
export function nextStep({ state, wishes, wantedSince, hasDelta, pace }: Situation, now: number): Decision {
  const { sweep, swept, down, delta, watermark } = state
  const tellsNews = hasDelta && watermark !== undefined && !state.lost
  const isNews = wishes.news > (state.news ?? 0)
  const due: [StepName, number][] = []
  if (wantedSince !== undefined)
    due.push(['reread', Math.max(Date.parse(wantedSince), momentOf(state.rereadAt)) + debounce])
  if (tellsNews) {
    const isSoon = isNews || (delta?.more === true && !sweep)
    due.push(['delta', momentOf(delta?.at) + (isSoon ? debounce : pace.delta)])
  }
  if (sweep) due.push([sweep.ended ? 'close' : 'page', 0])
  else if (!swept || wishes.sweep > swept.serves) due.push(['page', 0])
  else {
    // A source that can tell nothing new although it should is read as one that cannot.
    const pause = tellsNews ? pace.sweep : isNews ? debounceOfSweeps : pace.sweepWithoutDelta
    due.push(['page', Date.parse(swept.ended) + pause])
  }
  const open = down ? opensAt(down, wishes) : 0
  const moments = due.map(([step, at]): [StepName, number] => [step, Math.max(at, open)])
  const ready = moments.filter(([, at]) => at <= now).map(([step]) => step)
  const first = ready.find((step) => step !== down?.during) ?? ready[0]
  return first ? { step: first } : { wait: Math.min(...moments.map(([, at]) => at)) }
}

/** When a source that does not answer is asked again: at once where somebody wishes it anew, unless the vendor named the moment. */
function opensAt(down: NonNullable<SyncState['down']>, wishes: Wishes): number {
  return wishes.sweep > down.serves && !down.named ? 0 : Date.parse(down.retryAt)
}

const momentOf = (at: Instant | undefined): number => (at === undefined ? 0 : Date.parse(at))
