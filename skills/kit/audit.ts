import type { Json, Ref } from './model.js'
import type { Actor } from './proposal.js'

/** One line of the audit log; its moment and its place in the chain are added when it is written. */
export interface AuditEntry {
  /** What was done: a noun and a verb in the past, such as `proposal.approved`; `audit-actions.ts` lists and explains them. */
  action: string
  /** Who; absent where Nexus did it by itself, such as an expiry. */
  by?: Actor
  /** To what. */
  target?: Ref
  /** What else is to be known of it: parameters, plan, reason, result. No secrets. */
  detail: Record<string, Json>
  /** Id of the turn it was done in, which the log's line of that turn has too. */
  turn?: string
}
