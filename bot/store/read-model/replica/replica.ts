import { folded } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Instant, Ref } from '../../../../skills/kit/model.js'
import { readableText } from '../../../../skills/kit/readable-text.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { type CatalogRecord } from '../catalog-record.js'
import { BelongingRecords } from './belongings.js'
import { mergeLayers, type LayerVersion } from './merge-layers.js'
import { Moves } from './moves.js'
import { open, schema, schemaVersion } from './schema.js'
import { shownVersion } from './shown-version.js'
import { VersionTables } from './version-tables.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** A record of one layer of an entity, over the time it held. */
export interface LayerRecord extends LayerVersion {
  ref: Ref
  /** Of the store's record, while it holds. */
  etag?: string
}

interface LayerRow {
  layer: string
  since: string
  until: string
  record: string
  etag: string | null
}

/**
 * One tenant's catalog as a replica keeps it: layers as they come from the store's change feed, and what follows from them, entities with
 * their facts, edges and words, now and over the time that is kept. Everything in it can be read again from the record.
 */
export class Replica {
  readonly moves = new Moves()
  /** Entities whose layers moved, and since when what follows from them may be another. */
  readonly #touched = new Map<number, Instant>()
  readonly #versions: VersionTables
  /** What belongs to people, moved with what it follows from. */
  readonly belongings: BelongingRecords
  #applying = false

  /** Takes a database as it was left, or makes its tables; one of another schema or tenant is emptied. */
  constructor(
    readonly tenant: string,
    readonly database: ScratchDatabase,
  ) {
    const made = database.get<{ user_version: number }>('PRAGMA user_version')?.user_version
    this.#versions = new VersionTables(database)
    this.belongings = new BelongingRecords(database)
    if (made === schemaVersion && this.note('tenant') === tenant) return
    this.clear()
  }

  /** What was noted under a name, such as how far the feed was read. */
  note(name: string): string | undefined {
    return this.database.get<{ value: string }>('SELECT value FROM note WHERE name = ?', name)?.value
  }

  setNote(name: string, value: string): void {
    this.database.run(
      'INSERT INTO note VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
      name,
      value,
    )
  }

  /** The notes whose names begin so. */
  notes(beginning: string): string[] {
    return this.database
      .all<{ value: string }>('SELECT value FROM note WHERE name >= ? AND name < ?', beginning, `${beginning}\uffff`)
      .map(({ value }) => value)
  }

  /**
   * Within `apply`: what a record of the store says, known by its name there, because a record that is deleted says nothing but that.
   * @param now what it says; undefined where it is deleted
   * @param holds whether the record says what holds, else what is over: where what it said has ended meanwhile, that stays
   */
  putNamed(name: string, now: LayerRecord | undefined, holds: boolean): void {
    interface Named extends Ref {
      layer: string
      since: string
    }
    const before = this.database.get<Named>(
      'SELECT node.kind, node.id, h.layer, h.since FROM held_by h JOIN node USING (n) WHERE h.name = ?',
      name,
    )
    const moved = before && (!now || before.kind !== now.ref.kind || before.id !== now.ref.id)
    if (before && moved) this.#takeBack(before, before, holds)
    if (moved) this.database.run('DELETE FROM held_by WHERE name = ?', name)
    if (!now) return
    this.putLayer(now)
    this.database.run(
      'INSERT INTO held_by VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET since = excluded.since',
      ...[name, this.numberOf(now.ref), now.layer, now.since],
    )
  }

