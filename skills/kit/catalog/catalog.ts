import type { Belongings } from '../belongings.js'
import type { Quota } from '../catalog-source.js'
import type { Entity, Instant, Json, Kind, Ref, Relation } from '../model.js'
import type { Filter, FilterValue } from './filter.js'
import type { KindDeclaration } from './kind-declaration.js'
import type { RelationType } from './relation-types.js'

/** How a source of the catalog stands. */
export interface SourceState {
  /** `pagerduty`, `github` … */
  source: string
  /** As people call it. */
  title: string
  /** When it last said what is so by now, by a reading to its end or by what is new since; absent before the first reading's end. */
  asOf?: Instant
  /** Set while it does not answer: since when, a plain reason, and when it is asked again. */
  down?: { since: Instant; reason: string; retryAt?: Instant }
  /** The reading of everything that is under way, and how far it is. */
  reading?: { since: Instant; read: number; progress?: { done: number; of?: number; what: string } }
  /** When everything was last read, and how much that was. */
  swept?: { at: Instant; read: number }
  /** What could not be read, a sentence each that says what to do about it. */
  gaps?: string[]
  /** What was read and not taken in, the most frequent first. */
  skipped?: Skipped[]
  /** What the vendor still lets Nexus ask. */
  quota?: Quota
}

/** Claims, or parts of claims, that were not taken in for one reason. */
export interface Skipped {
  /** A sentence: `Resource: tags is "x", not texts by name`. */
  reason: string
  count: number
  /** Id of one of the entities. */
  example: string
}

/**
 * The organisation's software as Nexus knows it, answered from the replica's read model and cut to what the person of the turn may see.
 * Each question may be asked as of a moment of the last 30 days (`at`); one outside is refused with Fault BadInput.
 */
export interface Catalog {
  get(ref: Ref, at?: Instant): Promise<Entity | undefined>
  /** All entities of a kind, by name. */
  all(kind: Kind): Promise<Entity[]>
  /** What meets a filter, by page. @throws Fault BadInput naming the word of the filter that is no property of the kinds it is asked of */
  find(question: FindQuestion): Promise<Found>
  /** How many meet a filter, by the values of a property, the most frequent first; `undefined` is without. */
  tally(
    question: Pick<FindQuestion, 'filter' | 'at'>,
    by: string,
  ): Promise<{ value: FilterValue | undefined; count: number }[]>
  /** Full text and names with typos, the best first. */
  search(text: string, way?: { kinds?: readonly Kind[]; limit?: number }): Promise<Hit[]>
  /** Entities one step away; `out` follows "from … to", `in` goes against it. */
  related(ref: Ref, step: { type?: RelationType; direction: 'out' | 'in'; at?: Instant }): Promise<Neighbour[]>
  /** Everything that depends on it (`up`) or that it depends on (`down`), nearest first, each once. */
  reach(ref: Ref, way: { direction: 'up' | 'down'; depth?: number; at?: Instant }): Promise<Reached[]>
  /** A shortest way along `dependsOn`, both ends included; undefined where there is none. */
  path(from: Ref, to: Ref, at?: Instant): Promise<Entity[] | undefined>
  /**
   * What belongs to a person. It is kept a record each from their first question on, and moves with the catalog, so it is answered at once.
   * @param anew works the record out from nothing
   */
  belongings(person: Ref, anew?: boolean): Promise<Belongings>
  /** What became different in a stretch of time, the newest first, at most `limit` (100 unless told). */
  changed(question: ChangedQuestion): Promise<EntityChange[]>
  /** The kinds there are, blueprints among them. */
  kinds(): Promise<readonly KindDeclaration[]>
  sources(): Promise<SourceState[]>
}

/** A question for entities by filter. */
export interface FindQuestion {
  filter: Filter
  at?: Instant
  /** By a property, `name` unless told; what has none comes last. */
  order?: { by: string; descending?: true }
  /** Most on the page, 1 to 1000, 50 unless told. */
  limit?: number
  /** The `next` of the page before, of the same question. */
  after?: string
}

/** A page of what meets a filter. */
export interface Found {
  entities: Entity[]
  /** How many meet it in all. */
  total: number
  next?: string
  /** The filter in its text form, for *Show query*. */
  query: string
}

/** One entity that a search found. */
export interface Hit {
  entity: Entity
  /** Greater is better; only to be compared within one answer. */
  score: number
  /** The words around what was found, where it is not the name. */
  excerpt?: string
  /** Set where it has only some of the words, because nothing has all of them. */
  partial?: boolean
}

/** Which changes are asked for. */
export interface ChangedQuestion {
  /** Of what met it at the beginning or the end. */
  filter: Filter
  from: Instant
  to: Instant
  limit?: number
}

/** One difference of one entity at one moment. */
export interface EntityChange {
  ref: Ref
  name: string
  at: Instant
  /** Whose claim moved it. */
  source: string
  what:
    | { created: true }
    | { deleted: true }
    | { property: string; before?: Json; after?: Json }
    | { relation: RelationType; to: Ref; now: 'added' | 'removed' }
}

export interface Neighbour {
  entity: Entity
  relation: Relation
}

export interface Reached {
  entity: Entity
  /** Steps from the start; 1 is direct. */
  depth: number
  /** The entity one step nearer to the start. */
  through: Ref
}
