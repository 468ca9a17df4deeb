import type { Fence, Key, StoreRecord } from './contract.js'
import type { Json } from './json.js'

/** An entry of an append-only stream. */
export interface LogEntry {
  stream: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  at: number
  data: Json
}

/** An entry that a commit made durable and that has no place in its stream yet. */
export interface PendingEntry {
  partition: string
  at: number
  data: Json
}

/** Makes what is logged from what was committed and the entry before; for a hash chain. It is pure: it may run twice. */
export type Link = (pending: PendingEntry, previous: LogEntry | undefined) => Json

/** Append-only streams with gap-free numbers. No call changes or removes an entry. */
export interface Log {
  /**
   * Adds entries to the end of a stream.
   * @param options.expect the number of the last entry as the caller knows it (0: none); another is a StoreConflict
   * @returns the number of the last entry
   */
  append(stream: string, data: readonly Json[], options?: { expect?: number; fence?: Fence }): Promise<number>
  /**
   * Moves entries that commits have left (`audit`) to the end of their stream, each exactly once, those of one partition
   * in the order of their commits.
   * @param options.limit at most so many, 1 to 1000, 100 by default
   * @returns how many were moved; fewer than the limit means that none is left
   */
  gather(stream: string, link: Link, options?: { limit?: number; fence?: Fence }): Promise<number>
  /** Entries from a number on (1 by default), in order, at most `limit` (1 to 1000, 100 by default). */
  read(stream: string, options?: { from?: number; limit?: number }): Promise<LogEntry[]>
  /** The number of the last entry, 0 where there is none. */
  head(stream: string): Promise<number>
}

/** A number at a moment. */
export interface Point {
  at: number
  value: number
}

/** Points of a stretch of time, summed up. `at` is its beginning, a multiple of its length since 1970. */
export interface Bucket {
  at: number
  count: number
  sum: number
  min: number
  max: number
}

/** Time series by name. */
export interface Series {
  /** Adds points, at most 500; one at a moment that has one replaces it, so that adding twice is adding once. */
  add(name: string, points: readonly Point[]): Promise<void>
  /** Points from a moment up to below another, in order, the first `limit` of them (1 to 10,000, the default). */
  range(name: string, range: { from: number; to: number; limit?: number }): Promise<Point[]>
  /** The same in stretches of `everyMs`; empty ones are left out. A range of more than 10,000 stretches is refused. */
  buckets(name: string, range: { from: number; to: number; everyMs: number }): Promise<Bucket[]>
  /** Forgets the points before a moment. @returns how many */
  drop(name: string, before: number): Promise<number>
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
