import { randomBytes } from 'node:crypto'
import type { State } from '../frame/state.js'
import type { TenantClock } from '../frame/clock.js'
import { contains, effectiveKey, type KeyRange } from './effective-key.js'

/** A document's own properties, and those that the service gives. */
export type Document = Record<string, unknown> & { id: string }

/** A document as it is kept. */
export interface Item {
  /** Values of the partition key's paths. */
  key: string[]
  /** Where they stand among all keys. */
  place: string
  /** Number of the write in its physical partition; writes of one batch share it. */
  lsn: number
  /** Place within the batch. */
  step: number
  document: Document
}

/** What a container was made with. */
export interface ContainerDefinition {
  id: string
  partitionKey: { paths: string[]; kind: 'MultiHash' | 'Hash'; version: 2 }
  indexingPolicy: IndexingPolicy
  /** Seconds; -1: only items with a `ttl` of their own end; absent: none does. */
  defaultTtl?: number
}

/** Which paths have a range index; the longest path that covers a property decides. */
export interface IndexingPolicy {
  indexingMode: string
  automatic: boolean
  includedPaths: { path: string }[]
  excludedPaths: { path: string }[]
}

/** A container and its documents. */
export interface Container {
  rid: string
  etag: string
  ts: number
  definition: ContainerDefinition
  /** Number of the last write, by physical partition. */
  lsn: Record<string, number>
  /** By `nameOf`. */
  items: Record<string, Item>
}

/** What the local Cosmos DB account remembers. */
export interface AccountState {
  /** Number of the last thing made, from which etags and resource ids come. */
  last: number
  databases: Record<string, { rid: string; containers: Record<string, Container> }>
}

/** An account: its state, its time and its limits. */
export interface Account {
  state: State<AccountState>
  clock: TenantClock
}

/** Two physical partitions, so that whatever spans them has to be put together by the client, as it would in a large account. */
export const physicalPartitions: (KeyRange & { id: string })[] = [
  { id: '0', min: '', max: '1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF' },
  { id: '1', min: '1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF', max: 'FF' },
]

export const partitionOf = (place: string): string =>
  physicalPartitions.find((partition) => contains(partition, place))!.id

/** The name of an item in a container: an id is unique within its whole partition key only. */
export const nameOf = (key: readonly string[], id: string): string => JSON.stringify([...key, id])

/** Business time in whole seconds, as `_ts` has it. */
export const seconds = (clock: TenantClock): number => Math.floor(clock.now().getTime() / 1000)

/** An etag that is never given twice. */
export function nextEtag({ state }: Account): string {
  state.value.last += 1
  const serial = state.value.last.toString(16).padStart(12, '0')
  return `"${randomBytes(4).toString('hex')}-0000-0000-0000-${serial}"`
}

/** A resource id: opaque text that is never given twice. */
export function nextRid({ state }: Account): string {
  state.value.last += 1
  return Buffer.from(`nx${state.value.last.toString(36).padStart(9, '0')}`).toString('base64')
}

/** Whether an item's time is over; such a one is neither found nor counted, whenever it is removed. */
export function isExpired({ definition }: Container, { document }: Item, now: number): boolean {
  if (definition.defaultTtl === undefined) return false
  const own = document.ttl
  const ttl = typeof own === 'number' ? own : definition.defaultTtl
  return ttl >= 0 && Number(document._ts) + ttl <= now
}

/** The item of a key, unless its time is over. */
export function findItem(account: Account, container: Container, key: readonly string[], id: string): Item | undefined {
  const name = nameOf(key, id)
  const item = container.items[name]
  if (!item || !isExpired(container, item, seconds(account.clock))) return item
  delete container.items[name]
  return undefined
}

/** The items of a container that are wanted and whose time is not over. */
export function liveItems(account: Account, container: Container, isWanted: (item: Item) => boolean): Item[] {
  const now = seconds(account.clock)
  return Object.values(container.items).filter((item) => isWanted(item) && !isExpired(container, item, now))
}

/** The number of a physical partition's last write as a session token: where its client has read and written up to. */
export const sessionToken = ({ lsn }: Container, partition: string): string => `${partition}:-1#${lsn[partition] ?? 0}`

/** A new item at its place. */
export const placed = (key: string[], document: Document, lsn: number, step: number): Item => ({
  key,
  place: effectiveKey(key),
  lsn,
  step,
  document,
})
