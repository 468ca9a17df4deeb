import { checkName, checkWord, limits } from '../limits.js'
import type { Store, TenantStore } from '../contract.js'
import { readChanges } from './changes.js'
import { commit } from './commit.js'
import { Connection, type CosmosAccount } from './connection.js'
import type { RecordDocument } from './documents.js'
import { Door, type Engine } from './engine.js'
import { inboxOf } from './inbox.js'
import { takeLease } from './leases.js'
import { logOf } from './log.js'
import { Moving } from './moving.js'
import { idOf } from './order.js'
import { outboxOf } from './outbox.js'
import { prune } from './prune.js'
import { queryRecords, toRecord } from './query.js'
import { seriesOf } from './series.js'
import { Tickets } from './tickets.js'
import { timersOf } from './timers.js'

/** How the store in Cosmos DB is opened. */
export interface CosmosStoreOptions {
  account: CosmosAccount
  clock: { now(): number | Date }
  /** Makes a random id, such as `randomUUID` of node:crypto. */
  id: () => string
  /** Makes the database and its containers where they are absent: needs a key, as an identity may not by the data plane. */
  create?: boolean
}

/**
 * Opens the engine on Cosmos DB (see containers.ts for how it lies there). Any number of processes may have the same database open.
 * @throws StoreUnavailable where the account cannot be reached, does not permit it, or is not as it has to be
 */
export async function openCosmosStore({ account, clock, id, create = false }: CosmosStoreOptions): Promise<Store> {
  const connection = await Connection.open(account, create)
  const now = () => Math.trunc(Number(clock.now()))
  const engine: Engine = { connection, tickets: new Tickets(connection), moving: new Moving({ connection }), now, id }
  const door = new Door(account.endpoint)
  let closing: Promise<void> | undefined
  return {
    forTenant: (tenant) => tenantStore(engine, door, tenant),
    lease: async (name, ttlMs) => {
      const lease = await door.enter(() => takeLease(engine, name, ttlMs))
      if (!lease) return undefined
      const { renew, release } = lease
      return Object.assign(lease, { renew: () => door.enter(renew), release: () => door.enter(release) })
    },
    close: () => (closing ??= door.close().then(() => connection.close())),
  }
}

function tenantStore(engine: Engine, door: Door, tenant: string): TenantStore {
  checkName('the tenant', tenant, limits.tenantBytes)
  return {
    ...door.before<Pick<TenantStore, 'get' | 'query' | 'commit' | 'changes' | 'prune'>>({
      async get({ partition, kind, id }) {
        checkName('the partition', partition)
        checkWord('the kind', kind)
        checkName('the id of a record', id)
        const found = await engine.connection.read<RecordDocument>(
          'records',
          [tenant, partition],
          idOf('record', kind, id),
        )
        return found?.type === 'record' ? toRecord(found) : undefined
      },
      query: (query) => queryRecords(engine, tenant, query),
      commit: (partition, writes, options) => commit(engine, tenant, partition, writes, options?.fence),
      changes: (after, limit) => readChanges(engine, tenant, after, limit),
      prune: (before) => prune(engine, tenant, before),
    }),
    tenant,
    inbox: door.before(inboxOf(engine, tenant)),
    outbox: door.before(outboxOf(engine, tenant)),
    timers: door.before(timersOf(engine, tenant)),
    log: door.before(logOf(engine, tenant)),
    series: door.before(seriesOf(engine, tenant)),
  }
}
