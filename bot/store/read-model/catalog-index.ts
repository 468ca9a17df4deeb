import type {
  ChangedQuestion,
  EntityChange,
  FindQuestion,
  Hit,
  Neighbour,
  Reached,
} from '../../../skills/kit/catalog/catalog.js'
import type { Belongings } from '../../../skills/kit/belongings.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import { everything, type Filter, type FilterValue } from '../../../skills/kit/catalog/filter.js'
import { meetsFilter } from '../../../skills/kit/catalog/meets-filter.js'
import type { Entity, Instant, Kind, Ref, RelationType } from '../../../skills/kit/model.js'
import { ScratchDatabase } from '../sqlite/scratch-database.js'
import { sinceOf, type CatalogRecord } from './catalog-record.js'
import type { HeldRecord, View } from './catalog-view.js'
import type { Layer } from './layers.js'
import { LastRead } from './last-read.js'
import { compileVisible } from './replica/compile-filter.js'
import { ask, rowsOf } from './replica/plan.js'
import { ofKinds } from './replica/row-conditions.js'
import { statementOf, versionRow } from './replica/statement.js'
import { stored } from './replica/fact-sets.js'
import { findEntities, type FoundPage } from './replica/find.js'
import { changedBetween } from './replica/changed.js'
import { Replica } from './replica/replica.js'
import { searchEntities } from './replica/search.js'
import { open } from './replica/schema.js'
import type { FilterScope } from './replica/statement.js'
import { tallyEntities } from './replica/tally.js'
import { entityAt, neighboursAt, pathAt, reachAt, type Sees } from './replica/walk.js'

/** One tenant's catalog as a replica answers it, changed record by record. */
export class CatalogIndex {
  readonly replica: Replica
  /** What was asked for lately of what is: the same few things are asked for in every turn, and reading a row costs more than all else. */
  readonly #recent = new LastRead<Entity | undefined>()
  readonly #around = new LastRead<Neighbour[]>()

  /** @param database where it is kept; in memory, for as long as the process lives, where it is absent */
  constructor(tenant: string, database = new ScratchDatabase(':memory:')) {
    this.replica = new Replica(tenant, database)
  }

  /** Grows with every change; what is derived from the index is out of date when it moved. */
  get version(): number {
    return this.replica.moves.version
  }

  /** Takes several changes in as one. */
  apply(change: () => void): void {
    this.replica.apply(change)
  }

  /** Takes the newest version of a record of the sources' claims. */
  put(record: CatalogRecord, etag?: string): void {
    const layer: Layer = 'sources'
    this.apply(() => this.replica.putLayer({ ...holding(record, layer), ...(etag && { etag }) }))
  }

  /** Forgets a record of the sources' claims that holds; what was before it stays. */
  delete(ref: Ref): void {
    const layer: Layer = 'sources'
    this.apply(() => this.replica.endLayer(ref, layer, ''))
  }

  /** Takes what a skill's record publishes; undefined where it publishes nothing any more. */
  publish(name: string, record: CatalogRecord | undefined): void {
    this.apply(() => this.replica.putNamed(name, record && holding(record, 'published'), true))
  }

  /** Takes a version that is over, or forgets it. */
  putVersion(
    name: string,
    version: { layer: Layer; record: CatalogRecord; since: Instant; until: Instant } | undefined,
  ): void {
    const over = version && { ...version, ref: { kind: version.record.kind, id: version.record.id } }
    this.apply(() => this.replica.putNamed(name, over, false))
  }

  /** The records of the sources' claims that hold, by `refKey`; without refs all of them. */
  held(refs?: readonly Ref[]): Map<string, HeldRecord> {
    return this.replica.held('sources' satisfies Layer, refs)
  }

  /**
   * The records that hold in which a source has a claim, batch by batch; what is written meanwhile may be there or not.
   * @param size records of a batch
   */
  claimedBy(source: string, size = 500): IterableIterator<HeldRecord[]> {
    return this.replica.claimedBy(source, 'sources' satisfies Layer, size)
  }

  clear(): void {
    this.replica.clear()
  }

