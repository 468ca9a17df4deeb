import type { Instant } from '../skills/kit/model.js'

/** Something in the audit log, or in its anchors, that is not as it must be. */
export interface Finding {
  what: 'edited' | 'missing' | 'out-of-order' | 'cut' | 'recomputed' | 'anchor' | 'key' | 'unanchored'
  /** The entry it is about. */
  seq?: number
  /** What is wrong and where, in a sentence. */
  said: string
}

/** What verifying an audit log came to. */
export interface AuditVerdict {
  /** Every entry follows from the one before, and every anchor is signed, in order, and says what the log says. */
  holds: boolean
  at: Instant
  tenant: string
  /** How many entries there are, and the last one's number and hash. */
  entries: number
  head: { seq: number; hash: string }
  anchors: { where: string; count: number; last?: { seq: number; at: Instant } }
  /** Entries after the last anchor: as they should be by the chain alone, and anchored soon. */
  notYetAnchored: number
  /** At most 50: what is wrong in the log, in its order, then what the anchors say; `more` are not listed. */
  findings: Finding[]
  more: number
}

/** Thrown where a log cannot be verified at all, for want of the store, the key or the anchors; the message says what to do. */
export class CannotVerify extends Error {}
