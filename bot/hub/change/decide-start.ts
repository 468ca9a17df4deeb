import type { Instant } from '../../../skills/kit/model.js'
import type { Decision, Plan } from '../../../skills/kit/plan.js'
import type { Moved } from '../../../skills/kit/proposal.js'
import { settle, type Change } from './change.js'
import { comparePlans } from './compare-plans.js'

/** How things stand at the moment of the start. */
export interface Standing {
  at: Instant
  /** Whether the asker may still ask for it. */
  asker: Decision
  /** For each approval, in the order of the votes, whether its person may still give it. */
  approvers: Decision[]
  /** Whether changes may run at all now. */
  admitted: Decision
  /** The plan made anew, with what it binds; or why none can be made any more. */
  fresh: { plan: Plan; hash: string; policyVersion: string } | { impossible: string }
}

/**
 * Starts an approved change, or declares it void: where anything it was bound to has moved, a guard stands against it now, or somebody
 * who asked or approved may not any more.
 */
export function decideStart(change: Change, standing: Standing): Change {
  const { proposal, run } = change
  if (proposal.state !== 'approved' || !run) return change
  const { at, fresh } = standing
  const barred = [standing.admitted, standing.asker, ...standing.approvers].find(({ allowed }) => !allowed)
  if (barred) return voided(change, at, barred.reason)
  if ('impossible' in fresh) return voided(change, at, fresh.impossible)
  if (fresh.hash !== proposal.hash) {
    const versions = { before: proposal.policy.version, now: fresh.policyVersion }
    return voided(change, at, undefined, comparePlans(proposal.plan, fresh.plan, versions))
  }
  const guard = fresh.plan.guards.find(({ allowed }) => !allowed)
  if (guard) return voided(change, at, guard.reason)
  return {
    proposal: { ...proposal, state: 'started' },
    run: { ...run, state: 'running', started: at, progress: { text: 'Started.' }, log: [{ at, text: 'Started.' }] },
  }
}

function voided(change: Change, at: Instant, reason?: string, moved: Moved[] = []): Change {
  const why =
    reason ?? (moved.length ? `${moved.map(({ what }) => what).join(', ')} moved.` : 'The plan is another one now.')
  return settle(change, 'void', { at, reason: why }, { moved })
}
