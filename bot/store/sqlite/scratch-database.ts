import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { createPrivately, encryption } from './connection.js'

/** The mark of a file that a process has open, in SQLite's `application_id`; 0 is that of a file that was closed. */
const inUse = 1

/** What may be bound to a statement of a scratch database. */
export type ScratchValue = string | number | Buffer | null

/**
 * A SQLite database that one process has for itself and that may be lost, because all of it can be worked out again: nothing waits for the
 * disk. Calls are synchronous. Statements are prepared once, by their text.
 */
export class ScratchDatabase {
  readonly #database: Database.Database
  readonly #statements = new Map<string, Database.Statement>()

  /**
   * @param file the database, or `:memory:`
   * @param encryptionKey encrypts every page, as the store's does
   */
  constructor(
    readonly file: string,
    encryptionKey?: string,
  ) {
    if (file !== ':memory:') createPrivately(file)
    this.#database = new Database(file, encryption(encryptionKey))
    try {
      this.#database.exec('PRAGMA locking_mode = EXCLUSIVE')
      this.#database.exec('PRAGMA journal_mode = WAL')
      this.#database.exec('PRAGMA synchronous = OFF')
      this.#database.exec('PRAGMA cache_size = -32000')
      // Loading a catalog changes the same pages again and again: they go into the file in one go.
      this.#database.exec('PRAGMA wal_autocheckpoint = 8000')
      this.#database.exec('BEGIN EXCLUSIVE; COMMIT')
      if (this.get<{ application_id: number }>('PRAGMA application_id')?.application_id === inUse) this.#check()
      this.#database.exec(`PRAGMA application_id = ${inUse}`)
    } catch (error) {
      this.#database.close()
      throw error
    }
  }

  /** Reads all of a file whose last owner ended without closing it: the machine may have gone down with it. */
  #check(): void {
    const [fault] = this.all<{ quick_check: string }>('PRAGMA quick_check(1)')
    if (fault?.quick_check !== 'ok') throw new DamagedScratch(fault?.quick_check)
  }

  /** Runs statements that take and give nothing. */
  exec(sql: string): void {
    this.#database.exec(sql)
  }

  /** @returns the row number of the row inserted last */
  run(sql: string, ...values: ScratchValue[]): number {
    return Number(this.#prepared(sql).run(values).lastInsertRowid)
  }

  get<Row>(sql: string, ...values: ScratchValue[]): Row | undefined {
    return this.#prepared(sql).get(values) as Row | undefined
  }

  all<Row>(sql: string, ...values: ScratchValue[]): Row[] {
    return this.#prepared(sql).all(values) as Row[]
  }

  /** Does all of it or nothing; within another it is a part of that. */
  transact<T>(write: () => T): T {
    if (this.#database.inTransaction) return write()
    this.#database.exec('BEGIN')
    try {
      const done = write()
      this.#database.exec('COMMIT')
      return done
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
      throw error
    }
  }

  /** Lets go of the file at once, so that another may take it. */
  close(): void {
    this.#statements.clear()
    this.#database.exec('PRAGMA application_id = 0')
    // libsql keeps a connection for as long as its statements are not collected, and with it the lock: it is given up before. A lock that
    // was exclusive when the journal became WAL can be given up only without it.
    this.#database.exec('PRAGMA journal_mode = DELETE')
    this.#database.exec('PRAGMA locking_mode = NORMAL')
    this.#database.exec('SELECT count(*) FROM sqlite_schema')
    this.#database.close()
  }

  #prepared(sql: string): Database.Statement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (this.#statements.size >= 256) this.#statements.clear() // filters come in many shapes, but not in that many
    const statement = this.#database.prepare(sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** How many processes of one machine may have a scratch database of one name in one folder. */
const most = 16

/**
 * Opens the first scratch database of a name that no other process has open: `catalog-0.db`, `catalog-1.db` … One that is damaged is
 * thrown away and made anew.
 * @throws the database's error where none can be opened
 */
export function openScratch(folder: string, name: string, encryptionKey?: string): ScratchDatabase {
  let refusal: unknown
  for (let place = 0; place < most; place++) {
    const file = join(folder, `${name}-${place}.db`)
    try {
      return new ScratchDatabase(file, encryptionKey)
    } catch (error) {
      refusal = error
      if (codeOf(error) === 'SQLITE_BUSY') continue
      if (!damaged.includes(codeOf(error))) throw error
      removeScratch(file)
      place--
    }
  }
  throw refusal
}

const damaged = ['SQLITE_CORRUPT', 'SQLITE_NOTADB']

/** What SQLite's check of a file found, in the form of the error that reading there would be. */
class DamagedScratch extends Error {
  readonly code = 'SQLITE_CORRUPT'
}

const codeOf = (error: unknown): string =>
  String((error as { code?: unknown }).code).replace(/^(SQLITE_[A-Z]+)_.*$/, '$1')

/** Deletes a scratch database that is not open. */
export function removeScratch(file: string): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true })
}
