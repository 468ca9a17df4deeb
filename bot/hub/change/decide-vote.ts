import type { Instant } from '../../../skills/kit/model.js'
import type { Decision } from '../../../skills/kit/plan.js'
import type { Actor, Proposal, Run, Vote } from '../../../skills/kit/proposal.js'
import { deny, grant, sayStanding, settle, type Change, type Ruling } from './change.js'
import { presentStage } from '../../../skills/kit/stages.js'

/** Longest reason that is kept, in characters. */
export const longestReason = 500

/** A vote as somebody casts it. */
export interface Ballot {
  by: Actor
  verdict: 'approve' | 'reject'
  reason?: string
  at: Instant
  /** Whether the person fits the rule of the present stage, asked at this moment. */
  permitted: Decision
}

/**
 * Counts a vote: while the proposal waits, of somebody who is not its asker, who fits the present stage, once a person. One rejection
 * settles it; the last approval of the last stage queues the run. The same vote again changes nothing, so a double click is one click.
 */
export function decideVote(change: Change, { by, verdict, reason, at, permitted }: Ballot): Ruling {
  const { proposal } = change
  const earlier = proposal.votes.find((vote) => vote.by.id === by.id)
  if (earlier?.verdict === verdict) return grant(change)
  if (proposal.state !== 'waiting') return deny('Conflict', sayStanding(proposal), 'Nothing more is to be decided.')
  if (at >= proposal.expires) return deny('Conflict', `${proposal.id} has expired.`, 'Ask for it again.')
  if (by.id === proposal.by.id)
    return verdict === 'approve'
      ? deny('NotAllowed', 'Nobody approves their own change.', 'Ask one of those who may approve it.')
      : deny('NotAllowed', 'This is your own change.', 'Withdraw it instead.')
  if (earlier) return deny('Conflict', 'You have decided already.', 'Its asker can withdraw it.')
  if (!permitted.allowed) return deny('NotAllowed', permitted.reason, permitted.wayOn)
  const why = reason?.trim().slice(0, longestReason)
  if (verdict === 'reject' && !why) return deny('BadInput', 'A rejection needs a reason.', 'Say why in a few words.')
  return grant(count(change, { by, at, verdict, stage: presentStage(proposal), ...(why && { reason: why }) }))
}

function count(change: Change, vote: Vote): Change {
  const { proposal } = change
  const votes = [...proposal.votes, vote]
  const { by, at, reason } = vote
  if (vote.verdict === 'reject') return settle(change, 'rejected', { at, by, ...(reason && { reason }) }, { votes })
  if (presentStage({ ...proposal, votes }) < proposal.stages.length)
    return { ...change, proposal: { ...proposal, votes } }
  const approved: Proposal = { ...proposal, votes, state: 'approved', decided: { at, by, ...(reason && { reason }) } }
  return { proposal: approved, run: queued(approved, at) }
}

const queued = ({ id, plan }: Proposal, at: Instant): Run => ({
  proposal: id,
  lock: plan.target,
  progress: { text: 'Starts in a moment.' },
  attempts: [],
  state: 'queued',
  queued: at,
  log: [],
})
