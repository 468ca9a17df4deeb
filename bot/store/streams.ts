import type { Json } from './json.js'
import type { Fence } from './lease.js'

/** An entry of an append-only stream, chained to the one before. */
export interface LogEntry {
  stream: string
  /** 1, 2, 3 … without gaps. */
  seq: number
  at: number
  data: Json
  /** Hash of the entry before; of the first entry, 64 zeros. */
  previous: string
  /** See `hashEntry` in `hash-chain.ts`: it covers the hash before, the tenant, the stream, the number, the moment and the data. */
  hash: string
}

/** The number and the hash of a stream's last entry: whoever keeps it elsewhere can tell later whether the stream still leads to it. */
export interface LogHead {
  seq: number
  hash: string
}

/**
 * Append-only streams, each a hash chain with gap-free numbers. The engine gives every entry its place: it reads the head and advances
 * it in the transaction that writes the entry, so that writers at once, and two processes, make one chain. No call changes or
 * removes an entry.
 */
export interface Log {
  /**
   * Adds entries to the end of a stream. What belongs to a change of records is written by `audit` in that commit instead.
   * @param options.expect the number of the last entry as the caller knows it (0: none); another is a StoreConflict
   * @returns the head afterwards
   */
  append(stream: string, data: readonly Json[], options?: { expect?: number; fence?: Fence }): Promise<LogHead>
  /** Entries from a number on (1 by default), in order, at most `limit` (1 to 1000, 100 by default). */
  read(stream: string, options?: { from?: number; limit?: number }): Promise<LogEntry[]>
  /** The last entry's number and hash; 0 and 64 zeros where there is none. */
  head(stream: string): Promise<LogHead>
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
