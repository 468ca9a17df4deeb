import { join } from 'node:path'
import { checkName, checkWord, limits } from '../limits.js'
import type { Store, TenantStore } from '../contract.js'
import { prune, readChanges } from './changes.js'
import { commit } from './commit.js'
import { Connection } from './connection.js'
import { type Engine, startEngine } from './engine.js'
import { storeFailure } from './failures.js'
import { GroupCommit, type GroupCommitLimits } from './group-commit.js'
import { prepareInboxKeys } from './inbox-keys.js'
import { inboxOf } from './inbox.js'
import { takeLease } from './leases.js'
import { logOf } from './log.js'
import { migrate } from './migrate.js'
import { first } from './migrations/0001-first.js'
import { chainedLog } from './migrations/0002-chained-log.js'
import { leanInbox } from './migrations/0003-lean-inbox.js'
import { openOutbox } from './migrations/0004-open-outbox.js'
import { inboxKeys } from './migrations/0005-inbox-keys.js'
import { outboxOf } from './outbox.js'
import { queryRecords } from './query.js'
import { type RecordRow, recordColumns, toRecord } from './record-rows.js'
import { seriesOf } from './series.js'
import { timersOf } from './timers.js'

/** How the embedded store is opened. */
export interface SqliteStoreOptions {
  /** Where `store.db` is, or is made. A disk of this machine: SQLite's locks do not work on network shares. */
  folder: string
  clock: { now(): number | Date }
  /** Makes a random id, such as `randomUUID` of node:crypto. */
  id: () => string
  /** Encrypts the file, its journal and its backups. A store is encrypted from its first day or not at all. */
  encryptionKey?: string
  /** Largest size in pages of 4 KiB; beyond it writes are refused with StoreFull. */
  maxPages?: number
  /** How much may wait for the disk; beyond it writes are refused with StoreUnavailable. */
  waiting?: Partial<GroupCommitLimits>
}

/** The embedded store, and what only it has. */
export interface SqliteStore extends Store {
  /** Writes a copy of the store, as it is now, to a file that does not exist yet; encrypted where the store is. Writes wait. */
  backup(file: string): Promise<void>
}

const steps = [first, chainedLog, leanInbox, openOutbox, inboxKeys]

/**
 * Opens the embedded engine. Several processes on one machine may have the same folder open: each write is one SQLite
 * transaction that takes the write lock first, so that every condition is checked against what is durable, whoever wrote
 * it; leases and fences decide who works. It needs neither a lock file to go stale nor a server.
 * @throws StoreUnavailable where the file is damaged, newer, not a store, or its key is wrong
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const file = join(options.folder, 'store.db')
  const connection = new Connection(file, options)
  try {
    migrate(connection, steps, Math.trunc(Number(options.clock.now())))
    prepareInboxKeys(connection)
    connection.exec('PRAGMA busy_timeout = 10') // from here on waiting is asynchronous, in GroupCommit
  } catch (error) {
    connection.close()
    throw storeFailure(error, file)
  }
  const group = new GroupCommit(connection, options.waiting)
  const engine = startEngine({ connection, group, clock: options.clock, id: options.id })
  return {
    forTenant: (tenant) => tenantStore(engine, tenant),
    lease: (name, ttlMs) => takeLease(engine, name, ttlMs),
    backup: async (target) => {
      await engine.read(() => connection.copyTo(target))
    },
    close: () => engine.stop(),
  }
}

function tenantStore(engine: Engine, tenant: string): TenantStore {
  checkName('the tenant', tenant, limits.tenantBytes)
  return {
    tenant,
    async get({ partition, kind, id }) {
      checkName('the partition', partition)
      checkWord('the kind', kind)
      checkName('the id of a record', id)
      const sql = `SELECT ${recordColumns} FROM record WHERE tenant = ? AND kind = ? AND partition = ? AND id = ? AND data IS NOT NULL`
      const row = await engine.read(() => engine.connection.get<RecordRow>(sql, tenant, kind, partition, id))
      return row && toRecord(row)
    },
    query: (query) => engine.read(() => queryRecords(engine, tenant, query)),
    commit: (partition, writes, options) => commit(engine, tenant, partition, writes, options?.fence),
    inbox: inboxOf(engine, tenant),
    outbox: outboxOf(engine, tenant),
    timers: timersOf(engine, tenant),
    log: logOf(engine, tenant),
    series: seriesOf(engine, tenant),
    changes: (after, limit) => engine.read(() => readChanges(engine, tenant, after, limit)),
    prune: (before) => prune(engine, tenant, before),
  }
}
