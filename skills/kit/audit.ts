import type { Json, Ref } from './model.js'
import type { Actor } from './proposal.js'

/** One line of the audit log; place, time and chain are added when it is written. */
export interface AuditEntry {
  /** What was done: a noun and a verb in the past, such as `proposal.approved`. */
  action: string
  /** Who; absent where Nexus did it by itself, such as an expiry. */
  by?: Actor
  /** To what. */
  target?: Ref
  /** What else is to be known of it: parameters, plan, reason, result. No secrets. */
  detail: Record<string, Json>
}
