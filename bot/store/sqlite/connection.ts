import { closeSync, mkdirSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'libsql'
import AsyncDatabase from 'libsql/promise'
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

/** `exec` on a thread of libsql's own: both of its interfaces hold the same native database. */
const execAside = AsyncDatabase.prototype.exec as (this: Database.Database, sql: string) => Promise<void>

/**
 * A SQLite file as one process uses it: a writer, and a reader that sees what is durable while the writer's commit is on its way to the
 * disk. Statements are prepared once, by their text. All calls but `commit` are synchronous. They throw SQLite's own errors; `storeFailure`
 * says what those mean.
 */
export class Connection {
  readonly #writer: Handle
  readonly #reader: Handle
  /** From the beginning of a transaction to its end: what is read then must see what it has written. */
  #writing = false

  /** Opens the file, or makes it, readable by its owner only. WAL with a full sync at every commit. */
  constructor(
    readonly file: string,
    options: ConnectionOptions = {},
  ) {
    try {
      createPrivately(file)
      this.#writer = new Handle(file, options)
      this.#writer.database.exec('PRAGMA journal_mode = WAL')
      this.#writer.database.exec('PRAGMA synchronous = FULL')
      this.#writer.database.exec('PRAGMA journal_size_limit = 67108864')
      if (options.maxPages) this.#writer.database.exec(`PRAGMA max_page_count = ${Math.trunc(options.maxPages)}`)
      this.#reader = new Handle(file, options)
    } catch (error) {
      throw storeFailure(error, file)
    }
  }

  /** Runs statements that take and give nothing. */
  exec(sql: string): void {
    this.#writer.database.exec(sql)
  }

  /** @returns how many rows were changed, and the row number of the last one inserted */
  run(sql: string, ...values: Bound[]): { changes: number; rowid: number } {
    const { changes, lastInsertRowid } = this.#writer.prepared(sql).run(values)
    return { changes, rowid: Number(lastInsertRowid) }
  }

  /** The first row, with the columns the statement names. */
  get<Row>(sql: string, ...values: Bound[]): Row | undefined {
    return this.#current.prepared(sql).get(values) as Row | undefined
  }

  /** Every row; statements bound their own number. */
  all<Row>(sql: string, ...values: Bound[]): Row[] {
    return this.#current.prepared(sql).all(values) as Row[]
  }

  /** Whether a transaction of the writer is open; a full disk may have ended it. */
  get inTransaction(): boolean {
    return this.#writer.database.inTransaction
  }

  /** Takes the write lock. Until `commit` or `rollback` nothing may wait, so that no read of others falls into the transaction. */
  begin(): void {
    this.run('BEGIN IMMEDIATE')
    this.#writing = true
  }

  /**
   * Ends the transaction; resolves when it is on disk. The wait for the disk is a thread's, so this process goes on: what it reads
   * meanwhile is what was durable before. Nothing may be written until then.
   */
  commit(): Promise<void> {
    this.#writing = false
    return execAside.call(this.#writer.database, 'COMMIT')
  }

  /** Takes back what the transaction wrote, where there is one. */
  rollback(): void {
    this.#writing = false
    if (this.inTransaction) this.run('ROLLBACK')
  }

  /** Does a whole transaction at once, and waits for the disk. */
  transact(write: () => void): void {
    this.begin()
    try {
      write()
      this.run('COMMIT')
      this.#writing = false
    } catch (error) {
      this.rollback()
      throw error
    }
  }

  /** Reads that belong together see one state of the database, whatever is written meanwhile. */
  snapshot<T>(read: () => T): T {
    const { database } = this.#reader
    database.exec('BEGIN')
    try {
      return read()
    } finally {
      if (database.inTransaction) database.exec('COMMIT')
    }
  }

  /**
   * Writes a compact copy of the database to a new file, with the same encryption; nothing else is done meanwhile.
   * @throws StoreBadInput where the file exists
   */
  copyTo(file: string): void {
    if (!createPrivately(file)) throw new StoreBadInput(`${file} exists already: a copy needs the path of a new file`)
    this.#reader.database.prepare('VACUUM INTO ?').run([file])
  }

  /** Moves the journal into the file, so that the file alone is the whole store, and lets go of it. */
  close(): void {
    this.#reader.close()
    try {
      this.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // Nothing is lost: the journal stays beside the file, and the next opening reads it.
    }
    this.#writer.close()
  }

  get #current(): Handle {
    return this.#writing ? this.#writer : this.#reader
  }
}

/** One of libsql's connections, and its prepared statements. */
class Handle {
  readonly database: Database.Database
  readonly #statements = new Map<string, Statement>()

  constructor(file: string, { encryptionKey }: ConnectionOptions) {
    this.database = new Database(file, encryption(encryptionKey))
    this.database.exec('PRAGMA busy_timeout = 5000') // switching to WAL needs the file for itself
    this.database.exec('PRAGMA cache_size = -16000')
  }

  prepared(sql: string): Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= 256) this.#statements.clear() // queries come in many shapes, but not in that many
    const statement = this.database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }

  close(): void {
    this.#statements.clear()
    this.database.close()
  }
}

/**
 * Makes an empty file that its owner alone may read; SQLite gives its journal the same mode. A file that exists is not even
 * opened: closing it again would give up the locks that SQLite holds on it in this process.
 * @returns false where it exists
 */
export function createPrivately(file: string): boolean {
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
export function encryption(key: string | undefined): Database.Options {
  return (key ? { encryptionKey: key, encryptionCipher: 'aes256cbc' } : {}) as Database.Options
}
