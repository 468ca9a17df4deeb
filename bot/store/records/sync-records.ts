import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { SourceState } from '../../../skills/kit/ports.js'
import type { Query, StoreRecord, TenantStore, Write } from '../contract.js'
import { StoreConflict } from '../errors.js'
import type { Json } from '../json.js'
import type { Fence } from '../lease.js'
import { limits } from '../limits.js'
import { sourceStateWrite } from './catalog-store.js'
import { digestLength, digestOf } from './ref-digest.js'
import type { SweepState, SyncState } from './sync-state.js'

/**
 * Wishes of whoever does not hold a source's lease, as numbers that grow with each of them: that everything is read, which somebody waits
 * for; and that what is new is asked for, because something happened there.
 */
export interface Wishes {
  sweep: number
  news: number
}

/** An entity that is to be read anew because an event named it. */
export interface PendingReread {
  ref: Ref
  /** When it was first named. */
  since: Instant
  /** As it was when it was read: it may be named again while the vendor is asked. */
  etag: string
}

/**
 * What is kept of the sync of one source, in a partition of its own. What the holder of the source's lease writes carries its fence; wishes
 * and what is to be read anew come from anybody.
 */
export interface SyncRecords {
  /** The state, for a new holder of the lease: from then on no commit of an earlier one is taken. */
  load(fence: Fence | undefined): Promise<SyncState>
  /** The state, for whoever only looks. */
  look(): Promise<SyncState>
  /**
   * Keeps a state, what people are shown of it, and the entities that were told with it: one commit.
   * @param told digests of the batch that the state counts last
   */
  keep(state: SyncState, shown: SourceState, fence: Fence | undefined, told?: readonly string[]): Promise<void>
  /** The digests of the batches of a sweep that its state counts. */
  told(sweep: SweepState): AsyncIterable<string[]>
  /** Forgets the batches of all sweeps. */
  forgetTold(fence: Fence | undefined): Promise<void>
  wishes(): Promise<Wishes>
  /** @returns the number of the wish */
  wish(what: keyof Wishes): Promise<number>
  /** Notes that entities are to be read anew; one that is noted already is so once. */
  want(refs: readonly Ref[], now: Instant): Promise<void>
  /** Some of them, those that have waited longest first. */
  wanted(limit: number): Promise<PendingReread[]>
  /** Takes them off, but for those that were named again since they were read. */
  unwant(pending: readonly PendingReread[], fence: Fence | undefined): Promise<void>
}

const stateKind = 'sync-state'
const toldKind = 'sync-told'
const wishKind = 'sync-wish'
const rereadKind = 'sync-reread'

/** Digests in one record: less than half of what a commit may hold. */
const digestsARecord = 50_000
/** How often a record is changed anew because somebody else was faster. */
const attempts = 10