  get(ref: Ref, view?: View): Entity | undefined {
    const look = () => entityAt(this.#database, ref, this.#scope(view))
    const entity = view?.at ? look() : this.#recent.of(this.version, `${ref.kind} ${ref.id}`, look)
    return entity && this.#sees(view)(entity) ? entity : undefined
  }

  /** Every entity of a kind, by name. */
  all(kind: Kind, view?: View): Entity[] {
    const statement = statementOf(ask(this.#database, this.#scope(view)))
    const visible = compileVisible(everything, versionRow('e', 'now'), statement, false)
    return rowsOf<{ data: string }>(statement, {
      sql: `SELECT e.data FROM now_version e WHERE e.kind = ? AND ${visible.sql} ORDER BY e.sort, e.n`,
      values: [kind, ...visible.values],
    }).map(({ data }) => JSON.parse(data) as Entity)
  }

  /** Entities of a kind by the value of a property, without case, at most so many. */
  having(kind: Kind, property: string, value: FilterValue, most = -1): Entity[] {
    const of = ofKinds('f.n', [kind])
    return this.#database
      .all<{ data: string }>(
        `SELECT e.data FROM now_fact f CROSS JOIN now_version e ON e.n = f.n WHERE f.property = ? AND f.value = ? AND ${of.sql} LIMIT ?`,
        ...[property, stored(value), ...of.values, most],
      )
      .map(({ data }) => JSON.parse(data) as Entity)
  }

  /** The entities that may have moved after a version, each as it is now or gone; undefined where that is not known any more. */
  movedSince(version: number): Iterable<{ ref: Ref; entity?: Entity }> | undefined {
    const moved = this.replica.moves.since(version)
    return moved && this.#asTheyAre(moved)
  }

  /** One after the other: they may be as many as a source has. */
  *#asTheyAre(numbers: Iterable<number>): Iterable<{ ref: Ref; entity?: Entity }> {
    const sql = 'SELECT node.kind, node.id, e.data FROM node LEFT JOIN now_version e USING (n) WHERE node.n = ?'
    for (const n of numbers) {
      const { kind, id, data } = this.#database.get<Ref & { data: string | null }>(sql, n)!
      yield { ref: { kind, id }, ...(data !== null && { entity: JSON.parse(data) as Entity }) }
    }
  }

  /** Every entity; used to learn their names. */
  *everything(): Iterable<Entity> {
    for (let last = 0; ;) {
      const rows = this.#database.all<{ n: number; data: string }>(
        'SELECT n, data FROM now_version WHERE n > ? ORDER BY n LIMIT 1000',
        last,
      )
      for (const { data } of rows) yield JSON.parse(data) as Entity
      if (rows.length < 1000) return
      last = rows.at(-1)!.n
    }
  }

  /** @throws Fault BadInput where the page is none of this index's */
  find(question: Omit<FindQuestion, 'at'>, view: View): FoundPage {
    return findEntities(this.#database, question, this.#scope(view))
  }

  tally(filter: Filter, by: string, view: View): { value: FilterValue | undefined; count: number }[] {
    return tallyEntities(this.#database, filter, by, this.#scope(view))
  }

  search(text: string, way: { kinds?: readonly Kind[]; limit?: number }, view: View): Hit[] {
    return searchEntities(this.#database, text, way, this.#scope(view))
  }

  changed(
    question: ChangedQuestion,
    { kinds = builtInKinds, visible }: Pick<View, 'kinds' | 'visible'> = {},
  ): EntityChange[] {
    if (!visible) return changedBetween(this.replica, question, { kinds })
    const seesAt = (at: Instant): Sees => this.#sees({ now: at, at, kinds, visible })
    return changedBetween(this.replica, question, { kinds, visible }, seesAt)
  }

  /** What belongs to a person, from the record that is kept for them; worked out from nothing where they never asked, or `anew`. */
  belongings(person: Ref, view: View, anew = false): Belongings {
    return this.replica.belongings.of(person, view.now, this.#sees(view), anew)
  }

  related(ref: Ref, step: { type?: RelationType; direction: 'out' | 'in' }, view?: View): Neighbour[] {
    const sees = this.#sees(view)
    return this.#neighbours(ref, step, view).filter(({ entity }) => sees(entity))
  }

  /** What is one step away, seen or not. */
  #neighbours(ref: Ref, step: { type?: RelationType; direction: 'out' | 'in' }, view?: View): Neighbour[] {
    const look = () => neighboursAt(this.#database, ref, step, this.#scope(view))
    if (view?.at) return look()
    return this.#around.of(this.version, `${step.direction} ${step.type ?? ''} ${ref.kind} ${ref.id}`, look)
  }

  /** Breadth first over `dependsOn`: each entity once, at its least depth; cycles end where they began. */
  reach(start: Ref, way: { direction: 'up' | 'down'; depth?: number }, view?: View): Reached[] {
    return reachAt(this.#database, start, way, this.#scope(view), this.#sees(view))
  }

  /** A shortest way over `dependsOn`, both ends included. */
  path(from: Ref, to: Ref, view?: View): Entity[] | undefined {
    return pathAt(this.#database, from, to, this.#scope(view), this.#sees(view))
  }

  /** Lets go of the database; nothing may be asked any more. */
  close(): void {
    this.#database.close()
  }

  get #database(): ScratchDatabase {
    return this.replica.database
  }

  #scope(view?: View): FilterScope {
    return { ...view, now: view?.at ?? view?.now ?? '', kinds: view?.kinds ?? builtInKinds }
  }

  #sees(view: View | undefined): Sees {
    const visible = view?.visible
    if (!visible) return () => true
    const scope = this.#scope(view)
    const world = {
      now: view.at ?? view.now,
      neighbours: (ref: Ref, step: { type: RelationType; direction: 'out' | 'in' }) =>
        this.#neighbours(ref, step, view).map(({ entity }) => entity),
      kindOf: (kind: string) => scope.kinds.find((one) => one.kind === kind),
    }
    return (entity) => meetsFilter(entity, visible, world)
  }
}

/** A record that holds, as a version of its layer. */
const holding = (record: CatalogRecord, layer: Layer) => ({
  ref: { kind: record.kind, id: record.id },
  layer,
  since: sinceOf(record),
  until: open,
  record,
})
