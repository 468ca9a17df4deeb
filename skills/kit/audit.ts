import type { Instant, Json, Person, Ref } from './model.js'
import type { Actor } from './proposal.js'

/** What a line of the audit log says beside who did it; its moment and its place in the chain are added when it is written. */
interface AuditDeed {
  /** What was done: a noun and a verb in the past, such as `proposal.approved`; `audit-actions.ts` lists and explains them. */
  action: string
  /** To what. */
  target?: Ref
  /** What else is to be known of it: parameters, plan, reason, result. No secrets. */
  detail: Record<string, Json>
  /** Id of the turn it was done in, or that it goes back to; the log's line of that turn has it too. */
  turn?: string
}

/**
 * One line of the audit log. It says who did it, or, where Nexus did it by itself, what made it: "PR-12, which Lee Park approved", "its time
 * was up".
 */
export type AuditEntry = AuditDeed & ({ by: Actor; cause?: undefined } | { by?: undefined; cause: string })

/** An entry of the audit log as it stands in the chain; lines of the past may say neither. */
export interface AuditRecord extends AuditDeed {
  by?: Actor
  cause?: string
  seq: number
  at: Instant
}

/** What is looked for in the audit log; what is absent is not asked about. */
export interface AuditQuery {
  /** Catalog id of the person who did it. */
  by?: string
  /** Any of these things it was done to. */
  targets?: Ref[]
  from?: Instant
  /** Up to below this moment. */
  to?: Instant
  /** Most entries, 1 to 500. */
  limit: number
}

/** What was found, newest first, and how far the log is known to be whole. */
export interface AuditPage {
  records: AuditRecord[]
  /** There are older ones. */
  more: boolean
  /** The chain was followed to this entry; `broken` where it does not hold, with what is wrong in a sentence. */
  chain: { to: number; broken?: string }
}

/** Looks into the audit log. */
export interface Audit {
  /** Entries that fit; of a change that one of them is of, all. That somebody read them is an entry itself, durable before the answer. */
  find(query: AuditQuery, reader: { id: string; person: Person }): Promise<AuditPage>
  /**
   * What somebody did last, newest first, for their own eyes: that they look at it is no entry.
   * @param limit most entries, 1 to 50; of a change that one of them is of, all beside
   */
  ownLatest(person: Person, limit: number): Promise<AuditRecord[]>
}
