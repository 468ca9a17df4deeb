import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { Change, TenantStore, Write } from '../contract.js'
import type { Json } from '../json.js'
import { CatalogIndex, type HeldRecord } from '../read-model/catalog-index.js'
import { catalogRecordKind, keyOf, sinceOf, type CatalogRecord } from '../read-model/catalog-record.js'
import type { ScratchDatabase } from '../sqlite/scratch-database.js'
import { versionKind, versionWrite, type StoredVersion } from './catalog-versions.js'
import { publishedKind, recordOf, type PublishedClaim } from './published-claims.js'

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
  /** The records that sources have claims in, by `keyOf`; without refs all of them. */
  held(refs?: readonly Ref[]): Map<string, HeldRecord>
  /**
   * Writes a difference, each record under the condition that it is as it was held, and with it the version that is over.
   * @param at since when the records read so
   * @throws StoreConflict where another writer moved a record: catch up and compare again
   */
  write(difference: CatalogDifference, held: ReadonlyMap<string, HeldRecord>, at: Instant): Promise<void>
  /** How the sources stood when they were last tried. */
  sources(): SourceState[]
  saveSource(state: SourceState): Promise<void>
}

const sourceKind = 'catalog-source'
/** Commits under way at once: enough to fill the engine's group commit, few enough to keep memory flat. */
const parallel = 64
/** Where the replica notes how far it has read. */
const position = 'changes'

/**
 * Opens a tenant's catalog.
 * @param database where the replica keeps it; what it has from before is there at once. In memory where it is absent.
 */
export function createCatalogStore(store: TenantStore, database?: ScratchDatabase): CatalogStore {
  const index = new CatalogIndex(store.tenant, database)
  const { replica } = index
  let reading: Promise<void> | undefined

  async function readChanges(): Promise<void> {
    for (;;) {
      const page = await store.changes(replica.note(position), 1000)
      if (page.reset) index.clear()
      if (page.changes.length || page.reset)
        index.apply(() => {
          page.changes.forEach(take)
          replica.setNote(position, page.continuation)
        })
      if (!page.more) return
    }
  }

  function take(change: Change): void {
    const key = change.op === 'put' ? change.record : change.key
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
    async write({ put, drop }, held, at) {
      const over = (record: CatalogRecord): Write[] => {
        const before = held.get(keyOf(record))?.record
        const since = before && sinceOf(before)
        return before && since && since < at
          ? [versionWrite({ layer: 'sources', record: before, since, until: at })]
          : []
      }
      const etagOf = (record: CatalogRecord) => held.get(keyOf(record))?.etag
      const commits = [
        ...put.map((record): [Ref, Write[]] => [
          record,
          [putOf({ ...record, since: at }, etagOf(record)), ...over(record)],
        ]),
        ...drop.map((record): [Ref, Write[]] => [record, [deleteOf(record, etagOf(record)), ...over(record)]]),
      ]
      for (let from = 0; from < commits.length; from += parallel)
        await Promise.all(commits.slice(from, from + parallel).map(([ref, writes]) => store.commit(keyOf(ref), writes)))
    },
    sources: () =>
      replica
        .notes('source ')
        .flatMap((text) => (JSON.parse(text) as SourceState | null) ?? [])
        .sort((a, b) => (a.title < b.title ? -1 : 1)),
    async saveSource(state) {
      await store.commit('catalog-sources', [
        { op: 'put', kind: sourceKind, id: state.source, data: state as unknown as Json },
      ])
      replica.setNote(`source ${state.source}`, JSON.stringify(state))
    },
  }
}

/** Reads `keyOf` back: a kind has no slash. */
function refOfKey(key: string): Ref {
  const slash = key.indexOf('/')
  return { kind: key.slice(0, slash), id: key.slice(slash + 1) }
}

const putOf = (record: CatalogRecord, etag: string | undefined): Write => ({
  op: 'put',
  kind: catalogRecordKind,
  id: keyOf(record),
  data: record as unknown as Json,
  ...(etag ? { ifMatch: etag } : { ifAbsent: true }),
})

const deleteOf = (record: CatalogRecord, etag: string | undefined): Write => ({
  op: 'delete',
  kind: catalogRecordKind,
  id: keyOf(record),
  ...(etag && { ifMatch: etag }),
})
