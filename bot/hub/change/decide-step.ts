import type { Instant, Json } from '../../../skills/kit/model.js'
import type { Step } from '../../../skills/kit/plan.js'
import type { Attempt, Run, RunState } from '../../../skills/kit/proposal.js'
import { hasEnded, type Change } from './change.js'

/** Longest a run may take, in milliseconds; after that a person has to look. */
const longestRun = 24 * 60 * 60_000

/** How one step came out: what the change answered, or that it failed by an error. */
export type StepOutcome = Step<Json> | { failed: { message: string } } | { unknown: string }

/** The attempt whose answer was never recorded. */
export const unansweredOf = ({ attempts }: Run): Attempt | undefined =>
  attempts.find(({ answered }) => answered === undefined)

/** Whether a run that is to be cancelled may end without another step: nothing of it is open in the world. */
export const mayEndUnasked = (run: Run): boolean => run.state === 'cancelling' && !unansweredOf(run)

/**
 * The run after a step. One that ended stays as it is.
 * @param learnt ids of the attempts whose outcome this step was told, or found out by reading
 */
export function decideStep(change: Change, outcome: StepOutcome, at: Instant, learnt: readonly string[] = []): Change {
  const { proposal, run } = change
  if (!run || hasEnded(run) || run.state === 'queued') return change
  const known = learnt.length ? answer(run, learnt, at) : run
  const went = 'state' in outcome ? followed(known, outcome, at) : known
  if ('done' in outcome) return { proposal, run: ended(went, 'succeeded', at, { result: outcome.done }) }
  if ('failed' in outcome) return { proposal, run: ended(went, 'failed', at, { reason: outcome.failed.message }) }
  if ('unknown' in outcome) return { proposal, run: ended(went, 'unknown', at, { reason: outcome.unknown }) }
  if (run.state === 'cancelling') return decideCancelled({ proposal, run: went }, at)
  if (Date.parse(at) - Date.parse(run.started!) >= longestRun)
    return {
      proposal,
      run: ended(went, 'unknown', at, { reason: 'It has not ended within a day, so Nexus follows it no longer.' }),
    }
  return { proposal, run: went }
}

/** Records that an attempt is about to be sent. */
export const begin = (run: Run, id: string, at: Instant): Run => ({
  ...run,
  attempts: [...run.attempts, { id, sent: at }],
})

const answer = (run: Run, ids: readonly string[], at: Instant): Run => ({
  ...run,
  attempts: run.attempts.map((attempt) => (ids.includes(attempt.id) ? { ...attempt, answered: at } : attempt)),
})

/** Ends a run that was asked to end. What was sent stays sent, and that is said. */
export function decideCancelled(change: Change, at: Instant): Change {
  const { proposal, run } = change
  if (run?.state !== 'cancelling') return change
  const reason = run.attempts.length
    ? 'Nexus follows it no longer. What was sent before is not called back.'
    : 'Nothing had been sent.'
  return { proposal, run: ended(run, 'cancelled', at, { reason }) }
}

function followed(run: Run, { state: step, progress }: Step<Json>, at: Instant): Run {
  const said = run.log.at(-1)?.text === progress.text
  return { ...run, step, progress, ...(!said && { log: [...run.log, { at, text: progress.text }].slice(-20) }) }
}

const ended = (run: Run, state: RunState, at: Instant, rest: Pick<Run, 'result' | 'reason'>): Run => ({
  ...run,
  ...rest,
  state,
  ended: at,
})
