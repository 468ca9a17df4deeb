import type { Entity, Kind, Ref, Relation, RelationType } from '../../../skills/kit/model.js'
import type { Neighbour, Reached } from '../../../skills/kit/ports.js'
import { entityOf, keyOf, relationsOf, type CatalogRecord } from './catalog-record.js'

/** The catalog of one tenant in memory: entities by kind and relations both ways, changed record by record. */
export class CatalogIndex {
  readonly #tenant: string
  readonly #entities = new Map<string, Entity>()
  readonly #kinds = new Map<Kind, Set<string>>()
  readonly #out = new Map<string, Relation[]>()
  readonly #in = new Map<string, Map<string, Relation[]>>()
  #version = 0

  constructor(tenant: string) {
    this.#tenant = tenant
  }

  /** Grows with every change; what is derived from the index is out of date when it moved. */
  get version(): number {
    return this.#version
  }

  /** Takes the newest version of a record. */
  put(record: CatalogRecord): void {
    const key = keyOf(record)
    this.#unlink(key)
    this.#entities.set(key, entityOf(this.#tenant, record))
    const keys = this.#kinds.get(record.kind) ?? new Set()
    this.#kinds.set(record.kind, keys.add(key))
    const relations = relationsOf(record)
    this.#out.set(key, relations)
    for (const relation of relations) this.#incoming(keyOf(relation.to), key).push(relation)
    this.#version++
  }

  /** Forgets a record. */
  delete(ref: Ref): void {
    const key = keyOf(ref)
    this.#unlink(key)
    this.#entities.delete(key)
    this.#kinds.get(ref.kind)?.delete(key)
    this.#version++
  }

  get(ref: Ref): Entity | undefined {
    return this.#entities.get(keyOf(ref))
  }

  all(kind: Kind): Entity[] {
    const found = [...(this.#kinds.get(kind) ?? [])].map((key) => this.#entities.get(key)!)
    return found.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  }

  /** Every entity; used to learn their names. */
  everything(): Iterable<Entity> {
    return this.#entities.values()
  }

  related(ref: Ref, { type, direction }: { type?: RelationType; direction: 'out' | 'in' }): Neighbour[] {
    const key = keyOf(ref)
    const edges = direction === 'out' ? (this.#out.get(key) ?? []) : [...(this.#in.get(key)?.values() ?? [])].flat()
    return edges.flatMap((relation) => {
      if (type && relation.type !== type) return []
      const entity = this.get(direction === 'out' ? relation.to : relation.from)
      return entity ? [{ entity, relation }] : []
    })
  }

  /** Breadth first over `dependsOn`: each entity once, at its least depth; cycles end where they began. */
  reach(start: Ref, { direction, depth = Infinity }: { direction: 'up' | 'down'; depth?: number }): Reached[] {
    const seen = new Set([keyOf(start)])
    const found: Reached[] = []
    let ring: Ref[] = [start]
    for (let level = 1; ring.length && level <= depth; level++) {
      const next: Ref[] = []
      for (const through of ring)
        for (const { entity } of this.related(through, {
          type: 'dependsOn',
          direction: direction === 'down' ? 'out' : 'in',
        })) {
          if (seen.has(keyOf(entity))) continue
          seen.add(keyOf(entity))
          next.push(entity)
          found.push({ entity, depth: level, through: { kind: through.kind, id: through.id } })
        }
      ring = next
    }
    return found
  }

  #incoming(to: string, from: string): Relation[] {
    const sources = this.#in.get(to) ?? new Map<string, Relation[]>()
    this.#in.set(to, sources)
    const relations = sources.get(from) ?? []
    sources.set(from, relations)
    return relations
  }

  #unlink(key: string): void {
    for (const { to } of this.#out.get(key) ?? []) this.#in.get(keyOf(to))?.delete(key)
    this.#out.delete(key)
  }
}