/** What is kept of one source's sync. */
export function syncRecords(store: TenantStore, source: string): SyncRecords {
  const partition = `sync/${source}`
  const commit = (writes: readonly Write[], fence: Fence | undefined) =>
    store.commit(partition, writes, fence ? { fence } : {})

  /** Changes a record as it was read; again where another was faster. */
  async function change<T extends object>(
    kind: string,
    id: string,
    next: (before: T | undefined) => { data: T; index?: Record<string, string> },
  ): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const before = await store.get({ partition, kind, id })
      const { data, index } = next(before?.data as T | undefined)
      const condition = before ? { ifMatch: before.etag } : { ifAbsent: true as const }
      try {
        await commit([{ op: 'put', kind, id, data: data as Json, ...(index && { index }), ...condition }], undefined)
        return data
      } catch (error) {
        if (!(error instanceof StoreConflict) || attempt >= attempts) throw error
      }
    }
  }

  async function* toldRecords(): AsyncGenerator<StoreRecord[]> {
    const query: Query = { kind: toldKind, partition, limit: 10 }
    for (let after: string | undefined, more = true; more;) {
      const page = await store.query({ ...query, ...(after && { after }) })
      yield page.records
      after = page.continuation
      more = after !== undefined
    }
  }

  async function look(): Promise<SyncState> {
    const record = await store.get({ partition, kind: stateKind, id: 'state' })
    return record ? (record.data as unknown as SyncState) : { sweeps: 0 }
  }

  return {
    async load(fence) {
      await commit([], fence)
      return look()
    },
    look,
    async keep(state, shown, fence, told = []) {
      const { number = 0, batches = 0 } = state.sweep ?? {}
      const parcels = parcelsOf(told).map((parcel, n): Write => {
        const data = { sweep: number, batch: batches, parcel }
        return { op: 'put', kind: toldKind, id: `${number} ${batches} ${n}`, data }
      })
      // Of a batch that is larger than a commit the other parcels come first: they count from the state on that counts their batch.
      for (const parcel of parcels.slice(1)) await commit([parcel], fence)
      const kept: Write = { op: 'put', kind: stateKind, id: 'state', data: state as unknown as Json }
      await commit([...parcels.slice(0, 1), kept, sourceStateWrite(shown)], fence)
    },
    async *told({ number, batches }) {
      for await (const records of toldRecords())
        for (const { data } of records) {
          const { sweep, batch, parcel } = data as unknown as { sweep: number; batch: number; parcel: string }
          if (sweep === number && batch <= batches) yield digestsIn(parcel)
        }
    },
    async forgetTold(fence) {
      const ids: string[] = []
      for await (const records of toldRecords()) ids.push(...records.map(({ id }) => id))
      for (let from = 0; from < ids.length; from += limits.commitWrites) {
        const some = ids.slice(from, from + limits.commitWrites)
        await commit(
          some.map((id) => ({ op: 'delete', kind: toldKind, id })),
          fence,
        )
      }
    },
    wishes: async () => {
      const record = await store.get({ partition, kind: wishKind, id: 'wishes' })
      return record ? (record.data as unknown as Wishes) : { sweep: 0, news: 0 }
    },
    async wish(what) {
      const wishes = await change<Wishes>(wishKind, 'wishes', (before = { sweep: 0, news: 0 }) => ({
        data: { ...before, [what]: before[what] + 1 },
      }))
      return wishes[what]
    },
    async want(refs, now) {
      const note = ({ kind, id }: Ref) =>
        change<Noted>(rereadKind, digestOf({ kind, id }), (before) => {
          const since = before?.since ?? now
          // Written also where it waits already: whoever is reading it then sees that it was named again.
          return { data: { ref: { kind, id }, since, times: (before?.times ?? 0) + 1 }, index: { since } }
        })
      await Promise.all(refs.map(note))
    },
    async wanted(limit) {
      const { records } = await store.query({ kind: rereadKind, partition, order: { by: 'since' }, limit })
      return records.map(({ data, etag }) => {
        const { ref, since } = data as unknown as Noted
        return { ref, since, etag }
      })
    },
    async unwant(pending, fence) {
      const taken = pending.map(({ ref, etag }) =>
        commit([{ op: 'delete', kind: rereadKind, id: digestOf(ref), ifMatch: etag }], fence),
      )
      for (const outcome of await Promise.allSettled(taken))
        if (outcome.status === 'rejected' && !isNamedAgain(outcome.reason)) throw outcome.reason
    },
  }
}

interface Noted {
  ref: Ref
  since: Instant
  /** How often it was named. */
  times: number
}

const isNamedAgain = (error: unknown): boolean => error instanceof StoreConflict && error.reason === 'etag'

function parcelsOf(digests: readonly string[]): string[] {
  const parcels: string[] = []
  for (let from = 0; from < digests.length; from += digestsARecord)
    parcels.push(digests.slice(from, from + digestsARecord).join(''))
  return parcels
}

const digestsIn = (parcel: string): string[] =>
  Array.from({ length: parcel.length / digestLength }, (_, n) => parcel.slice(n * digestLength, (n + 1) * digestLength))
