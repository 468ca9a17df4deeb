import { createHash } from 'node:crypto'
import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'
import type { Json } from '../json.js'

const kind = 'memory'
/**
 * How long a conversation is remembered, in milliseconds of business time: who comes back after a quarter of an hour has begun something else, and
 * would be surprised by what "it" is.
 */
export const rememberedFor = 15 * 60_000
/** Records forgotten at once. */
const most = 200

/** What was last spoken of with each person in each thread, one record each, as every hub on the store sees it. */
export function memoryRecords<Memory>(store: TenantStore, now: () => number) {
  const keyOf = (where: string) => {
    const id = createHash('sha256').update(where).digest('base64url')
    return { partition: `memory/${id}`, kind, id }
  }
  return {
    /** @param where a person's side of a conversation; undefined where nothing is remembered of it, or not any more */
    async get(where: string): Promise<Memory | undefined> {
      const record = await store.get(keyOf(where))
      const { at, memory } = (record?.data ?? {}) as { at?: number; memory?: Memory }
      return at !== undefined && Math.abs(now() - at) <= rememberedFor ? memory : undefined
    },

    async keep(where: string, memory: Memory): Promise<void> {
      const { partition, id } = keyOf(where)
      const at = now()
      const data = { at, memory } as unknown as Json
      await store.commit(partition, [{ op: 'put', kind, id, data, index: { at } }])
    },

    /** Forgets conversations in which nothing was said since a moment (milliseconds since 1970); answers how many. */
    async forget(before: number): Promise<number> {
      let forgotten = 0
      for (;;) {
        const { records } = await store.query({ kind, where: [{ field: 'at', from: 0, below: before }], limit: most })
        for (const { partition, id, etag } of records)
          await store.commit(partition, [{ op: 'delete', kind, id, ifMatch: etag }]).catch((error: unknown) => {
            if (!(error instanceof StoreConflict)) throw error // somebody has gone on just now
          })
        forgotten += records.length
        if (records.length < most) return forgotten
      }
    },
  }
}

export type MemoryRecords = Pick<ReturnType<typeof memoryRecords>, 'forget'>
