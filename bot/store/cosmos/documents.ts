import type { Scalar } from '../contract.js'
import type { Json } from '../json.js'
import type { InboxState, OutboxState } from '../queues.js'
import type { LogEntry } from '../streams.js'

/** What every document of `records` has: the two levels of its partition key. */
interface InPartition {
  id: string
  tenant: string
  partition: string
}

/** A record, or the tombstone of one. */
export interface RecordDocument extends InPartition {
  type: 'record' | 'tombstone'
  kind: string
  /** The record's own id. */
  name: string
  at: number
  /** Which write of its commit it was: the feed gives the writes of one batch under one number. */
  step: number
  /** Text that no other record of the tenant has, to page by. */
  order: string
  /** By `indexed`. */
  index: Record<string, string>
  data?: Json
}

/** That an item was enqueued: until it is moved with what is to be said, afterwards as the mark that its id was used. */
export interface NoteDocument extends InPartition {
  type: 'note'
  name: string
  thread: string
  at: number
  notBefore: number
  coalesce?: string
  /** There until it is moved. */
  waits: boolean
  order: string
  data?: Json
}

/** A timer. */
export interface TimerDocument extends InPartition {
  type: 'timer'
  name: string
  due: number
  /** When it may be claimed, by `ordered`, then what makes it the only one. */
  ready: string
  attempts: number
  claim?: string
  worker?: string
  data: Json
}

/** An entry for the log that is to be chained. */
export interface EntryDocument extends InPartition {
  type: 'entry'
  stream: string
  at: number
  waits: true
  /** Its number in the partition, by `ordered`. */
  order: string
  data: Json
}

/** Of a partition: how many entries it ever left, and the newest fence of each lease that wrote. */
export interface HeadDocument extends InPartition {
  type: 'head'
  entries: number
  fences: Record<string, number>
}

/** What every document of `queues` has. */
interface InQueue {
  id: string
  tenant: string
  queue: string
}

/** Who is first in a thread, and when it may be claimed. */
export interface LineDocument extends InQueue {
  type: 'line'
  thread: string
  /** The number of the last item. */
  last: number
  /** The first of those who wait: their documents' ids, places in the line, and when they may go. */
  named: { id: string; place: number; notBefore: number }[]
  /** More wait than are named. */
  more: boolean
  /** When the first may be claimed, by `ordered`; absent where nobody waits. */
  ready?: string
  /** Seconds after which an idle line is forgotten. */
  ttl?: number
}

/** An item of the outbox in its thread's line. */
export interface ItemDocument extends InQueue {
  type: 'item'
  thread: string
  partition: string
  name: string
  at: number
  notBefore: number
  /** Its place in the line. */
  place: number
  order: string
  state: OutboxState
  attempts: number
  coalesce?: string
  claim?: string
  worker?: string
  reason?: string
  result?: Json
  /** When it was settled, by `ordered`. */
  settled?: string
  data: Json
}

/** An item of the inbox. */
export interface ArrivalDocument extends InQueue {
  type: 'arrival'
  source: string
  name: string
  at: number
  state: InboxState
  /** When it may be claimed or was finished, then its ticket, both by `ordered`. */
  ready: string
  ticket: string
  attempts: number
  /** The append that brought it. */
  append: string
  claim?: string
  worker?: string
  reason?: string
  data: Json
}

/** An append of several items that are on their way to their shards. */
export interface ParcelDocument extends InQueue {
  type: 'parcel'
  at: number
  order: string
  ticket: number
  items: { source: string; id: string; data: Json }[]
}

/** Entries of a stream that were written together. */
export interface SegmentDocument {
  id: string
  tenant: string
  stream: string
  type: 'segment'
  /** The number of the last entry, by `ordered`. */
  order: string
  entries: Omit<LogEntry, 'stream'>[]
}

/** The last entry of a stream, and the newest fence of each lease that wrote. */
export interface StreamHeadDocument {
  id: string
  tenant: string
  stream: string
  type: 'head'
  seq: number
  hash: string
  fences: Record<string, number>
}

/** The fields of an index that a put names. */
export type Index = Record<string, Scalar>
