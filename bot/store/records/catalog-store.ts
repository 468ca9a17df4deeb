import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { Change, TenantStore, Write } from '../contract.js'
import { StoreBadInput } from '../errors.js'
import type { Json } from '../json.js'
import type { Fence } from '../lease.js'
import { CatalogIndex } from '../read-model/catalog-index.js'
import type { HeldRecord } from '../read-model/catalog-view.js'
import { catalogRecordKind, sinceOf, type CatalogRecord } from '../read-model/catalog-record.js'
import type { ScratchDatabase } from '../sqlite/scratch-database.js'
import { versionKind, versionWrite, type StoredVersion } from './catalog-versions.js'
import { publishedKind, recordOf, type PublishedClaim } from './published-claims.js'
import { refKey, refOfKey } from '../../../skills/kit/ref-key.js'

/** Which records must read how, and which must go, as a sync worked it out. */
export interface CatalogDifference {
  put: readonly CatalogRecord[]
  drop: readonly CatalogRecord[]
}

/** One tenant's catalog: the record in the store, and the read model that follows it. */
export interface CatalogStore {
  readonly index: CatalogIndex
  /** Reads what was written since the last call, by anybody, into the index. */
  catchUp(): Promise<void>
  /** The records that sources have claims in, by `refKey`; without refs all of them. */
  held(refs?: readonly Ref[]): Map<string, HeldRecord>
  /**
   * Writes a difference, each record under the condition that it is as it was held, and with it the version that is over.
   * @param at since when the records read so
   * @param fence of the lease that the writer relies on
   * @returns the records that no store can keep, such as one that is too large; they stay as they are
   * @throws StoreConflict where another writer moved a record: catch up and compare again
   */
  write(
    difference: CatalogDifference,
    held: ReadonlyMap<string, HeldRecord>,
    at: Instant,
    fence?: Fence,
  ): Promise<RefusedRecord[]>
  /** How the sources stood when they were last tried. */
  sources(): SourceState[]
}

/** A record that the store refused, and why. */
export interface RefusedRecord {
  ref: Ref
  reason: string
}

const sourceKind = 'catalog-source'
/** Commits under way at once: enough to fill the engine's group commit, few enough to keep memory flat. */
const parallel = 64
/** Where the replica notes how far it has read. */
const position = 'changes'
/** Changes read at once. */
const pageSize = 1000
/** The records that the catalog follows from; the rest of the feed is passed over. */
const ownKinds: ReadonlySet<string> = new Set([publishedKind, versionKind, sourceKind, catalogRecordKind])
const keyOfChange = (change: Change) => (change.op === 'put' ? change.record : change.key)

/**
 * Opens a tenant's catalog.
 * @param database where the replica keeps it; what it has from before is there at once. In memory where it is absent.
 */
export function createCatalogStore(store: TenantStore, database?: ScratchDatabase): CatalogStore {
  const index = new CatalogIndex(store.tenant, database)
  const { replica } = index
  let reading: Promise<void> | undefined
  let read = replica.note(position)
  /** Changes passed since the position was noted: noting each turn's own records would cost a transaction a turn. */
  let passed = 0
  let sources: SourceState[] | undefined

  async function readChanges(): Promise<void> {
    for (;;) {
      const page = await store.changes(read, pageSize)
      if (page.reset) index.clear()
      const own = page.changes.filter((change) => ownKinds.has(keyOfChange(change).kind))
      passed += page.changes.length
      if (own.length || page.reset || passed >= pageSize) {
        index.apply(() => {
          own.forEach(take)
          replica.setNote(position, page.continuation)
        })
        passed = 0
        sources = undefined
      }
      read = page.continuation
      if (!page.more) return
    }
  }

  function take(change: Change): void {
    const key = keyOfChange(change)
    const data = change.op === 'put' ? change.record.data : undefined
    if (key.kind === publishedKind)
      index.publish(
        `${key.partition} ${key.id}`,
        data === undefined ? undefined : recordOf(data as unknown as PublishedClaim),
      )
    else if (key.kind === versionKind)
      index.putVersion(`${key.partition} ${key.id}`, data as unknown as StoredVersion | undefined)
    else if (key.kind === sourceKind) replica.setNote(`source ${key.id}`, JSON.stringify(data ?? null))
    else if (change.op === 'put' && key.kind === catalogRecordKind)
      index.put(data as unknown as CatalogRecord, change.record.etag)
    else if (key.kind === catalogRecordKind) index.delete(refOfKey(key.id))
  }

  const catchUp = async (): Promise<void> => {
    // One reader at a time; a call that comes while one reads waits for the next, which sees what the caller wrote before.
    while (reading) await reading
    reading = readChanges()
    try {
      await reading
    } finally {
      reading = undefined
    }
  }

  return {
    index,
    catchUp,
    held: (refs) => index.held(refs),
    async write({ put, drop }, held, at, fence) {
      const over = (record: CatalogRecord): Write[] => {
        const before = held.get(refKey(record))?.record
        const since = before && sinceOf(before)
        return before && since && since < at
          ? [versionWrite({ layer: 'sources', record: before, since, until: at })]
          : []
      }
      const etagOf = (record: CatalogRecord) => held.get(refKey(record))?.etag
      const commits = [
        ...put.map((record): [Ref, Write[]] => [
          record,
          [putOf({ ...record, since: at }, etagOf(record)), ...over(record)],
        ]),
        ...drop.map((record): [Ref, Write[]] => [record, [deleteOf(record, etagOf(record)), ...over(record)]]),
      ]
      const refused: RefusedRecord[] = []
      for (let from = 0; from < commits.length; from += parallel) {
        const some = commits.slice(from, from + parallel)
        const outcomes = await Promise.allSettled(
          some.map(([ref, writes]) => store.commit(refKey(ref), writes, fence ? { fence } : {})),
        )
        for (const [n, outcome] of outcomes.entries())
          if (outcome.status === 'rejected') {
            if (!(outcome.reason instanceof StoreBadInput)) throw outcome.reason
            refused.push({ ref: some[n]![0], reason: outcome.reason.message })
          }
      }
      return refused
    },
    sources: () =>
      (sources ??= replica
        .notes('source ')
        .flatMap((text) => (JSON.parse(text) as SourceState | null) ?? [])
        .sort((a, b) => (a.title < b.title ? -1 : 1))),
  }
}

/** Reads `refKey` back: a kind has no slash. */

const putOf = (record: CatalogRecord, etag: string | undefined): Write => ({
  op: 'put',
  kind: catalogRecordKind,
  id: refKey(record),
  data: record as unknown as Json,
  ...(etag ? { ifMatch: etag } : { ifAbsent: true }),
})

/** The write that keeps what people are shown of a source, in whichever partition. */
export const sourceStateWrite = (state: SourceState): Write => ({
  op: 'put',
  kind: sourceKind,
  id: state.source,
  data: state as unknown as Json,
})

const deleteOf = (record: CatalogRecord, etag: string | undefined): Write => ({
  op: 'delete',
  kind: catalogRecordKind,
  id: refKey(record),
  ...(etag && { ifMatch: etag }),
})
