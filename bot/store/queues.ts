import type { Json } from './json.js'

/** How a worker takes work: at most `limit` items, for `leaseMs`; what is not finished by then may be claimed again. */
export interface ClaimOptions {
  /** 1 to 100. */
  limit: number
  leaseMs: number
  /** Who takes it, for people who look. */
  worker: string
}

/** Something that came in, such as a webhook's body. */
export interface Arrival {
  /** Who sent it, such as `azure-monitor`. */
  source: string
  /** The sender's own id of the delivery: with the source it makes two deliveries the same. Without one each is new. */
  id?: string
  /** What was sent; a raw body as text is given back as it was, up to the limits of a batch. */
  data: Json
}

/** An inbox item in a worker's hands. */
export interface InboxItem extends Arrival {
  /** The sender's id, or one that the store gave. */
  id: string
  at: number
  /** How often it was claimed, this time included: above 1 an earlier worker may have done part of it. */
  attempts: number
  /** Proof of the claim. */
  claim: string
}

/** An inbox item as people see it. */
export interface InboxEntry extends Arrival {
  id: string
  at: number
  attempts: number
  state: InboxState
  /** Why it failed last. */
  reason?: string
}

/** `queued` waits or is being worked on, `done` is finished, `dead` was given up and waits for a person. */
export type InboxState = 'queued' | 'done' | 'dead'

/** A durable queue of what came in. Each item is worked on at least once; effects are made idempotent by their keys. */
export interface Inbox {
  /**
   * Takes items in; answers when they are durable, all of the batch or none. An item whose source and id are known
   * already is left as it is.
   * @returns for each item, in order, whether it was new
   */
  append(items: readonly Arrival[]): Promise<('new' | 'known')[]>
  /** Claims items that wait, those that have waited longest first. */
  claim(options: ClaimOptions): Promise<InboxItem[]>
  /** Finishes an item. @throws StoreConflict where the claim ran out and another worker has it. */
  done(item: InboxItem): Promise<void>
  /** Gives an item back, to be claimed again at `retryAt` at the earliest. @throws StoreConflict as `done`. */
  fail(item: InboxItem, failure: { retryAt: number; reason: string }): Promise<void>
  /** Gives an item up; it stays and can be listed. @throws StoreConflict as `done`. */
  dead(item: InboxItem, reason: string): Promise<void>
  /** Puts a dead item back into the queue. @returns false where there is no such dead item */
  revive(source: string, id: string): Promise<boolean>
  /** How many items are in a state. */
  count(state: InboxState): Promise<number>
  /** An item by its source and id, or undefined. */
  get(source: string, id: string): Promise<InboxEntry | undefined>
  /** Items of a state, those that came to it last first; for people. `limit` is 1 to 100, 50 by default. */
  list(options: {
    state: InboxState
    limit?: number
    after?: string
  }): Promise<{ items: InboxEntry[]; continuation?: string }>
}

/** An outbox item in a worker's hands. */
export interface OutboxItem {
  partition: string
  id: string
  thread: string
  data: Json
  /** When it was enqueued. */
  at: number
  /** How often it was claimed, this time included: above 1 it may have been sent already, so look before sending. */
  attempts: number
  claim: string
}

/** An outbox item as it is kept. */
export interface OutboxEntry extends Omit<OutboxItem, 'claim'> {
  state: OutboxState
  result?: Json
  reason?: string
}

/**
 * `queued` waits or is being sent; `unknown` may have been sent, and only a person can say; `dead` was given up; `dropped` was one of
 * these two until a person said that it is not to be sent.
 */
export type OutboxState = 'queued' | 'sent' | 'unknown' | 'dead' | 'dropped'

/** How sending ended. All but `retry` let the next item of the thread go. */
export type Settlement =
  | { state: 'sent'; result?: Json }
  | { state: 'retry'; notBefore: number; reason: string }
  | { state: 'unknown'; reason: string }
  | { state: 'dead'; reason: string }

/**
 * A durable queue of what goes out, one line per thread: items of a thread come in the order in which their commits were
 * answered, and the next is claimed only when the one before is settled. Threads do not wait for each other.
 */
export interface Outbox {
  /** Claims the first items of threads that wait for nobody. The claim is the record of the attempt: it is durable first. */
  claim(options: ClaimOptions): Promise<OutboxItem[]>
  /** Says how it ended. @throws StoreConflict where the claim ran out and another worker has it. */
  settle(item: OutboxItem, settlement: Settlement): Promise<void>
  /** An item by its key, or undefined. */
  get(partition: string, id: string): Promise<OutboxEntry | undefined>
  /** Items of a thread that are not settled, in order. At most 100. */
  waiting(thread: string): Promise<OutboxEntry[]>
  /** Items of a state, those enqueued last first; for people. `limit` is 1 to 100, 50 by default. */
  list(options: {
    state: OutboxState
    limit?: number
    after?: string
  }): Promise<{ items: OutboxEntry[]; continuation?: string }>
  /** How many items wait for their sending or for a person. */
  counts(): Promise<Record<'queued' | 'unknown' | 'dead', number>>
  /**
   * Puts an `unknown` or `dead` item back into its thread's line, before what waits there, as if it were enqueued now; its attempts stay
   * counted, and the reason says why.
   * @returns `replaced` where a later edit of the same message was enqueued, which it must not undo; `absent` where there is no such item
   */
  revive(partition: string, id: string, reason: string): Promise<'done' | 'replaced' | 'absent'>
  /** Gives an `unknown` or `dead` item up for good. @returns `absent` where there is no such item */
  drop(partition: string, id: string, reason: string): Promise<'done' | 'absent'>
}

/** A timer that is set. */
export interface Timer {
  partition: string
  id: string
  due: number
  data: Json
}

/** A timer that fell due, in a worker's hands. */
export interface FiredTimer extends Timer {
  attempts: number
  claim: string
}

/** Moments to act at. A timer fires at least once; `clear-timer` with the claim in the commit of its effects makes it once. */
export interface Timers {
  /** Timers due at `now` (the clock's by default) that nobody has claimed, the earliest first, at most `limit`. */
  due(limit: number, now?: number): Promise<Timer[]>
  /** When the next unclaimed timer falls due, or a claim on one runs out; undefined where none is set. */
  next(): Promise<number | undefined>
  /** Claims timers that are due, the earliest first. */
  claim(options: ClaimOptions): Promise<FiredTimer[]>
  /** Clears a fired timer. @returns false where it was set anew, cleared or claimed by another meanwhile: it then stays */
  done(timer: FiredTimer): Promise<boolean>
}