  /** Forgets one version of a layer. */
  #takeBack(ref: Ref, { layer, since }: { layer: string; since: string }, holds: boolean): void {
    const n = this.numberOf(ref)
    const row = 'n = ? AND layer = ? AND since = ?'
    if (holds) this.database.run(`DELETE FROM layer WHERE ${row} AND until = ?`, n, layer, since, open)
    else this.database.run(`DELETE FROM layer WHERE ${row}`, n, layer, since)
    this.#touch(n, since)
  }

  /** Forgets everything. */
  clear(): void {
    const { database } = this
    const tables = database.all<{ name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT NULL AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_words_*'`,
    )
    database.transact(() => {
      for (const { name } of tables) database.exec(`DROP TABLE ${name}`)
      database.exec(schema)
      database.exec(`PRAGMA user_version = ${schemaVersion}`)
      this.setNote('tenant', this.tenant)
    })
    this.#touched.clear()
    this.#versions.forget()
    this.belongings.forget()
    this.moves.noteAll()
  }

  /** Takes changes in as one; what follows from them is there when it returns. */
  apply(change: () => void): void {
    if (this.#applying) return change()
    this.#applying = true
    try {
      this.database.transact(() => {
        change()
        const moved = [...this.#touched].flatMap(([n, since]) =>
          this.belongings.movedBy(n, () => this.#refresh(n, since)),
        )
        this.belongings.fold(new Set(moved))
      })
      this.moves.note(this.#touched.keys())
    } catch (error) {
      this.#versions.forget()
      this.belongings.forget()
      throw error
    } finally {
      this.#touched.clear()
      this.#applying = false
    }
  }

  /** Within `apply`: a record of a layer, over or not. One that still holds ends the one before it. */
  putLayer({ ref, layer, since, until, record, etag }: LayerRecord): void {
    const n = this.numberOf(ref)
    const text = JSON.stringify(record)
    const known = this.database.get<LayerRow>(
      'SELECT * FROM layer WHERE n = ? AND layer = ? AND since = ?',
      n,
      layer,
      since,
    )
    const kept = etag ?? null
    if (known?.until === until && known.record === text && known.etag === kept) return
    if (until === open)
      this.database.run('UPDATE layer SET until = ? WHERE n = ? AND layer = ? AND until = ?', since, n, layer, open)
    this.database.run(
      `INSERT INTO layer VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (n, layer, since)
       DO UPDATE SET until = excluded.until, record = excluded.record, etag = excluded.etag`,
      ...[n, layer, since, until, text, kept],
    )
    this.#touch(n, since)
  }

  /** The records of a layer that hold and are the store's own, by `refKey`; without refs all of them. */
  held(layer: string, refs?: readonly Ref[]): Map<string, { record: CatalogRecord; etag: string }> {
    const sql = `SELECT record, etag FROM layer WHERE layer = ? AND until = ? AND etag NOT NULL`
    const rows: Pick<LayerRow, 'record' | 'etag'>[] = refs
      ? refs.flatMap(({ kind, id }) =>
          this.database.all<LayerRow>(
            `${sql} AND n = (SELECT n FROM node WHERE kind = ? AND id = ?)`,
            ...[layer, open, ...[kind, id].map(readableText)],
          ),
        )
      : this.database.all<LayerRow>(sql, layer, open)
    return new Map(
      rows.map(({ record, etag }) => {
        const held = JSON.parse(record) as CatalogRecord
        return [refKey(held), { record: held, etag: etag ?? '' }]
      }),
    )
  }

  /** The records of a layer that hold and in which a source has a claim, batch by batch. */
  *claimedBy(source: string, layer: string, size: number): IterableIterator<{ record: CatalogRecord; etag: string }[]> {
    for (let last = 0; ;) {
      const rows = this.database.all<{ n: number; record: string; etag: string | null }>(
        `SELECT f.n, l.record, l.etag FROM now_fact f CROSS JOIN layer l ON l.n = f.n AND l.layer = ? AND l.until = ?
         WHERE f.property = 'source' AND f.value = ? AND f.n > ? ORDER BY f.n LIMIT ?`,
        ...[layer, open, folded(source), last, size],
      )
      const records = rows.map(({ record, etag }) => ({
        record: JSON.parse(record) as CatalogRecord,
        etag: etag ?? '',
      }))
      if (rows.length) yield records.filter(({ record }) => Object.hasOwn(record.claims, source))
      if (rows.length < size) return
      last = rows.at(-1)!.n
    }
  }

  /** Within `apply`: what holds of a layer ends, or, where it began no earlier than that, was never so. */
  endLayer(ref: Ref, layer: string, until: Instant): void {
    const n = this.numberOf(ref)
    const holding = this.database.get<{ since: Instant }>(
      'SELECT since FROM layer WHERE n = ? AND layer = ? AND until = ?',
      ...[n, layer, open],
    )
    if (!holding) return
    const place = [n, layer, holding.since]
    if (holding.since >= until) this.database.run('DELETE FROM layer WHERE n = ? AND layer = ? AND since = ?', ...place)
    else this.database.run('UPDATE layer SET until = ? WHERE n = ? AND layer = ? AND since = ?', until, ...place)
    this.#touch(n, holding.since)
  }

  /** The number of an entity, given to it where it has none yet. */
  numberOf(ref: Ref): number {
    return this.#versions.numberOf(ref)
  }

  #touch(n: number, since: Instant): void {
    const before = this.#touched.get(n)
    if (before === undefined || since < before) this.#touched.set(n, since)
  }

  /** Works out what follows from an entity's layers since a moment; what was over before that is as it was. */
  #refresh(n: number, since: Instant): void {
    const layers = this.database
      .all<LayerRow>('SELECT layer, since, until, record FROM layer WHERE n = ? AND until >= ?', n, since)
      .map((row): LayerVersion => ({ ...row, record: JSON.parse(row.record) as CatalogRecord }))
    const merged = mergeLayers(layers).filter(({ until }) => until >= since)
    this.#versions.replace(
      n,
      since,
      merged.map((version) => shownVersion(this.tenant, version)),
    )
  }
}
