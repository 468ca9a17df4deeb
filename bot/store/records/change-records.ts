import type { RecordWrite } from '../../../skills/kit/records.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Instant, Json } from '../../../skills/kit/model.js'
import type { ChangeRecords } from '../../hub/change/change-book.js'
import type { ChangeData } from '../../hub/change/change-data.js'
import type { TenantStore, Write } from '../contract.js'
import { StoreConflict } from '../errors.js'
import { changeClaim } from './change-claim.js'
import { storeWrites, type SkillWriting } from './skill-records.js'
import { timerWrite } from './timer-records.js'

/** The owner of the hub's own partitions; no skill may have this name. */
const owner = 'change'
const recordKind = 'record'
const counter = { partition: 'change-numbers', kind: 'change-counter', id: 'last' }

/** The names of the hub's timers for changes, as the timers' worker knows them. */
export const changeTimers = { expiry: 'change-expiry', run: 'change-run' } as const

/** The id of a proposal as it was given; anything else is not looked for. */
const idPattern = /^PR-[1-9]\d{0,14}$/

/** Proposals and runs of one tenant: a record each, in the partition `change/<id>` with its messages and timers. */
export function changeRecords(store: TenantStore, writing: SkillWriting, now: () => Instant): ChangeRecords {
  async function commit(partition: string, writes: readonly Write[]): Promise<boolean> {
    try {
      await store.commit(partition, writes)
      return true
    } catch (error) {
      if (error instanceof StoreConflict) return false
      throw error
    }
  }

  /** What follows, as the store takes it. What is to be said where nobody can be reached is left out: a change moves on all the same. */
  async function writesOf(id: string, write: RecordWrite): Promise<Write[]> {
    if (write.op === 'set-timer') return [timerWrite(timerOf(write), write.due, write.data)]
    if (write.op === 'clear-timer') return [{ op: 'clear-timer', id: timerWrite(timerOf(write), now(), null).id }]
    try {
      return await storeWrites(owner, id, [write], writing, now)
    } catch (error) {
      if (write.op === 'say' && error instanceof Fault && error.code === 'NotFound') return []
      throw error
    }
  }

  return {
    async nextId() {
      for (;;) {
        const last = await store.get(counter)
        const next = ((last?.data as number | undefined) ?? 0) + 1
        const condition = last ? { ifMatch: last.etag } : { ifAbsent: true as const }
        const { partition, kind, id } = counter
        if (await commit(partition, [{ op: 'put', kind, id, data: next, ...condition }])) return `PR-${next}`
      }
    },
    async get(id) {
      if (!idPattern.test(id)) return undefined
      const record = await store.get({ partition: `${owner}/${id}`, kind: `${owner}.${recordKind}`, id })
      return record && { data: record.data as unknown as ChangeData, etag: record.etag }
    },
    async list({ state, by, limit }) {
      const where = [
        ...(state === undefined ? [] : [{ field: 'state', equals: state }]),
        ...(by === undefined ? [] : [{ field: 'by', equals: by }]),
      ]
      const order = { by: 'number', descending: true }
      const { records } = await store.query({ kind: `${owner}.${recordKind}`, where, order, limit })
      return records.map(({ data }) => data as unknown as ChangeData)
    },
    async commit(data, etag, follows) {
      const { proposal } = data.change
      const put: RecordWrite = {
        op: 'put',
        kind: recordKind,
        id: proposal.id,
        data: data as unknown as Json,
        index: { state: proposal.state, by: proposal.by.id, number: Number(proposal.id.slice(3)) },
        publishes: changeClaim(data.change),
        ...(etag === undefined ? { ifAbsent: true } : { ifMatch: etag }),
      }
      const made = await Promise.all([put, ...follows].map((write) => writesOf(proposal.id, write)))
      const written = await commit(`${owner}/${proposal.id}`, made.flat())
      if (written) writing.committed?.()
      return written
    },
  }
}

const timerOf = ({ name, id }: { name: string; id: string }) => ({
  hub: changeTimers[name as keyof typeof changeTimers],
  id,
})
