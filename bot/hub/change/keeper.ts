import type { Plan } from '../../../skills/kit/plan.js'
import type { Approvals } from '../../../skills/kit/ports.js'
import type { Intent, Reply, ViewRef } from '../../../skills/kit/reply.js'
import type { Caller } from '../caller.js'
import type { Registered } from '../registry.js'

/** A change that was planned and passed its guards, as it becomes a proposal. */
export interface PlannedChange {
  found: Registered
  intent: Intent
  plan: Plan
  /** Id of the turn, for the audit. */
  turn: string
}

/** The keeper of proposals, approvals and runs. */
export interface Changes {
  /** Whether changes by this command may be asked for now; the reason is a stop switch, read-only mode or a freeze. @throws Fault NotAllowed */
  admit(found: Registered, caller: Caller): Promise<void>
  /** Makes a proposal, durably, and has its card posted; answers what its asker is told. */
  propose(change: PlannedChange, caller: Caller): Promise<Reply>
  /**
   * Has a change's card posted where somebody asked for it, to follow the change like its other cards.
   * @param turn id of the turn, so that it is posted once
   * @returns false where the view is no change's, or nothing is to follow: then it is answered as it is now
   */
  show(view: ViewRef, caller: Caller, turn: string): Promise<boolean>
  /** What somebody may do with proposals in a turn. @param turn its id, for the audit */
  approvalsFor(caller: Caller, turn: string): Approvals
}
