import type { Sought } from '../../outgoing.js'
import type { TenantStore, Write } from '../contract.js'
import type { Fence } from '../lease.js'
import type { Json } from '../json.js'

/** What is remembered of a message under its key. */
export type Message =
  /** It is in Teams. `root` is the activity id of its thread's first message, where it is not that itself. */
  | { fate: 'sent'; activityId: string; root?: string; targeted?: true; item: string }
  /** It is gone, and a later reply began a new thread in its place. */
  | { fate: 'anchored'; activityId: string; item: string }
  /** Nobody knows whether it is in Teams. */
  | { fate: 'unknown'; item: string }

/** Which message an item is about. */
export interface MessageKey {
  partition: string
  key: string
}

/** An item's name: its partition and id. */
export interface ItemName {
  partition: string
  id: string
}

const messageKind = 'message'
/** Most messages of one activity that are looked at; a thread of more records is about no one of them. */
const mostOfThread = 50
const sendingKind = 'sending'

/** The write that remembers a message under a key. */
export const messageWrite = (key: string, message: Message): Write => ({
  op: 'put',
  kind: messageKind,
  id: key,
  data: message as unknown as Json,
  index: indexOf(message),
})

/** The write that notes that an item is about to be sent. */
export const beginWrite = (item: string, sought: Sought): Write => ({
  op: 'put',
  kind: sendingKind,
  id: item,
  data: sought as unknown as Json,
})

/** The messages Nexus has sent, by key, and the attempts that were begun and not answered. */
export function messageRecords(store: TenantStore) {
  const read = async <T>(partition: string, kind: string, id: string): Promise<T | undefined> =>
    (await store.get({ partition, kind, id }))?.data as T | undefined

  return {
    get: ({ partition, key }: MessageKey): Promise<Message | undefined> => read(partition, messageKind, key),

    /**
     * Notes durably that an item is about to be sent; the note stays until the outcome is known.
     * @param sought absent: sending twice does no harm, so nothing is noted, and only the fence is checked
     * @throws StoreConflict where another hub took the sending over
     */
    async begin({ partition, id }: ItemName, sought?: Sought, fence?: Fence): Promise<void> {
      if (sought || fence) await store.commit(partition, sought ? [beginWrite(id, sought)] : [], fence && { fence })
    },

    /** The note of an attempt whose outcome was never learnt. */
    begun: ({ partition, id }: ItemName): Promise<Sought | undefined> => read(partition, sendingKind, id),

    /** Writes what was learnt: messages by key (undefined forgets one), and that the attempt is over. */
    async end(item: ItemName, learnt: ReadonlyMap<string, Message | undefined>, keepNote = false): Promise<void> {
      const writes = [...learnt].map(([key, message]): Write =>
        message ? messageWrite(key, message) : { op: 'delete', kind: messageKind, id: key },
      )
      if (!keepNote) writes.push({ op: 'delete', kind: sendingKind, id: item.id })
      if (writes.length) await store.commit(item.partition, writes)
    },

    /** The partitions of the records of which an activity tells, or in whose thread it stands first. */
    async partitionsOf(activityId: string): Promise<string[]> {
      const where = [{ field: 'activity', equals: activityId }]
      const { records } = await store.query({ kind: messageKind, where, limit: mostOfThread })
      return [...new Set(records.map(({ partition }) => partition))]
    },

    /** Whether an activity is one that is remembered, whatever its key. */
    async isKnown(activityId: string): Promise<boolean> {
      const where = [{ field: 'activity', equals: activityId }]
      return (await store.query({ kind: messageKind, where, limit: 1 })).records.length > 0
    },
  }
}

const indexOf = (message: Message): Record<string, string> =>
  message.fate === 'unknown' ? {} : { activity: message.activityId }

/** The write that names a message somebody else sent, so that replies can go into its thread. */
export const anchorWrite = (key: string, activityId: string): Write =>
  messageWrite(key, { fate: 'sent', activityId, item: key })

export type MessageRecords = ReturnType<typeof messageRecords>
