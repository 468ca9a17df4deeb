import { createHash } from 'node:crypto'
import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'
import type { Json } from '../json.js'

const kind = 'rateable'
/** How long an answer may be rated, in milliseconds: people rate what they have just read, and a question is not kept longer than that takes. */
export const rateableFor = 7 * 86_400_000
const most = 200

/** What may be rated, by the message that it stands on. */
export function ratedRecords<Rateable>(store: TenantStore, now: () => number) {
  const keyOf = (conversation: string, message: string) => {
    const id = createHash('sha256')
      .update(JSON.stringify([conversation, message]))
      .digest('base64url')
    return { partition: `rateable/${id}`, kind, id }
  }
  return {
    /** The id under which a message's thumbs are kept. */
    idOf: (conversation: string, message: string): string => keyOf(conversation, message).id,

    async keep(conversation: string, message: string, rateable: Rateable): Promise<void> {
      const { partition, id } = keyOf(conversation, message)
      const data = rateable as unknown as Json
      await store.commit(partition, [{ op: 'put', kind, id, data, index: { at: now() } }])
    },

    /** Undefined where the message asked for no thumbs, or too long ago. */
    async get(conversation: string, message: string): Promise<Rateable | undefined> {
      return (await store.get(keyOf(conversation, message)))?.data as Rateable | undefined
    },

    /** Forgets what was answered before a moment (milliseconds since 1970); answers how many. */
    async forget(before: number): Promise<number> {
      let forgotten = 0
      for (;;) {
        const { records } = await store.query({ kind, where: [{ field: 'at', from: 0, below: before }], limit: most })
        for (const { partition, id, etag } of records)
          await store.commit(partition, [{ op: 'delete', kind, id, ifMatch: etag }]).catch((error: unknown) => {
            if (!(error instanceof StoreConflict)) throw error
          })
        forgotten += records.length
        if (records.length < most) return forgotten
      }
    },
  }
}

export type RatedRecords = Pick<ReturnType<typeof ratedRecords>, 'forget'>
