import { createHash } from 'node:crypto'
import type { Ref } from '../../../skills/kit/model.js'
import type { TenantStore } from '../contract.js'
import { StoreConflict } from '../errors.js'
import { refKey } from '../../../skills/kit/ref-key.js'

const kind = 'change-lock'
const id = 'holder'

/** A target's id may be longer than a partition's name, and may hold what that may not. */
const partitionOf = (target: Ref): string =>
  `lock/${createHash('sha256').update(refKey(target)).digest('hex').slice(0, 32)}`

/** One run at a time has a target. The lock is a record, so it holds over restarts; one whose run is over is taken over. */
export function lockRecords(store: TenantStore) {
  return {
    /**
     * Takes a target for a change.
     * @param isOver whether the change that has it now is over
     * @returns undefined where it is taken, or the id of the change that has it
     */
    async take(target: Ref, change: string, isOver: (holder: string) => Promise<boolean>): Promise<string | undefined> {
      const partition = partitionOf(target)
      for (;;) {
        const record = await store.get({ partition, kind, id })
        const holder = record && (record.data as { change: string }).change
        if (holder === change) return undefined
        if (holder !== undefined && !(await isOver(holder))) return holder
        try {
          const condition = record ? { ifMatch: record.etag } : { ifAbsent: true as const }
          const data = { change, target: { kind: target.kind, id: target.id } }
          await store.commit(partition, [{ op: 'put', kind, id, data, ...condition }])
          return undefined
        } catch (error) {
          if (!(error instanceof StoreConflict)) throw error
        }
      }
    },

    /** Gives a target up. Where this fails the lock is taken over, because its change is over. */
    async release(target: Ref, change: string): Promise<void> {
      const partition = partitionOf(target)
      const record = await store.get({ partition, kind, id })
      if (!record || (record.data as { change: string }).change !== change) return
      try {
        await store.commit(partition, [{ op: 'delete', kind, id, ifMatch: record.etag }])
      } catch (error) {
        if (!(error instanceof StoreConflict)) throw error
      }
    },
  }
}

export type LockRecords = ReturnType<typeof lockRecords>
