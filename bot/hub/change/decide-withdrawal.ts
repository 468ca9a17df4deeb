import type { Instant } from '../../../skills/kit/model.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { Actor } from '../../../skills/kit/proposal.js'
import { deny, grant, hasEnded, sayStanding, settle, type Change, type Ruling } from './change.js'
import { longestReason } from './decide-vote.js'

/** Who takes something back, when and why. */
export interface TakingBack {
  by: Actor
  at: Instant
  reason?: string
}

/** Takes a proposal back: its asker may, until it has started. Twice is once. */
export function decideWithdrawal(change: Change, { by, at, reason }: TakingBack): Ruling {
  const { proposal } = change
  if (by.id !== proposal.by.id)
    return deny(
      'NotAllowed',
      `Only ${proposal.by.name} can withdraw ${proposal.id}.`,
      'Whoever may approve it can reject it.',
    )
  if (proposal.state === 'withdrawn') return grant(change)
  if (proposal.state === 'started')
    return deny(
      'Conflict',
      sayStanding(proposal),
      hasEnded(change.run) ? 'Undo it where that is possible.' : 'Cancel the run instead.',
    )
  if (proposal.state !== 'waiting' && proposal.state !== 'approved') return deny('Conflict', sayStanding(proposal))
  return grant(withdrawn(change, { by, at, ...(reason && { reason }) }))
}

/**
 * Asks a run to end at its next step; one that waits for its turn never starts. What was sent is not called back.
 * @param permitted whether this person may cancel it
 */
export function decideCancellation(change: Change, { by, at }: TakingBack, permitted: Decision): Ruling {
  const { proposal, run } = change
  if (!permitted.allowed) return deny('NotAllowed', permitted.reason, permitted.wayOn)
  if (!run) return deny('Conflict', sayStanding(proposal), 'Only what runs can be cancelled.')
  if (hasEnded(run)) return deny('Conflict', `The run of ${proposal.id} has ended already.`)
  if (run.state === 'cancelling') return grant(change)
  if (run.state === 'queued') return grant(withdrawn(change, { by, at }))
  const text = `${by.name} asked to end it.`
  return grant({
    proposal,
    run: { ...run, state: 'cancelling', log: [...run.log, { at, text }].slice(-20) },
  })
}

function withdrawn(change: Change, { by, at, reason }: TakingBack): Change {
  const why = reason?.trim().slice(0, longestReason)
  return settle(change, 'withdrawn', { at, by, ...(why && { reason: why }) })
}
