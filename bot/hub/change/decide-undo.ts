import type { Intent } from '../../../skills/kit/reply.js'
import { deny, type Change, type Denied } from './change.js'

/** Whether a change can be taken back, and by which intent: once, after it was done. */
export function decideUndo({ proposal, run }: Change): { allowed: true; intent: Intent } | Denied {
  const { id, plan, undoneBy } = proposal
  if (run?.state !== 'succeeded')
    return deny('Conflict', `${id} has not been done, so there is nothing to undo.`)
  if ('impossible' in plan.undo) return deny('Conflict', `${id} can't be undone: ${plan.undo.impossible}`)
  if (undoneBy !== undefined)
    return deny('Conflict', `${undoneBy} undoes ${id} already.`, `Look at ${undoneBy}.`)
  return { allowed: true, intent: plan.undo }
}
