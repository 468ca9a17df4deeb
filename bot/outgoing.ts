import type { Reply, ViewRef } from '../skills/kit/reply.js'

/** The vocabulary of what Nexus says unasked: what is to go out, the call that says it, and how the call ended. */

/**
 * What a message shows: a reply as it stands, a record that is drawn when it is sent, so that it is never stale, or an answer that was
 * drawn for whoever asked.
 */
export type Content = ViewRef | Reply | Drawn

/** Where something is said: a channel or a chat by its conversation id, or a person by Entra object id, whose chat is opened. */
export type Destination = { channel: string } | { chat: string } | { person: string }

/** The destination as one text, the same for equal ones. */
export const nameOf = (to: Destination): string =>
  'channel' in to ? to.channel : 'chat' in to ? to.chat : `person/${to.person}`

/** What Teams counts as one thread: a chat, a channel's new threads, a thread. */
export const threadOf = (to: Destination, root?: string): string =>
  'channel' in to && root !== undefined ? `${to.channel};${root}` : nameOf(to)

/**
 * An item of the outbox. `key` is the name a message is remembered by within its partition; without one it is the item's id.
 * `only` makes it a message that one person sees (their account id in Teams); such a message vanishes after 24 hours.
 * `mayRepeat` is for an answer that somebody waits for: where nobody can say whether it arrived it is said again, with words that say so.
 */
export type Outgoing =
  /** A message in a chat, or a new thread in a channel. */
  | { op: 'post'; to: Destination; key?: string; only?: string; mayRepeat?: true; content: Content }
  /** A message in the thread of the message that `root` names; that one is remembered, or before it in the same line. */
  | { op: 'reply'; to: Destination; root: string; key?: string; only?: string; mayRepeat?: true; content: Content }
  /** A message as it must read now. One that is not there any more is posted anew, in the thread of `root` where that is named. */
  | { op: 'edit'; to: Destination; key: string; root?: string; content: Content }

/** An answer that could not be said in its turn. */
export interface Unsaid {
  /** The same for the same answer to the same message, so that it is taken once. */
  id: string
  to: Destination
  /** Activity id of the first message of the thread it belongs to, in a channel. */
  root?: string
  /** Account id of the one person who is to see it. */
  only?: string
  drawn: Drawn
  /** Milliseconds to wait at least before it is tried again. */
  wait: number
  /** How many milliseconds ago an attempt began whose outcome nobody knows. */
  begun?: number
}

/** A message as the channel takes it, and the words by which people see it on a lock screen. */
export interface Drawn {
  activity: Record<string, unknown>
  headline: string
}

/** One call of the channel, with all ids known; `root` is the activity id of a thread's first message. */
export type Call =
  | { op: 'post'; to: Destination; root?: string; only?: string; activity: Drawn['activity'] }
  | {
      op: 'edit'
      to: Destination
      root?: string
      activityId: string
      targeted?: true
      activity: Drawn['activity']
    }
  | { op: 'delete'; to: Destination; root?: string; activityId: string; targeted?: true }

/** What keeps Nexus from speaking in a place. */
export type Barrier = 'uninstalled' | 'not-in-roster' | 'blocked' | 'disabled' | 'writes-blocked' | 'forbidden'

/**
 * How a call ended.
 * `delivered` it was taken. `busy` it was surely not taken, and may be later. `unsure` nobody said whether it was taken.
 * `gone` what it refers to is not there. `barred` Nexus may not speak there. `rejected` it will never be taken.
 */
export type Delivery =
  | { is: 'delivered'; activityId: string }
  | { is: 'busy'; reason: string; retryAfterMs?: number }
  | { is: 'unsure'; reason: string }
  | { is: 'gone'; what: 'activity' | 'conversation'; reason: string }
  | { is: 'barred'; barrier: Barrier; reason: string }
  | { is: 'rejected'; reason: string }

/** How a call ended that was not taken. */
export type Undelivered = Exclude<Delivery, { is: 'delivered' }>

/** Makes one call; it never throws, because every way a call can end is a `Delivery`. */
export type Send = (call: Call) => Promise<Delivery>

/** What is known of a message whose fate is not. */
export interface Sought {
  to: Destination
  /** Activity id of the thread's first message. */
  root?: string
  headline: string
  /** What its card carries that no other message's does; absent where it has no card, or was sent without. */
  mark?: string
  /** One person alone sees it. */
  targeted?: true
  /** When the first attempt began that may have put it there, milliseconds since 1970. */
  since: number
  /** When the latest one began, where there were several. */
  tried?: number
}

/**
 * What reading a place came to: ids of Nexus's own messages there that are the one that is sought, `later` where it cannot be read now, `never`
 * where nobody will learn it this way, such as for want of a permission.
 */
export type Found = string[] | 'later' | 'never'

/** Reads a place and looks for messages of Nexus's own that came since a moment. */
export type FindMessages = (sought: Sought) => Promise<Found>
