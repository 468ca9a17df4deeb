import { StoreUnavailable } from '../errors.js'
import type { Connection } from './connection.js'

/** One step of the schema. Steps are never changed once released; a mistake is mended by the next one. */
export interface Migration {
  /** 1, 2, 3 … as in its file's name. */
  version: number
  name: string
  sql: string
  /** What SQL alone cannot do, after it and in the same transaction. */
  fill?(connection: Connection): void
}

/** Marks a file as a Nexus store in SQLite's header ("NXUS"), so that no other program's database is taken for one. */
const applicationId = 0x4e585553

/**
 * Brings a database to the newest version, step by step. Each step and its version number are one transaction, so a
 * process that is killed leaves the step done or not begun; two that start together take turns.
 * @throws StoreUnavailable for a database of a newer Nexus, or of another program
 */
export function migrate(connection: Connection, steps: readonly Migration[], now: number): void {
  refuseForeign(connection)
  for (const step of steps) {
    if (versionOf(connection) >= step.version) continue
    connection.transact(() => {
      if (versionOf(connection) < step.version) apply(connection, step, now) // another process may have been first
    })
  }
  const newest = steps.at(-1)?.version ?? 0
  const found = versionOf(connection)
  if (found > newest)
    throw new StoreUnavailable(
      `the store ${connection.file} was written by a newer Nexus (its version is ${found}, this program knows ${newest}): ` +
        `start the newer program, or restore a backup from before the update`,
    )
}

/** The version a database is at; 0 for an empty one. */
export function versionOf(connection: Connection): number {
  if (!connection.get(`SELECT 1 AS there FROM sqlite_schema WHERE name = 'migration'`)) return 0
  return connection.get<{ version: number }>('SELECT max(version) AS version FROM migration')?.version ?? 0
}

function apply(connection: Connection, step: Migration, now: number): void {
  connection.exec(
    `CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT`,
  )
  connection.exec(`PRAGMA application_id = ${applicationId}`)
  connection.exec(step.sql)
  step.fill?.(connection)
  connection.run('INSERT INTO migration (version, name, at) VALUES (?, ?, ?)', step.version, step.name, now)
}

function refuseForeign(connection: Connection): void {
  const [id, tables] = connection.snapshot(() => [
    connection.get<{ application_id: number }>('PRAGMA application_id')?.application_id,
    connection.get<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema')?.count,
  ])
  if (id !== applicationId && tables)
    throw new StoreUnavailable(
      `${connection.file} is a database of another program: choose another folder for the store`,
    )
}
