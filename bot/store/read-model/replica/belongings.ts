import { createHash } from 'node:crypto'
import {
  belongingDays,
  belongingList,
  happenedAt,
  type Belonging,
  type BelongingName,
  type BelongingPart,
  type Belongings,
} from '../../../../skills/kit/belongings.js'
import { meetsFilter } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Entity, Instant, Ref } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import type { Sees } from './walk.js'
import { kindShift } from './schema.js'
import { BelongingWays, me } from './belonging-ways.js'
import { places, type Sql } from './sql.js'

/** By what the records were worked out; those of another declaration are of no use. */
const declared = createHash('sha256').update(JSON.stringify(belongingList)).digest('hex')

/** The parts that are told. */
const told = belongingList.filter(([, { inner }]) => !inner).map(([name]) => name)

interface Row {
  p: number
  at: string
  beside: number | null
}

/** One line of a person's record, with the thing it is about. */
interface Line {
  part: keyof Belongings
  /** When it happened; empty where nothing happens in its part. */
  at: Instant
  entity: Belonging
  /** Whether it is a group that owns something. */
  owns: boolean
}

/** Records that are kept read, so that who asks again waits for no row: some 200 KB each, the people who asked last. */
const mostRead = 64

/**
 * What belongs to the people who asked, kept a record each: a row for each thing and part, and the person as part `me`. Whatever moves is
 * settled anew, and only that, in the transaction that moves it; so a record is never behind the catalog, and neither a crash nor
 * another replica, which keeps its own, can come between the two.
 */
export class BelongingRecords {
  readonly #ways: BelongingWays
  /** Records as they were read, by person; each is dropped in the transaction that moves anything in it. */
  readonly #read = new Map<number, { since: Instant; lines: readonly Line[] }>()
  /** Whether anybody asked; undefined where that is to be looked up. */
  #kept: boolean | undefined

  constructor(readonly database: ScratchDatabase) {
    this.#ways = new BelongingWays(database)
  }

  /** Whether anything is kept, so that it has to be told what moves. */
  get keeps(): boolean {
    return (this.#kept ??=
      this.database.get<{ declared: string }>(`SELECT value AS declared FROM note WHERE name = 'belongings'`)
        ?.declared === declared && this.database.get('SELECT 1 FROM belonging LIMIT 1') !== undefined)
  }

  /** To be called when the tables were emptied. */
  forget(): void {
    this.#ways.forget()
    this.#read.clear()
    this.#kept = undefined
  }

  /** Does what may move an entity; answers what moved by it, where anything is kept: itself, and both ends of every edge that did. */
  movedBy(n: number, act: () => void): number[] {
    if (!this.keeps) {
      act()
      return []
    }
    const before = new Map(this.#edgesOf(n))
    act()
    const after = this.#edgesOf(n)
    const added = after.filter(([edge]) => !before.delete(edge)).map(([, m]) => m)
    return [n, ...before.values(), ...added]
  }

  #edgesOf(n: number): [edge: string, m: number][] {
    return this.database
      .all<{ type: string; m: number }>('SELECT type, m FROM now_edge WHERE n = ?', n)
      .map(({ type, m }) => [`${type} ${m}`, m])
  }

