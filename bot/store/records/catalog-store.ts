import type { Ref } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import { type TenantStore, type Write } from '../contract.js'
import type { Json } from '../json.js'
import { CatalogIndex } from '../read-model/catalog-index.js'
import { catalogRecordKind, keyOf, type CatalogRecord, type SourceClaim } from '../read-model/catalog-record.js'
import { ownSource, publishedKind, type PublishedClaim } from './published-claims.js'

/** Which records must read how, and which must go, as a sync worked it out. */
export interface CatalogDifference {
  put: readonly CatalogRecord[]
  drop: readonly CatalogRecord[]
}

/** The catalog's records at one moment, and the way to write what follows from them. */
export interface CatalogSnapshot {
  records: readonly CatalogRecord[]
  /**
   * Writes a difference, each record under the condition that it is as it was in the snapshot.
   * @throws StoreConflict where another writer moved a record: take a new snapshot and compare again
   */
  write(difference: CatalogDifference): Promise<void>
}

/** One tenant's catalog: the record in the store, and the read model that follows it. */
export interface CatalogStore {
  readonly index: CatalogIndex
  /** Reads what was written since the last call, by anybody, into the index. */
  catchUp(): Promise<void>
  snapshot(): Promise<CatalogSnapshot>
  /** How the sources stood when they were last tried. */
  sources(): SourceState[]
  saveSource(state: SourceState): Promise<void>
}

const sourceKind = 'catalog-source'
/** Commits under way at once: enough to fill the engine's group commit, few enough to keep memory flat. */
const parallel = 64

/** Opens a tenant's catalog; the index is empty until the first `catchUp`. */
export function createCatalogStore(store: TenantStore): CatalogStore {
  const index = new CatalogIndex(store.tenant)
  const records = new Map<string, { record: CatalogRecord; etag: string }>()
  /** What skills publish, by the entity; and which entity each of their records is about. */
  const published = new Map<string, { ref: Ref; claim: SourceClaim }>()
  const publishedBy = new Map<string, string>()
  const states = new Map<string, SourceState>()
  let continuation: string | undefined
  let reading: Promise<void> | undefined

  async function readChanges(): Promise<void> {
    for (;;) {
      const page = await store.changes(continuation, 1000)
      if (page.reset) forget()
      for (const change of page.changes)
        apply(change.op === 'put' ? change.record : change.key, change.op === 'put' ? change.record : undefined)
      continuation = page.continuation
      if (!page.more) return
    }
  }

  function forget(): void {
    for (const { record } of records.values()) index.delete(record)
    for (const { ref } of published.values()) index.delete(ref)
    records.clear()
    published.clear()
    publishedBy.clear()
    states.clear()
  }

  /** Shows an entity as its sources and the skills claim it now. */
  function refresh(ref: Ref): void {
    const record = records.get(keyOf(ref))?.record
    const own = published.get(keyOf(ref))
    if (own) index.put({ kind: ref.kind, id: ref.id, claims: { ...record?.claims, [ownSource]: own.claim } })
    else if (record) index.put(record)
    else index.delete(ref)
  }

  function publish(name: string, now: PublishedClaim | undefined): void {
    const before = published.get(publishedBy.get(name) ?? '')
    if (before) published.delete(keyOf(before.ref))
    publishedBy.delete(name)
    if (now) {
      const ref = { kind: now.kind, id: now.id }
      published.set(keyOf(ref), { ref, claim: now.claim })
      publishedBy.set(name, keyOf(ref))
      refresh(ref)
    }
    if (before && keyOf(before.ref) !== (now && keyOf(now))) refresh(before.ref)
  }

  function apply(
    key: { partition: string; kind: string; id: string },
    now: { etag: string; data: Json } | undefined,
  ): void {
    if (key.kind === publishedKind)
      return publish(`${key.partition} ${key.id}`, now?.data as unknown as PublishedClaim | undefined)
    if (key.kind === sourceKind)
      return void (now ? states.set(key.id, now.data as unknown as SourceState) : states.delete(key.id))
    if (key.kind !== catalogRecordKind) return
    const before = records.get(key.id)
    if (now) {
      const record = now.data as unknown as CatalogRecord
      records.set(key.id, { record, etag: now.etag })
      refresh(record)
    } else if (before) {
      records.delete(key.id)
      refresh(before.record)
    }
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
    async snapshot() {
      await catchUp()
      const seen = new Map(records)
      return {
        records: [...seen.values()].map(({ record }) => record),
        async write({ put, drop }) {
          const etag = (ref: Ref) => seen.get(keyOf(ref))?.etag
          const writes = [
            ...put.map((record): [Ref, Write] => [record, putOf(record, etag(record))]),
            ...drop.map((record): [Ref, Write] => [record, deleteOf(record, etag(record))]),
          ]
          for (let from = 0; from < writes.length; from += parallel)
            await Promise.all(
              writes.slice(from, from + parallel).map(([ref, write]) => store.commit(keyOf(ref), [write])),
            )
          await catchUp()
        },
      }
    },
    sources: () => [...states.values()].sort((a, b) => (a.title < b.title ? -1 : 1)),
    async saveSource(state) {
      await store.commit('catalog-sources', [
        { op: 'put', kind: sourceKind, id: state.source, data: state as unknown as Json },
      ])
      states.set(state.source, state)
    },
  }
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
