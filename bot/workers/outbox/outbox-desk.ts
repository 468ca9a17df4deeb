import { nameOf, type Destination, type Outgoing } from '../../outgoing.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Actor } from '../../../skills/kit/proposal.js'
import type { TenantStore } from '../../store/contract.js'
import type { OutboxEntry } from '../../store/queues.js'
import { auditWrite } from '../../store/records/audit-stream.js'
import { messageRecords } from '../../store/records/message-records.js'

/** What people see of an outbox, and what they decide. */
export interface DeskParts {
  store: TenantStore
  /** What people call a place, where that is known. */
  nameOfPlace(to: Destination): Promise<string | undefined>
  /** First line of a message. */
  headline(content: Outgoing['content']): string
  now(): Instant
}

const states = ['unknown', 'dead', 'queued'] as const

/** The outbox for people: first what waits for them, then what waits for its sending. */
export function outboxDesk({ store, nameOfPlace, headline, now }: DeskParts) {
  const seen = async ({ partition, id, at, attempts, reason, data }: OutboxEntry, state: (typeof states)[number]) => {
    const { to, content } = data as unknown as Outgoing
    const where = (await nameOfPlace(to)) ?? nameOf(to)
    const line = { partition, id, at: new Date(at).toISOString(), where, what: headline(content), state, attempts }
    return reason === undefined ? line : { ...line, reason }
  }
  const messages = messageRecords(store)
  return {
    counts: () => store.outbox.counts(),
    async items() {
      const lists = states.map(async (state) => {
        const { items } = await store.outbox.list({ state, limit: 100 })
        return Promise.all(items.map((item) => seen(item, state)))
      })
      return (await Promise.all(lists)).flat()
    },
    /**
     * The audit entry is durable before anything is done: a message that may be doubled has somebody who said so. What is dropped is taken not
     * to be there, so that later edits of it are posted and replies begin a thread of their own.
     */
    async decide(
      what: 'revive' | 'drop',
      { partition, id }: { partition: string; id: string },
      reason: string,
      by: Actor,
    ) {
      const before = await store.outbox.get(partition, id)
      if (before?.state !== 'unknown' && before?.state !== 'dead') return 'absent' as const
      const detail = { partition, id, was: before.state, reason }
      await store.commit(partition, [
        auditWrite({ action: what === 'revive' ? 'outbox.revived' : 'outbox.dropped', by, detail }, now()),
      ])
      const key = (before.data as unknown as Outgoing).key ?? id
      const message = await messages.get({ partition, key })
      if (what === 'drop' && message?.fate === 'unknown' && message.item === id)
        await messages.end({ partition, id }, new Map([[key, undefined]]))
      return what === 'revive'
        ? store.outbox.revive(partition, id, `Sent again. ${by.name}: ${reason}`)
        : store.outbox.drop(partition, id, `${by.name}: ${reason}`)
    },
  }
}
