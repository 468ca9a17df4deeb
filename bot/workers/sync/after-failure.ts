import { Fault } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { DownState, StepName } from '../../store/records/sync-state.js'

/** A step that a vendor did not let come to its end. */
export interface Failure {
  error: unknown
  /** As people call the source. */
  title: string
  during: StepName
  /** The wish for a sweep that was known when it was asked. */
  serves: number
  now: Instant
}

/** The first pause after a failure, and the longest, in milliseconds; each is twice the one before. */
const firstPause = 5_000
const longestPause = 300_000

/** How a source stands after it failed: why, and when it is asked again. Pure. */
export function afterFailure(before: DownState | undefined, { error, title, during, serves, now }: Failure): DownState {
  const times = (before?.times ?? 0) + 1
  const named = error instanceof Fault ? error.retryAfterMs : undefined
  const pause = named ?? Math.min(longestPause, firstPause * 2 ** Math.min(times - 1, 10))
  return {
    since: before?.since ?? now,
    reason: reasonOf(error, title),
    at: now,
    times,
    retryAt: new Date(Date.parse(now) + pause).toISOString(),
    ...(named !== undefined && { named: true }),
    during,
    serves,
  }
}

/** What people are told of an error; what else is in it is for the log. */
function reasonOf(error: unknown, title: string): string {
  if (error instanceof Fault) return error.message
  if ((error as Partial<Error> | undefined)?.name === 'TimeoutError') return `${title} takes too long to answer.`
  return `${title} answered in a way Nexus does not understand.`
}
