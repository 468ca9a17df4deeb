import { conflict } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Kept, Message, Records, RecordWrite, Whereto } from '../../../skills/kit/records.js'
import type { Destination, Outgoing } from '../../outgoing.js'
import type { StoreRecord, TenantStore, Write } from '../contract.js'
import { StoreConflict } from '../errors.js'
import type { Json } from '../json.js'
import { publishWrites, type ReadPublished } from './published-claims.js'
import { anchorWrite } from './message-records.js'
import { auditWrite } from './audit-stream.js'
import { timerWrite } from './timer-records.js'

/** What turns a skill's writes into the store's. */
export interface SkillWriting {
  /** Where a message goes. @throws Fault NotFound where there is no such place */
  destinationOf(to: Whereto): Promise<Destination>
  /** The outbox write of a message. */
  enqueue(partition: string, id: string, outgoing: Outgoing, notBefore?: number): Write
  /** Reads what a record published last. */
  published: ReadPublished
  /** Told when a commit is durable: there may be something to send, a timer that is due, an entity that is new. */
  committed?(): void
}

/** A skill's partitions are its own: no skill reads or writes another's. */
const ownPartition = (skill: string, partition: string): string => `${skill}/${partition}`
const ownKind = (skill: string, kind: string): string => `${skill}.${kind}`

/**
 * The writes of a skill as the store takes them, for one of its partitions.
 * @param now for the audit line's time and the timers of events
 */
export async function storeWrites(
  skill: string,
  partition: string,
  writes: readonly RecordWrite[],
  parts: SkillWriting,
  now: () => Instant,
): Promise<Write[]> {
  const own = ownPartition(skill, partition)
  const made = await Promise.all(writes.map((write) => storeWrite(skill, own, write, parts, now)))
  return made.flat()
}

async function storeWrite(
  skill: string,
  partition: string,
  write: RecordWrite,
  parts: SkillWriting,
  now: () => Instant,
): Promise<Write[]> {
  switch (write.op) {
    case 'put': {
      const { publishes, kind, ...put } = write
      return [
        { ...put, kind: ownKind(skill, kind) },
        ...(await publishWrites(partition, `${ownKind(skill, kind)}/${write.id}`, publishes, now(), parts.published)),
      ]
    }
    case 'delete': {
      const { publishes, kind, ...gone } = write
      return [
        { ...gone, kind: ownKind(skill, kind) },
        ...(await publishWrites(partition, `${ownKind(skill, kind)}/${write.id}`, publishes, now(), parts.published)),
      ]
    }
    case 'say': {
      const outgoing = await outgoingOf(write.message, parts)
      const notBefore = write.notBefore === undefined ? undefined : Date.parse(write.notBefore)
      return [parts.enqueue(partition, write.id, outgoing, notBefore)]
    }
    case 'anchor':
      return [anchorWrite(write.key, write.activityId)]
    case 'set-timer':
      return [timerWrite({ skill, name: write.name, id: write.id }, write.due, write.data)]
    case 'clear-timer':
      return [{ op: 'clear-timer', id: timerWrite({ skill, name: write.name, id: write.id }, now(), null).id }]
    case 'tell':
      return [timerWrite({ event: write.event.id }, now(), write.event as unknown as Json)]
    case 'audit':
      return [auditWrite(write.entry, now())]
  }
}

async function outgoingOf({ to, ...message }: Message, { destinationOf }: SkillWriting): Promise<Outgoing> {
  return { ...message, to: await destinationOf(to) }
}

/** What one skill remembers, over the tenant's store. */
export function skillRecords(skill: string, store: TenantStore, parts: SkillWriting, now: () => Instant): Records {
  const kept = <T>(record: StoreRecord): Kept<T> => ({
    partition: record.partition.slice(skill.length + 1),
    kind: record.kind.slice(skill.length + 1),
    id: record.id,
    etag: record.etag,
    data: record.data as T,
  })
  return {
    async get<T>({ partition, kind, id }: { partition: string; kind: string; id: string }) {
      const record = await store.get({ partition: ownPartition(skill, partition), kind: ownKind(skill, kind), id })
      return record && kept<T>(record)
    },
    async find<T>({ kind, partition, where = {}, limit = 100 }: Parameters<Records['find']>[0]) {
      const { records } = await store.query({
        kind: ownKind(skill, kind),
        ...(partition !== undefined && { partition: ownPartition(skill, partition) }),
        where: Object.entries(where).map(([field, equals]) => ({ field, equals })),
        limit,
      })
      return records.map((record) => kept<T>(record))
    },
    async commit(partition, writes) {
      const made = await storeWrites(skill, partition, writes, parts, now)
      try {
        await store.commit(ownPartition(skill, partition), made)
        parts.committed?.()
      } catch (error) {
        if (error instanceof StoreConflict)
          throw conflict('Somebody else was faster.', 'Look again, and then decide.', { cause: error })
        throw error
      }
    },
  }
}
