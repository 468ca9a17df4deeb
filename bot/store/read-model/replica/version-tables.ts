import type { Instant, Ref } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase, ScratchValue } from '../../sqlite/scratch-database.js'
import type { Age } from './statement.js'
import { factsOf, wordsOf, type FactRow, type Words } from './facts-of.js'
import { kindShift, open } from './schema.js'
import type { ShownVersion } from './shown-version.js'
import { keepSpellings } from './spelling.js'
import { places } from './sql.js'

interface NowRow {
  since: Instant
  data: string
}

interface ThenRow extends NowRow {
  v: number
  until: Instant
}

/** Rows of one statement at most: each number of rows is a statement of its own. */
const most = 32

/** The tables of what entities are and were, written with as few rows as differ. */
export class VersionTables {
  /** The last number given of each kind and table. */
  readonly #last = new Map<string, number>()

  constructor(readonly database: ScratchDatabase) {}

  /** To be called when the tables were emptied. */
  forget(): void {
    this.#last.clear()
  }

  /** The number of an entity, given to it where it has none yet. */
  numberOf(ref: Ref): number {
    const [kind, id] = [readableText(ref.kind), readableText(ref.id)]
    const known = this.database.get<{ n: number }>('SELECT n FROM node WHERE kind = ? AND id = ?', kind, id)
    if (known) return known.n
    const n = this.#next('node', 'n', kind)
    this.database.run('INSERT INTO node VALUES (?, ?, ?)', n, kind, id)
    return n
  }

  /**
   * Replaces the versions of an entity that were not over before a moment.
   * @param versions those that are to be there instead, in order; one that began before the moment is the one that was there then
   */
  replace(n: number, since: Instant, versions: readonly ShownVersion[]): void {
    const { database } = this
    const now = database.get<NowRow>('SELECT since, data FROM now_version WHERE n = ?', n)
    const then = database.all<ThenRow>(
      'SELECT v, since, until, data FROM then_version WHERE n = ? AND until >= ?',
      n,
      since,
    )
    const began = [...then, ...(now ? [now] : [])].find((one) => one.since < since)?.since
    const wanted = versions.map((one) => (one.since < since && began !== undefined ? beginning(one, began) : one))
    const last = wanted.at(-1)
    const holds = last?.until === open ? last : undefined
    for (const row of then) if (!wanted.some((one) => isSame(one, row))) this.#remove('then', row.v)
    for (const one of wanted) {
      if (one === holds) continue
      const same = then.find((row) => isSame(one, row))
      if (same) this.#updateEdges('then', same.v, one)
      else this.#insert('then', this.#versionNumber(n, one), one)
    }
    if (!holds) return now ? this.#remove('now', n) : undefined
    if (!now) {
      database.run('INSERT INTO now_version VALUES (?, ?, ?, ?, ?)', n, holds.kind, holds.sort, holds.since, holds.data)
      this.#insert('now', n, holds)
    } else if (now.data !== holds.data || now.since !== holds.since) this.#update(n, now, holds)
    else this.#updateEdges('now', n, holds)
  }

