import { Fault, type FaultCode } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Actor, Proposal, ProposalState, Run, RunState } from '../../../skills/kit/proposal.js'

/** A proposal and, from its approval on, the run that does it. */
export interface Change {
  proposal: Proposal
  run?: Run
}

/** A wish that was granted: the change as it is from now on. The same change means that nothing moved. */
export interface Granted {
  allowed: true
  change: Change
}

/** A wish that was not, and what its person is told. */
export interface Denied {
  allowed: false
  code: FaultCode
  reason: string
  wayOn?: string
}

/** What the state machine says to what somebody wants. */
export type Ruling = Granted | Denied

export const grant = (change: Change): Granted => ({ allowed: true, change })

export const deny = (code: FaultCode, reason: string, wayOn?: string): Denied => ({
  allowed: false,
  code,
  reason,
  ...(wayOn !== undefined && { wayOn }),
})

/** The change a ruling granted. @throws Fault with the reason of a denial */
export function grantedBy(ruling: Ruling): Change {
  if (ruling.allowed) return ruling.change
  throw new Fault(ruling.code, ruling.reason, ruling.wayOn)
}

const finalProposals: readonly ProposalState[] = ['rejected', 'void', 'expired', 'withdrawn']
const finalRuns: readonly RunState[] = ['succeeded', 'failed', 'cancelled', 'unknown']

/** Whether a run has come to its end. */
export const hasEnded = (run: Run | undefined): boolean => run !== undefined && finalRuns.includes(run.state)

/** Whether nothing more happens to a change by itself. */
export const isOver = ({ proposal, run }: Change): boolean =>
  finalProposals.includes(proposal.state) || (proposal.state === 'started' && hasEnded(run))

/** A proposal at its end without a start; a run that waited for its turn goes with it. */
export function settle(
  { proposal }: Change,
  state: 'rejected' | 'void' | 'expired' | 'withdrawn',
  decided: { at: Instant; by?: Actor; reason?: string },
  rest: Partial<Proposal> = {},
): Change {
  return { proposal: { ...proposal, ...rest, state, decided } }
}

const endings: Record<ProposalState, string> = {
  waiting: 'still waits for approval',
  approved: 'is approved and waits for its turn',
  started: 'has started',
  rejected: 'was rejected',
  withdrawn: 'was withdrawn',
  expired: 'has expired',
  void: 'is void, because something moved',
}

/** How a proposal stands, as a sentence: "PR-12 was rejected by Lee Park." */
export function sayStanding({ id, state, decided }: Proposal): string {
  const by = decided?.by && (state === 'rejected' || state === 'withdrawn') ? ` by ${decided.by.name}` : ''
  return `${id} ${endings[state]}${by}.`
}
