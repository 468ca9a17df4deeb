import type { StoreRecord, TenantStore, Write } from '../contract.js'

/** A send that Teams counts: to which thread (or in which tenant), and when it was answered, by real time in ms since 1970. */
export interface CountedSend {
  key: string
  at: number
}

const kind = 'pace'
/** Writes in one commit; below the store's limit. */
const most = 50
/** Sends of a thread that a record holds, the newest: as many as Teams takes in half a minute. Who reads on time remembers the rest. */
const mostMoments = 60
/** Milliseconds that the clocks of two hubs may differ. */
const skew = 5_000

/**
 * What the hubs on one store have sent, so that they keep Teams' limits together: each writes its own sends, by thread, and reads those of
 * the others.
 * @param hub names this process
 * @param keepMs how long a send counts, milliseconds
 */
export function paceRecords(store: TenantStore, hub: string, keepMs: number) {
  const own = new Map<string, number[]>()
  const changed = new Set<string>()
  /** The newest moment that was read of each record of another hub, and of all. */
  const read = new Map<string, number>()
  let newest = 0
  const partition = `pace/${hub}`

  return {
    /** Takes a send of this hub; `publish` makes it known. */
    add({ key, at }: CountedSend): void {
      own.set(key, [...(own.get(key) ?? []).slice(1 - mostMoments), Math.ceil(at)])
      changed.add(key)
    },

    /** Writes what was added since it was last called. */
    async publish(): Promise<void> {
      const keys = [...changed]
      changed.clear()
      for (let from = 0; from < keys.length; from += most)
        await store.commit(partition, keys.slice(from, from + most).flatMap(writesOf)).catch((error: unknown) => {
          for (const key of keys.slice(from)) changed.add(key)
          throw error
        })
    },

    /** What other hubs have sent that was not read before and still counts, the oldest first. */
    async news(now: number): Promise<CountedSend[]> {
      const found: CountedSend[] = []
      const where = [{ field: 'at', from: Math.trunc(Math.max(now - keepMs, newest - skew)) }]
      let after: string | undefined
      do {
        const page = await store.query({ kind, where, limit: 200, ...(after !== undefined && { after }) })
        for (const record of page.records) if (record.partition !== partition) found.push(...unread(record))
        after = page.continuation
      } while (after !== undefined)
      return found.sort((one, other) => one.at - other.at)
    },

    /** Forgets threads in which nothing was sent since a moment; answers how many. */
    async forget(before: number): Promise<number> {
      let forgotten = 0
      for (const [name, at] of read) if (at < before) read.delete(name)
      for (const [key, moments] of own)
        if (moments.at(-1)! < before) {
          own.delete(key)
          changed.delete(key)
        }
      for (;;) {
        const where = [{ field: 'at', from: 0, below: before }]
        const { records } = await store.query({ kind, where, limit: most })
        if (!records.length) return forgotten
        for (const record of records)
          await store
            .commit(record.partition, [{ op: 'delete', kind, id: record.id, ifMatch: record.etag }])
            .catch(() => {})
        forgotten += records.length
        if (records.length < most) return forgotten
      }
    },
  }

  function unread(record: StoreRecord): CountedSend[] {
    const name = JSON.stringify([record.partition, record.id])
    const since = read.get(name) ?? 0
    const moments = (record.data as number[]).filter((at) => at > since)
    read.set(name, Math.max(since, ...moments))
    newest = Math.max(newest, ...moments)
    return moments.map((at) => ({ key: record.id, at }))
  }

  /** None where it was forgotten meanwhile: it counts no more. */
  function writesOf(key: string): Write[] {
    const moments = own.get(key)
    return moments ? [{ op: 'put', kind, id: key, data: moments, index: { at: moments.at(-1)! } }] : []
  }
}
