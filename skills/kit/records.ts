import type { AuditEntry } from './audit.js'
import type { Event } from './event.js'
import type { Claim, Instant, Json } from './model.js'
import type { Reply, ViewRef } from './reply.js'

/** A record of a skill's own, as it was read. */
export interface Kept<T> {
  partition: string
  kind: string
  id: string
  /** Changes with every write. */
  etag: string
  data: T
}

/** Where something unasked is said: in a team's channel for a purpose, to a person by catalog id, or in a place where somebody asked. */
export type Whereto = { team: string; purpose: string } | { person: string } | { place: string }

/** A message that goes out unasked. `key` is the name it is edited and answered by within its partition. */
export type Message =
  /** A new message; in a channel a new thread. */
  | { op: 'post'; key: string; to: Whereto; content: ViewRef | Reply }
  /** A message in the thread that the message `root` began. */
  | { op: 'reply'; key: string; root: string; to: Whereto; content: ViewRef | Reply }
  /** The message as it must read now. Several edits that wait become one, and a view is drawn when it is sent. */
  | { op: 'edit'; key: string; root?: string; to: Whereto; content: ViewRef | Reply }

/**
 * One write of a commit.
 * - `put` writes a record; `ifMatch` wants it as it was read, `ifAbsent` wants it new. `index` names fields that `find` may use.
 *   `publishes` says what the catalog shows of it (an entity with the source Nexus), null that it shows nothing any more.
 * - `say` puts a message into the outbox; its `id` was never used in this partition before, so that a repeated commit says nothing twice.
 * - `anchor` names somebody else's message, such as the one a person asked in, as the root of a thread.
 * - `set-timer` wakes the skill at a moment; one of the same name and id is moved.
 * - `tell` makes an event that all skills hear, this one too; `audit` is one line of the audit log.
 */
export type RecordWrite =
  | {
      op: 'put'
      kind: string
      id: string
      data: Json
      index?: Record<string, string | number>
      ifMatch?: string
      ifAbsent?: true
      publishes?: Claim | null
    }
  | { op: 'delete'; kind: string; id: string; ifMatch?: string; publishes?: null }
  | { op: 'say'; id: string; message: Message; notBefore?: Instant }
  | { op: 'anchor'; key: string; activityId: string }
  | { op: 'set-timer'; name: string; id: string; due: Instant; data: Json }
  | { op: 'clear-timer'; name: string; id: string }
  | { op: 'tell'; event: Event }
  | { op: 'audit'; entry: AuditEntry }

/** What a skill remembers: its own records and no other skill's, of the turn's tenant. */
export interface Records {
  get<T>(key: { partition: string; kind: string; id: string }): Promise<Kept<T> | undefined>
  /** Records of a kind, in one partition or in all, whose indexed fields are as told; at most `limit` (100 unless told). */
  find<T>(query: {
    kind: string
    partition?: string
    where?: Record<string, string | number>
    limit?: number
  }): Promise<Kept<T>[]>
  /**
   * Writes all of it or nothing, within one partition; durable when it resolves.
   * @throws Fault Conflict where a condition does not hold: somebody else was faster
   */
  commit(partition: string, writes: readonly RecordWrite[]): Promise<void>
}

/** A timer that fell due. */
export interface WokenBy {
  partition: string
  /** The id it was set with. */
  id: string
  due: Instant
  data: Json
}
