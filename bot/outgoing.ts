import type { Json, Ref } from '../skills/kit/model.js'
import type { Reply } from '../skills/kit/reply.js'

/** The vocabulary of what Nexus says unasked: what is to go out, the call that says it, and how the call ended. */

/** What a message shows: a reply as it stands, or a record that is drawn when it is sent, so that it is never stale. */
export type Content = Ref | Reply

/**
 * An item of the outbox. `key` is the name a message is remembered by within its partition; without one it is the item's id.
 * `only` makes it a message that one person sees (their account id in Teams); such messages vanish after 24 hours.
 */
export type Outgoing =
  /** A message in a chat, or a new thread in a channel. A person is named by Entra object id; their chat is opened. */
  | { op: 'post'; to: { conversation: string } | { person: string }; key?: string; only?: string; content: Content }
  /** A message in the thread of a message that was, or is before it, in the same line. */
  | { op: 'reply'; conversation: string; root: string; key?: string; only?: string; content: Content }
  /** A remembered message as it must read now. Where it cannot be found any more it is posted anew. */
  | { op: 'edit'; conversation: string; root?: string; key: string; content: Content }

/** A message as the channel takes it, and the words by which people see it on a lock screen. */
export interface Drawn {
  activity: Record<string, unknown>
  headline: string
}

/** One call of the channel, with all ids known. */
export type Call =
  | { op: 'post'; to: { conversation: string } | { person: string }; only?: string; activity: Drawn['activity'] }
  | { op: 'reply'; conversation: string; root: string; only?: string; activity: Drawn['activity'] }
  | {
      op: 'edit'
      conversation: string
      root?: string
      activityId: string
      targeted?: true
      activity: Drawn['activity']
    }
  | { op: 'delete'; conversation: string; root?: string; activityId: string; targeted?: true }

/** What keeps Nexus from speaking in a place. */
export type Barrier = 'uninstalled' | 'not-in-roster' | 'blocked' | 'disabled' | 'writes-blocked' | 'forbidden'

/**
 * How a call ended.
 * `delivered` it was taken. `busy` it was surely not taken, and may be later. `unsure` nobody said whether it was taken.
 * `gone` what it refers to is not there. `barred` Nexus may not speak there. `rejected` it will never be taken.
 */
export type Delivery =
  | { is: 'delivered'; conversation: string; activityId: string }
  | { is: 'busy'; reason: string; retryAfterMs?: number }
  | { is: 'unsure'; reason: string }
  | { is: 'gone'; what: 'activity' | 'conversation'; reason: string }
  | { is: 'barred'; barrier: Barrier; reason: string }
  | { is: 'rejected'; reason: string }

/** Makes one call; it never throws, because every way a call can end is a `Delivery`. */
export type Send = (call: Call) => Promise<Delivery>

/** A message whose fate is not known, as much as is known of it. */
export interface Sought {
  to: { conversation: string } | { person: string }
  /** Activity id of the thread's root. */
  root?: string
  headline: string
  /** When the attempt began, milliseconds since 1970. */
  since: number
}

/**
 * Reads a place and answers the ids of Nexus's own messages there with that headline since that moment, or undefined where it cannot
 * be read now.
 */
export type FindMessages = (sought: Sought) => Promise<string[] | undefined>

/** An item as the store keeps it. */
export const asJson = (outgoing: Outgoing): Json => outgoing as unknown as Json
