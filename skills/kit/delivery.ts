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

/**
 * What a delivery means for the catalog: of which source something is to be read anew. It never says what is so: an event that comes late,
 * twice or before an earlier one then changes nothing that is not so at the vendor.
 */
export interface Moved {
  /** Name of the source that knows of it: `azure`, `github`. */
  source: string
  /** What to read anew; one that is not there any more turns out to be gone by that. */
  reread: readonly Ref[]
  /** Why everything is to be read: what it touched is not in the delivery. */
  sweep?: string
}

/** Says what a delivery moved; undefined where it moved nothing that the catalog knows. It is pure, and never throws. */
export type ReadMoved = (delivery: Delivery) => Moved | undefined
