import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import { StoreBadInput } from '../errors.js'
import { storeFailure, systemErrorCode } from './failures.js'

/** What is bound to a statement. libsql aborts the whole process on a boolean, so there is none. */
export type Bound = string | number | null

type Statement = Pick<Database.Statement, 'run' | 'get' | 'all'>

/** How a database file is opened. */
export interface ConnectionOptions {
  /** Encrypts every page of the file, its journal and its backups (AES-256-CBC of SQLite3 Multiple Ciphers). */
  encryptionKey?: string
  /** Largest size of the file in pages of 4 KiB; more is StoreFull. */
  maxPages?: number
}

/**
 * One connection to a SQLite file: prepared statements by their text, and nothing of libsql's looser habits.
 * Calls are synchronous. They throw SQLite's own errors; `storeFailure` says what those mean.
 */
export class Connection {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Statement>()

  /** Opens the file, or makes it, readable by its owner only. WAL with a full sync at every commit. */
  constructor(
    readonly file: string,
    options: ConnectionOptions = {},
  ) {
    try {
      createPrivately(file)
      this.#database = new Database(file, encryption(options.encryptionKey))
      this.exec('PRAGMA busy_timeout = 5000') // switching to WAL needs the file for itself
      this.exec('PRAGMA journal_mode = WAL')
      this.exec('PRAGMA synchronous = FULL')
      this.exec('PRAGMA journal_size_limit = 67108864')
      this.exec('PRAGMA cache_size = -16000')
      if (options.maxPages) this.exec(`PRAGMA max_page_count = ${Math.trunc(options.maxPages)}`)
    } catch (error) {
      throw storeFailure(error, file)
    }
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction
  }

  /** Runs statements that take and give nothing. */
  exec(sql: string): void {
    this.#database.exec(sql)
  }

  /** @returns how many rows were changed, and the row number of the last one inserted */
  run(sql: string, ...values: Bound[]): { changes: number; rowid: number } {
    const { changes, lastInsertRowid } = this.#prepared(sql).run(values)
    return { changes, rowid: Number(lastInsertRowid) }
  }

  /** The first row, with the columns the statement names. */
  get<Row>(sql: string, ...values: Bound[]): Row | undefined {
    return this.#prepared(sql).get(values) as Row | undefined
  }

  /** Every row; statements bound their own number. */
  all<Row>(sql: string, ...values: Bound[]): Row[] {
    return this.#prepared(sql).all(values) as Row[]
  }

  /** Reads that belong together see one state of the database, whatever other processes write meanwhile. */
  snapshot<T>(read: () => T): T {
    this.run('BEGIN')
    try {
      return read()
    } finally {
      if (this.inTransaction) this.run('COMMIT')
    }
  }

  /**
   * Writes a compact copy of the database to a new file, with the same encryption; nothing else is done meanwhile.
   * @throws StoreBadInput where the file exists
   */
  copyTo(file: string): void {
    if (!createPrivately(file)) throw new StoreBadInput(`${file} exists already: a copy needs the path of a new file`)
    this.#database.prepare('VACUUM INTO ?').run([file])
  }

  /** Moves the journal into the file, so that the file alone is the whole store, and lets go of it. */
  close(): void {
    this.#statements.clear()
    try {
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Nothing is lost: the journal stays beside the file, and the next opening reads it.
    }
    this.#database.close()
  }

  #prepared(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= 256) this.#statements.clear() // queries come in many shapes, but not in that many
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/**
 * Makes an empty file that its owner alone may read; SQLite gives its journal the same mode. A file that exists is not even
 * opened: closing it again would give up the locks that SQLite holds on it in this process.
 * @returns false where it exists
 */
function createPrivately(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  try {
    closeSync(openSync(file, 'wx', 0o600))
    return true
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** libsql has these options, its type declarations do not. */
function encryption(key: string | undefined): Database.Options {
  return (key ? { encryptionKey: key, encryptionCipher: 'aes256cbc' } : {}) as Database.Options
}
