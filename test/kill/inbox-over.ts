import { randomUUID } from 'node:crypto'
import { createClock } from '../../bot/clock.js'
import { StoreConflict } from '../../bot/store/errors.js'
import type { SqliteStore } from '../../bot/store/sqlite/open.js'
import { startInbox } from '../../bot/workers/inbox/inbox-worker.js'
import { createOwnership } from '../../bot/workers/inbox/ownership.js'
import type { LeasedLoop } from '../../bot/workers/leased-loop.js'

/** An inbox whose hearer writes a record an event, as a skill does that hears at least once: the event's id makes it once. */
export function inboxOver(store: SqliteStore, failed: (error: unknown) => void, clock = createClock()): LeasedLoop {
  const own = store.forTenant('kill')
  return startInbox({
    store: own,
    clock,
    worker: randomUUID(),
    ownership: createOwnership(store, 'inbox/kill', clock),
    read: ({ body, arrived }) => ({
      state: 'read',
      drafts: [{ type: 'alert.fired', at: arrived, data: JSON.parse(body) as string, about: [], thread: body }],
    }),
    findSubjects: async () => [],
    notice: async ({ id, data }) => {
      try {
        await own.commit(id, [{ op: 'put', kind: 'heard', id, data, ifAbsent: true }])
      } catch (error) {
        if (!(error instanceof StoreConflict)) throw error
      }
    },
    report: () => {},
    failed,
  })
}
