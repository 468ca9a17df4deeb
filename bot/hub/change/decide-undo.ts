import type { Intent } from '../../../skills/kit/reply.js'
import { deny, isOver, type Change, type Denied } from './change.js'

/**
 * Whether a change can be taken back, and by which intent: after it was done, and once. A proposal to take it back that came to nothing
 * stands in nobody's way.
 * @param undoing the change that was proposed to take it back, where there is one
 */
export function decideUndo(
  { proposal, run }: Change,
  undoing: Change | undefined,
): { allowed: true; intent: Intent } | Denied {
  const { id, plan } = proposal
  if (run?.state !== 'succeeded') return deny('Conflict', `${id} has not been done, so there is nothing to undo.`)
  if ('impossible' in plan.undo) return deny('Conflict', `${id} can't be undone: ${plan.undo.impossible}`)
  if (undoing && !cameToNothing(undoing))
    return deny('Conflict', `${undoing.proposal.id} undoes ${id} already.`, `Look at ${undoing.proposal.id}.`)
  return { allowed: true, intent: plan.undo }
}

const cameToNothing = (change: Change): boolean =>
  isOver(change) && change.run?.state !== 'succeeded' && change.run?.state !== 'unknown'
