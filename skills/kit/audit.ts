import type { Instant, Json, Person, Ref } from './model.js'
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

/** An entry of the audit log as it stands in the chain. */
export interface AuditRecord extends AuditEntry {
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
}