  /** What holds is another now: only rows that differ are written. */
  #update(n: number, before: NowRow, after: ShownVersion): void {
    const { database } = this
    const entity = JSON.parse(before.data) as Parameters<typeof factsOf>[0]
    database.run(
      'UPDATE now_version SET sort = ?, since = ?, data = ? WHERE n = ?',
      after.sort,
      after.since,
      after.data,
      n,
    )
    const old = new Map(factsOf(entity).map((fact) => [factKey(fact), fact]))
    const added = after.facts.filter((fact) => !old.delete(factKey(fact)))
    for (const [property, value] of old.values())
      database.run('DELETE FROM now_fact WHERE property = ? AND value = ? AND n = ?', property, value, n)
    this.#insertFacts('now', n, added)
    this.#updateEdges('now', n, after)
    const words = wordsOf(entity)
    if (words.every((text, place) => text === after.words[place])) return
    database.run('DELETE FROM now_words WHERE rowid = ?', n)
    this.#insertWords('now', n, after.words)
  }

  #updateEdges(age: Age, number: number, { edges }: ShownVersion): void {
    const { database } = this
    const own = age === 'now' ? 'n' : 'v'
    const rows = database.all<{ type: string; m: number; data: string }>(
      `SELECT type, m, data FROM ${age}_edge WHERE ${own} = ?`,
      number,
    )
    const before = new Map(rows.map((row) => [`${row.type}/${row.m}`, row]))
    for (const { type, to, said } of edges) {
      const m = this.numberOf(to)
      const known = before.get(`${type}/${m}`)
      before.delete(`${type}/${m}`)
      if (known?.data !== said)
        database.run(`INSERT OR REPLACE INTO ${age}_edge VALUES (?, ?, ?, ?)`, number, type, m, said)
    }
    for (const { type, m } of before.values())
      database.run(`DELETE FROM ${age}_edge WHERE ${own} = ? AND type = ? AND m = ?`, number, type, m)
  }

  #versionNumber(n: number, { kind, sort, since, until, data }: ShownVersion): number {
    const v = this.#next('then_version', 'v', kind)
    this.database.run(
      'INSERT INTO then_version (v, n, until, kind, sort, since, data) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...[v, n, until, kind, sort, since, data],
    )
    return v
  }

  /** Facts, edges and words of a version that is new in its table. */
  #insert(age: Age, number: number, { facts, edges, words }: ShownVersion): void {
    this.#insertFacts(age, number, facts)
    const rows = edges.map(({ type, to, said }) => [number, type, this.numberOf(to), said])
    this.#insertRows(`${age}_edge`, 4, rows)
    this.#insertWords(age, number, words)
  }

  #insertFacts(age: Age, number: number, facts: readonly FactRow[]): void {
    this.#insertRows(
      `${age}_fact`,
      3,
      facts.map(([property, value]) => [property, value, number]),
    )
  }

  #insertWords(age: Age, number: number, words: Words): void {
    this.database.run(
      `INSERT INTO ${age}_words (rowid, name, alias, text, whole) VALUES (?, ?, ?, ?, ?)`,
      number,
      ...words,
    )
    if (age === 'now') keepSpellings(this.database, words)
  }

  #insertRows(table: string, columns: number, rows: readonly (readonly ScratchValue[])[]): void {
    for (let from = 0; from < rows.length; from += most) {
      const some = rows.slice(from, from + most)
      const one = `(${places(columns)})`
      this.database.run(`INSERT INTO ${table} VALUES ${some.map(() => one).join(', ')}`, ...some.flat())
    }
  }

  #remove(age: Age, number: number): void {
    const own = age === 'now' ? 'n' : 'v'
    for (const table of ['version', 'fact', 'edge'])
      this.database.run(`DELETE FROM ${age}_${table} WHERE ${own} = ?`, number)
    this.database.run(`DELETE FROM ${age}_words WHERE rowid = ?`, number)
  }

  /** The next number of a table's rows of one kind. */
  #next(table: 'node' | 'then_version', column: 'n' | 'v', kind: string): number {
    const key = `${table} ${kind}`
    const last = this.#last.get(key) ?? this.#lastOf(table, column, kind)
    this.#last.set(key, last + 1)
    return last + 1
  }

  #lastOf(table: string, column: string, kind: string): number {
    const k =
      this.database.get<{ k: number }>('SELECT k FROM kind WHERE kind = ?', kind)?.k ??
      this.database.run('INSERT INTO kind (kind) VALUES (?)', kind)
    const [first, beyond] = [k * 2 ** kindShift, (k + 1) * 2 ** kindShift]
    const sql = `SELECT max(${column}) AS last FROM ${table} WHERE ${column} >= ? AND ${column} < ?`
    return this.database.get<{ last: number | null }>(sql, first, beyond)?.last ?? first
  }
}

const factKey = ([property, value]: FactRow): string => `${property}\0${typeof value}\0${value.toString()}`

const isSame = (one: ShownVersion, row: ThenRow): boolean =>
  one.since === row.since && one.until === row.until && one.data === row.data

/** A version from another moment on. */
function beginning(version: ShownVersion, since: Instant): ShownVersion {
  return { ...version, since, data: JSON.stringify({ ...(JSON.parse(version.data) as object), from: since }) }
}
