import type { Event } from './event.js'
import type { Instant, Ref } from './model.js'

/** What a vendor brought to Nexus without being asked, as it came: a webhook, or one item of a batch of them. */
export interface Delivery {
  /** Who sent it: `azure-monitor`, `pagerduty` … */
  source: string
  /** The vendor's id of it, else a digest of its body; the same when it is brought again. */
  id: string
  /** When it arrived. */
  arrived: Instant
  /** Headers that say what it is, names in lower case; none that prove who sent it. */
  headers: Record<string, string>
  /** The body's text, as it came. */
  body: string
}

/** What something may be about, in the words of whoever sent it. */
export interface About {
  /** Azure Resource Manager ids, in any case. */
  resources?: string[]
  /** Names of services and resources, such as an alert's dimensions. */
  names?: string[]
  /** Entities whose ids are known from what was sent, such as a repository. */
  refs?: Ref[]
}

/** An event before it has an id, an arrival and subjects. */
export interface Draft extends Pick<Event, 'type' | 'at' | 'data'> {
  /** The likeliest first: the catalog is asked for the next only where it knows nothing of those before. */
  about: readonly About[]
  /** What it is one of several of: drafts with the same thread are heard in the order of their arrival. */
  thread: string
}

/**
 * A delivery, read. `ignored` is what Nexus has no use for; `unreadable` is what a person must look at, with a reason that says what to do.
 */
export type Reading =
  { state: 'read'; drafts: Draft[] } | { state: 'ignored'; reason: string } | { state: 'unreadable'; reason: string }

/** Reads the deliveries of one source. It is pure, and whatever it is given it answers and never throws. */
export type ReadDelivery = (delivery: Delivery) => Reading
