import type { Json } from './json.js'
import type { Fence, Lease } from './lease.js'
import type { Inbox, Outbox, Timers } from './queues.js'
import type { Log, Series } from './streams.js'

/**
 * What Nexus remembers, with two engines behind it: SQLite in a folder, and Cosmos DB. `test/contracts/store.ts` is this
 * file as tests, and an engine is one that passes it.
 *
 * What holds in every call:
 * - A promise that resolves means durable: on disk, or acknowledged by the service.
 * - Errors are StoreConflict, StoreFull, StoreBadInput (nothing was written) and StoreUnavailable (read to find out).
 * - Moments are milliseconds since 1970, from the clock the engine was opened with.
 * - Limits are in `limits.ts`; they are those of Cosmos DB, so that what one engine takes the other takes too.
 */
export interface Store {
  /** The store as one tenant sees it. No call on it reads or writes anything of another tenant. */
  forTenant(tenant: string): TenantStore
  /**
   * Takes a named lease for `ttlMs`, or answers undefined while somebody holds it. Each grant has a greater fence.
   * A lease is not a lock: its holder may be paused beyond its end, so writes that need it carry its fence.
   */
  lease(name: string, ttlMs: number): Promise<Lease | undefined>
  /** Finishes the writes that were accepted, then refuses every call with StoreUnavailable. */
  close(): Promise<void>
}

/** One tenant's store. */
export interface TenantStore {
  readonly tenant: string
  /** A record, or undefined where there is none. */
  get(key: Key): Promise<StoreRecord | undefined>
  /** One page of the records of a kind that meet every condition. */
  query(query: Query): Promise<RecordPage>
  /**
   * Writes all of it or nothing, within one partition.
   * @returns for each write, in order, the new etag of a put and undefined for the others
   * @throws StoreConflict naming the first write whose condition does not hold
   */
  commit(partition: string, writes: readonly Write[], options?: { fence?: Fence }): Promise<(string | undefined)[]>
  /** What came in and waits to be worked on. */
  readonly inbox: Inbox
  /** What is to go out, in order within a thread. It is filled by `enqueue` in a commit. */
  readonly outbox: Outbox
  /** What is to happen at a moment. They are set by `set-timer` in a commit. */
  readonly timers: Timers
  /** Append-only streams such as the audit log. */
  readonly log: Log
  /** Numbers over time. */
  readonly series: Series
  /**
   * What was written after a continuation, or from the start without one, in the order of the last write to each record of a partition; across
   * partitions an engine may have several such orders side by side.
   *
   * The feed is compacted: a record written three times since is there once, as it is now, so a reader that stops nowhere
   * in between ends with what the store has, and a whole rebuild costs as much as there are records. A deleted record is
   * there as a tombstone until `prune` forgets it. A reader whose continuation is older than what was forgotten gets
   * `reset`, starts from nothing, and goes on with the same page.
   *
   * An empty page gives the same place again, or one after what was none of the reader's business.
   * @param limit most changes on the page, 1 to 1000, 500 by default
   */
  changes(after?: string, limit?: number): Promise<ChangePage>
  /**
   * Forgets what was finished before a moment: tombstones, done inbox items (their ids may then come in again), settled
   * outbox items. Records, dead letters, log entries and points stay. A month is a good age: longer than any vendor
   * sends the same event again, and than a replica is away.
   * @returns how many rows were forgotten
   */
  prune(before: number): Promise<number>
}

/** Where a record is. Its partition is what it shares a commit with; `kind` and `id` are unique within that. */
export interface Key {
  partition: string
  kind: string
  id: string
}

/** A record as it was read. */
export interface StoreRecord extends Key {
  tenant: string
  /** Changes with every write, and is never the same twice for one key. */
  etag: string
  /** When it was last written. */
  at: number
  data: Json
}

/** What a record can be found by, beside its key. Numbers come before strings, and strings are in code point order. */
export type Scalar = string | number

/** One write of a commit. A record, a queue item or a timer may be named only once in a commit. */
export type Write =
  /**
   * Writes a record, new or not. `ifMatch` wants it as it was read, `ifAbsent` wants it new; neither takes what comes.
   * `index` names the fields a query may use; they live beside the data, so that they may be derived from it.
   */
  | {
      op: 'put'
      kind: string
      id: string
      data: Json
      index?: Record<string, Scalar>
      ifMatch?: string
      ifAbsent?: true
    }
  /** Deletes a record; one that is not there is fine, unless `ifMatch` says it should be. */
  | { op: 'delete'; kind: string; id: string; ifMatch?: string }
  /**
   * Adds an item to the end of a thread's queue. An id that was ever used in this partition is a conflict, which makes a
   * repeated commit harmless. Where an item with the same `coalesce` key waits in the thread and was never claimed, this
   * one takes its place in the line: of ten edits of a message one is sent, the newest.
   */
  | { op: 'enqueue'; id: string; thread: string; data: Json; notBefore?: number; coalesce?: string }
  /**
   * Sets a timer, or moves it: one timer an id; whoever had claimed it before has no claim any more. With the claim of a fired one, its effects and its
   * next moment are one commit.
   */
  | { op: 'set-timer'; id: string; due: number; data: Json; claim?: string }
  /** Clears a timer; with the claim of a fired one, its effects and its end are one commit, so it acts once. */
  | { op: 'clear-timer'; id: string; claim?: string }
  /** Adds an entry to the end of a stream of the log, chained to the one before, together with the rest of the commit or not at all. */
  | { op: 'audit'; stream: string; data: Json }

/** Records of a kind in one partition, or in all of the tenant. */
export interface Query {
  kind: string
  partition?: string
  where?: readonly Condition[]
  /** By an indexed field; records without it are not in the answer. Without an order none is promised. */
  order?: { by: string; descending?: boolean }
  /** Most records on the page, 1 to 1000, 100 by default. A page may be shorter and not be the last. */
  limit?: number
  /** The continuation of the page before, of the same query. */
  after?: string
}

/** What an indexed field must be: a value, a beginning, or from one value up to below another of the same type. */
export type Condition =
  | { field: string; equals: Scalar }
  | { field: string; prefix: string }
  | { field: string; from?: Scalar; below?: Scalar }

/**
 * A page of records. Going on with the continuation until there is none gives every record exactly once that met the
 * query, with the same value in the ordering field, from the first page to the last; others may be missing or there.
 */
export interface RecordPage {
  records: StoreRecord[]
  continuation?: string
}

/** A record as it was last written, or that it was deleted. */
export type Change = { op: 'put'; record: StoreRecord } | { op: 'delete'; key: Key; etag: string; at: number }

/** A page of the change feed. */
export interface ChangePage {
  changes: Change[]
  /** Where to go on, always there; an empty page gives the same place again. */
  continuation: string
  /** False where the reader has caught up. */
  more: boolean
  /** The continuation was older than what the store still knows: forget what you have, this page is the first. */
  reset: boolean
}