  /**
   * Settles what moved: entities that read differently, came or went, and both ends of every edge that did.
   * @param only a person whose record alone is worked out
   */
  fold(moved: Iterable<number>, only?: number): void {
    const waiting = new Map<string, Set<number>>(belongingList.map(([name]) => [name, new Set()]))
    for (const n of moved)
      for (const [name, { kind }] of belongingList)
        if (Math.floor(n / 2 ** kindShift) === this.#ways.kindNumber(kind)) waiting.get(name)!.add(n)
    for (const [name, part] of belongingList)
      for (const n of waiting.get(name)!)
        if (this.#settle(name, part, n, only))
          this.#ways.across(name, n, (other, next) => waiting.get(other)!.add(next))
  }

  /**
   * What belongs to a person, worked out where nobody asked before, or `anew`.
   * @param now what is more than `belongingDays` before it is left out
   */
  of(person: Ref, now: Instant, sees: Sees, anew: boolean): Belongings {
    const { database } = this
    const [kind, id] = [person.kind, person.id].map(readableText)
    const p = database.get<{ n: number }>('SELECT n FROM node WHERE kind = ? AND id = ?', kind!, id!)?.n
    const found = Object.fromEntries([...told, 'teams'].map((name) => [name, []])) as unknown as Belongings
    if (p === undefined) return found
    if (anew || !this.keeps || !database.get(`SELECT 1 FROM belonging WHERE p = ? AND part = '${me}'`, p))
      this.#begin(p)
    const since = new Date(Date.parse(now) - belongingDays * 86_400_000).toISOString()
    for (const { part, at, entity, owns } of this.#linesOf(p, since)) {
      if (at !== '' && (at <= since || at > now)) continue
      if (!sees(entity)) continue
      found[part].push(entity)
      if (owns) found.teams.push(entity)
    }
    return found
  }

  #linesOf(p: number, since: Instant): readonly Line[] {
    const known = this.#read.get(p)
    const read = known && known.since <= since ? known : { since, lines: this.#readLines(p, since) }
    // The one who asked last goes last.
    this.#read.delete(p)
    this.#read.set(p, read)
    if (this.#read.size > mostRead) this.#read.delete(this.#read.keys().next().value!)
    return read.lines
  }

  #readLines(p: number, since: Instant): Line[] {
    interface Found {
      part: keyof Belongings
      n: number
      at: Instant
      data: string
      owns: number
      kind: string | null
      id: string | null
    }
    const rows = this.database.all<Found>(
      `SELECT part, n, at, data, owns, kind, id FROM (
         SELECT b.part, b.n, b.at, o.kind, o.id, e.sort, coalesce(e.data,
             (SELECT t.data FROM then_version t WHERE t.n = b.n ORDER BY t.until DESC LIMIT 1)) AS data,
           b.part = 'groups' AND EXISTS (SELECT 1 FROM now_edge g WHERE g.m = b.n AND g.type = 'ownedBy') AS owns
         FROM belonging b LEFT JOIN now_version e ON e.n = b.n LEFT JOIN node o ON o.n = b.beside
         WHERE b.p = ? AND b.part IN (${places(told.length)}) AND (b.at = '' OR b.at > ?))
       WHERE data NOT NULL ORDER BY part, sort, n`,
      ...[p, ...told, since],
    )
    const entities = new Map<number, Entity>()
    return rows.map(({ part, n, at, data, owns, kind, id }) => {
      const entity = entities.get(n) ?? (JSON.parse(data) as Entity)
      entities.set(n, entity)
      return { part, at, entity: kind === null ? entity : { ...entity, beside: { kind, id: id! } }, owns: owns === 1 }
    })
  }

  /** Works out a person's record from nothing. */
  #begin(p: number): void {
    this.database.transact(() => {
      if (!this.keeps) {
        this.database.run('DELETE FROM belonging')
        this.database.run(`INSERT OR REPLACE INTO note VALUES ('belongings', ?)`, declared)
      }
      this.database.run('DELETE FROM belonging WHERE p = ?', p)
      this.database.run(`INSERT INTO belonging VALUES (?, '${me}', ?, '', NULL)`, p, p)
      const near: number[] = []
      this.#ways.across(me, p, (_part, n) => near.push(n))
      this.fold(near, p)
    })
    this.#read.delete(p)
    this.#kept = true
  }

  /** Decides whose a thing is in a part; answers whether that is somebody else's now. */
  #settle(name: BelongingName, part: BelongingPart, n: number, only: number | undefined): boolean {
    const { database } = this
    const of: Sql = only === undefined ? { sql: '1', values: [] } : { sql: 'p = ?', values: [only] }
    const had = database.all<Row>(
      `SELECT p, at, beside FROM belonging WHERE n = ? AND part = ? AND ${of.sql}`,
      ...[n, name, ...of.values],
    )
    const shown = this.#ways.shown(n, part)
    const at = shown && (part.at === undefined ? '' : happenedAt(part, shown.entity))
    const owners = shown && at !== undefined && meets(part, shown.entity) ? this.#ways.owners(part, n, shown, of) : []
    const beside = owners.length && part.beside ? this.#ways.beside(shown!, part.beside) : null
    const has = new Set(owners)
    for (const { p } of had) this.#read.delete(p)
    for (const p of has) this.#read.delete(p)
    for (const { p } of had)
      if (!has.has(p)) database.run('DELETE FROM belonging WHERE p = ? AND part = ? AND n = ?', p, name, n)
    const known = new Map(had.map((row) => [row.p, row]))
    for (const p of has) {
      const row = known.get(p)
      if (!row || row.at !== at || row.beside !== beside)
        database.run('INSERT OR REPLACE INTO belonging VALUES (?, ?, ?, ?, ?)', p, name, n, at!, beside)
    }
    return had.length !== has.size || had.some(({ p }) => !has.has(p))
  }
}

/** The conditions of parts are of a thing's own properties, so nothing else is asked for. */
const meets = ({ where }: BelongingPart, entity: Entity): boolean =>
  !where || meetsFilter(entity, where, { now: '', neighbours: () => [], kindOf: () => undefined })
