import type { Entity, Instant, Ref, Relation } from '../../../../skills/kit/model.js'
import type { ScratchDatabase } from '../../sqlite/scratch-database.js'
import { entityOf, keyOf, relationsOf, type CatalogRecord } from '../catalog-record.js'
import { factsOf, wordsOf } from './facts-of.js'
import { mergeLayers, type LayerVersion, type MergedVersion } from './merge-layers.js'
import { open, schema, schemaVersion } from './schema.js'

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

/** Where the tables of a version are, and its number. */
type Target = { age: 'now'; own: 'n'; number: number } | { age: 'then'; own: 'v'; number: number }

/**
 * One tenant's catalog as a replica keeps it: layers as they come from the store's change feed, and what follows from them, entities with
 * their facts, edges and words, now and over the time that is kept. Everything in it can be read again from the record.
 */
export class Replica {
  readonly #touched = new Set<number>()
  #applying = false

  /** Takes a database as it was left, or makes its tables; one of another schema or tenant is emptied. */
  constructor(
    readonly tenant: string,
    readonly database: ScratchDatabase,
  ) {
    const made = database.get<{ user_version: number }>('PRAGMA user_version')?.user_version
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
   */
  putNamed(name: string, now: LayerRecord | undefined): void {
    interface Named extends Ref {
      layer: string
      since: string
    }
    const before = this.database.get<Named>(
      'SELECT node.kind, node.id, h.layer, h.since FROM held_by h JOIN node USING (n) WHERE h.name = ?',
      name,
    )
    const moved = before && (!now || before.kind !== now.ref.kind || before.id !== now.ref.id)
    if (before && moved) this.#takeBack(before, before)
    if (moved) this.database.run('DELETE FROM held_by WHERE name = ?', name)
    if (!now) return
    this.putLayer(now)
    this.database.run(
      'INSERT INTO held_by VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET since = excluded.since',
      ...[name, this.numberOf(now.ref), now.layer, now.since],
    )
  }

  /** Forgets one version of a layer, whether it holds or not. */
  #takeBack(ref: Ref, { layer, since }: { layer: string; since: string }): void {
    const n = this.numberOf(ref)
    this.database.run('DELETE FROM layer WHERE n = ? AND layer = ? AND since = ?', n, layer, since)
    this.#touched.add(n)
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
  }

  /** Takes changes in as one; what follows from them is there when it returns. */
  apply(change: () => void): void {
    if (this.#applying) return change()
    this.#applying = true
    try {
      this.database.transact(() => {
        change()
        for (const n of this.#touched) this.#refresh(n)
      })
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
    this.#touched.add(n)
  }

  /** The records of a layer that hold and are the store's own, by `keyOf`; without refs all of them. */
  held(layer: string, refs?: readonly Ref[]): Map<string, { record: CatalogRecord; etag: string }> {
    const sql = `SELECT record, etag FROM layer WHERE layer = ? AND until = ? AND etag NOT NULL`
    const rows: Pick<LayerRow, 'record' | 'etag'>[] = refs
      ? refs.flatMap(({ kind, id }) =>
          this.database.all<LayerRow>(
            `${sql} AND n = (SELECT n FROM node WHERE kind = ? AND id = ?)`,
            ...[layer, open, kind, id],
          ),
        )
      : this.database.all<LayerRow>(sql, layer, open)
    return new Map(
      rows.map(({ record, etag }) => {
        const held = JSON.parse(record) as CatalogRecord
        return [keyOf(held), { record: held, etag: etag ?? '' }]
      }),
    )
  }

  /** Within `apply`: what holds of a layer ends. */
  endLayer(ref: Ref, layer: string, until: Instant): void {
    const n = this.numberOf(ref)
    this.database.run('DELETE FROM layer WHERE n = ? AND layer = ? AND until = ? AND since >= ?', n, layer, open, until)
    this.database.run('UPDATE layer SET until = ? WHERE n = ? AND layer = ? AND until = ?', until, n, layer, open)
    this.#touched.add(n)
  }

  /** The number of an entity, given to it where it has none yet. */
  numberOf({ kind, id }: Ref): number {
    return (
      this.database.get<{ n: number }>('SELECT n FROM node WHERE kind = ? AND id = ?', kind, id)?.n ??
      this.database.run('INSERT INTO node (kind, id) VALUES (?, ?)', kind, id)
    )
  }

  /** Works out what follows from an entity's layers. */
  #refresh(n: number): void {
    const layers = this.database
      .all<LayerRow>('SELECT layer, since, until, record FROM layer WHERE n = ?', n)
      .map((row): LayerVersion => ({ ...row, record: JSON.parse(row.record) as CatalogRecord }))
    this.#forget({ age: 'now', own: 'n', number: n })
    for (const { v } of this.database.all<{ v: number }>('SELECT v FROM then_version WHERE n = ?', n))
      this.#forget({ age: 'then', own: 'v', number: v })
    for (const version of mergeLayers(layers)) this.#write(n, version)
  }

  #write(n: number, { since, until, record }: MergedVersion): void {
    const entity: Entity = { ...entityOf(this.tenant, record), from: since, ...(until !== open && { to: until }) }
    const { database } = this
    const shown = [entity.kind, sortKey(entity.name), since, JSON.stringify(entity)] as const
    const target: Target =
      until === open
        ? { age: 'now', own: 'n', number: n }
        : {
            age: 'then',
            own: 'v',
            number: database.run(
              'INSERT INTO then_version (n, until, kind, sort, since, data) VALUES (?, ?, ?, ?, ?, ?)',
              ...[n, until, ...shown],
            ),
          }
    const { age, number } = target
    if (age === 'now') database.run('INSERT INTO now_version VALUES (?, ?, ?, ?, ?)', n, ...shown)
    for (const [property, value] of factsOf(entity))
      database.run(`INSERT INTO ${age}_fact VALUES (?, ?, ?)`, property, value, number)
    for (const relations of edgesOf(relationsOf(record)).values()) {
      const { type, to } = relations[0]!
      const said = relations.map(({ source, why }) => ({ source, ...(why && { why }) }))
      database.run(`INSERT INTO ${age}_edge VALUES (?, ?, ?, ?)`, number, type, this.numberOf(to), JSON.stringify(said))
    }
    database.run(`INSERT INTO ${age}_words (rowid, text) VALUES (?, ?)`, number, wordsOf(entity))
  }

  #forget({ age, own, number }: Target): void {
    for (const table of ['version', 'fact', 'edge'])
      this.database.run(`DELETE FROM ${age}_${table} WHERE ${own} = ?`, number)
    this.database.run(`DELETE FROM ${age}_words WHERE rowid = ?`, number)
  }
}

/** Names in the order people look for them: without case, then by code point. */
export const sortKey = (name: string): string => `${name.normalize('NFC').toLowerCase()}\u0001${name}`

/** Relations of the same type to the same entity, which several sources may claim. */
function edgesOf(relations: readonly Relation[]): Map<string, Relation[]> {
  const edges = new Map<string, Relation[]>()
  for (const relation of relations) {
    const key = `${relation.type}/${relation.to.kind}/${relation.to.id}`
    edges.set(key, [...(edges.get(key) ?? []), relation])
  }
  return edges
}
