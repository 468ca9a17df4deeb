import type { AuditEntry } from '../../../skills/kit/audit.js'
import type { Json } from '../../../skills/kit/model.js'
import type { Actor, Proposal, Vote } from '../../../skills/kit/proposal.js'
import { hasEnded, type Change } from './change.js'

/** Whose doing a transition is, and in which turn. */
export interface Doing {
  by: Actor
  /** Id of the turn. */
  turn?: string
}

/**
 * What the audit log says of a transition: who asked for what, who decided it and why, what was sent, how it ended.
 * @param doing absent where Nexus does it by itself; the lines then say for which proposal, by whose leave, and name the turn it was asked in
 */
export function auditLines(before: Change | undefined, after: Change, doing?: Doing): AuditEntry[] {
  const { proposal } = after
  const turn = doing ? doing.turn : proposal.turn
  const line = (action: string, detail: Record<string, Json>, who = doing?.by): AuditEntry => ({
    action,
    ...(who ? { by: who } : { cause: causeOf(proposal) }),
    target: proposal.plan.target,
    detail: { proposal: proposal.id, ...detail },
    ...(turn !== undefined && { turn }),
  })
  if (!before) return [line('proposal.asked', asked(after))]
  const votes = proposal.votes.slice(before.proposal.votes.length).map((vote) => voteLine(vote, line))
  return [...votes, ...standing(before, after, line), ...running(before, after, line)]
}

/** What makes Nexus do something for a change: "PR-12 of Dana Ortiz, approved by Lee Park". */
function causeOf({ id, by, votes }: Proposal): string {
  const approvers = votes.flatMap(({ verdict, by: { name } }) => (verdict === 'approve' ? [name] : []))
  return `${id} of ${by.name}${approvers.length ? `, approved by ${approvers.join(', ')}` : ''}`
}

type Line = (action: string, detail: Record<string, Json>, who?: Actor) => AuditEntry

const asked = ({
  proposal: { intent, plan, hash, policy, stages, expires, undoes },
}: Change): Record<string, Json> => ({
  command: intent.command,
  args: intent.args,
  plan: plan as unknown as Json,
  hash,
  policy,
  stages: stages as unknown as Json,
  expires,
  ...(undoes !== undefined && { undoes }),
})

const voteLine = ({ by, verdict, stage, reason }: Vote, line: Line): AuditEntry =>
  line(verdict === 'approve' ? 'proposal.approved' : 'proposal.rejected', { stage, ...(reason && { reason }) }, by)

function standing(before: Change, { proposal }: Change, line: Line): AuditEntry[] {
  const { state, decided, moved, undoneBy } = proposal
  const lines: AuditEntry[] = []
  if (state !== before.proposal.state && (state === 'withdrawn' || state === 'expired' || state === 'void'))
    lines.push(
      line(`proposal.${state === 'void' ? 'voided' : state}`, {
        ...(decided?.reason && { reason: decided.reason }),
        ...(moved?.length && { moved: moved as unknown as Json }),
      }),
    )
  if (undoneBy !== undefined && undoneBy !== before.proposal.undoneBy) lines.push(line('proposal.undone', { undoneBy }))
  return lines
}

function running(before: Change, { run }: Change, line: Line): AuditEntry[] {
  if (!run) return []
  const lines: AuditEntry[] = []
  if (run.started && !before.run?.started) lines.push(line('run.started', {}))
  for (const { id, sent } of run.attempts.slice(before.run?.attempts.length ?? 0))
    lines.push(line('run.attempted', { attempt: id, sent }))
  if (run.state === 'cancelling' && before.run?.state !== 'cancelling') lines.push(line('run.cancel-asked', {}))
  if (hasEnded(run) && !hasEnded(before.run))
    lines.push(
      line(`run.${run.state === 'unknown' ? 'ended-unknown' : run.state}`, {
        ...(run.result && { result: run.result }),
        ...(run.reason !== undefined && { reason: run.reason }),
      }),
    )
  return lines
}
