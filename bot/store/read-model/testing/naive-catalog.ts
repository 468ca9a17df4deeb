import type { Filter } from '../../../../skills/kit/catalog/filter.js'
import { meetsFilter, type FilterWorld } from '../../../../skills/kit/catalog/meets-filter.js'
import type { Step } from '../../../../skills/kit/catalog/relation-types.js'
import type { Entity, Ref } from '../../../../skills/kit/model.js'
import { entityOf, relationsOf, type CatalogRecord } from '../catalog-record.js'
import { testKinds } from './arbitrary-catalog.js'
import { refKey } from '../../../../skills/kit/ref-key.js'

/** A catalog as plainly as it can be: entities in a map, edges in a list. What the read model answers is held against it. */
export class NaiveCatalog {
  readonly entities: Map<string, Entity>
  readonly edges: { type: string; from: string; to: string }[]

  constructor(records: readonly CatalogRecord[]) {
    this.entities = new Map(records.map((record) => [refKey(record), entityOf('contoso', record)]))
    this.edges = records
      .flatMap(relationsOf)
      .map(({ from, type, to }) => ({ type, from: refKey(from), to: refKey(to) }))
  }

  /** What meets a filter at a moment, of what may be seen. */
  find(filter: Filter, now: string, visible?: Filter): Entity[] {
    const whole = this.#world(now, () => true)
    const sees = (entity: Entity): boolean => !visible || meetsFilter(entity, visible, whole)
    const world = this.#world(now, sees)
    return [...this.entities.values()].filter((entity) => sees(entity) && meetsFilter(entity, filter, world))
  }

  /** Keys of what is one step away. */
  neighbours(of: Ref, { type, direction }: Step): string[] {
    const [here, there] = direction === 'out' ? (['from', 'to'] as const) : (['to', 'from'] as const)
    const found = this.edges.filter((edge) => edge.type === type && edge[here] === refKey(of))
    return found.map((edge) => edge[there]).filter((key) => this.entities.has(key))
  }

  /** Keys of what is reached over `dependsOn`, each with the least number of steps; the start is among them. */
  reach(from: Ref): Map<string, number> {
    const depth = new Map([[refKey(from), 0]])
    for (const [key, steps] of depth)
      for (const next of this.neighbours(this.entities.get(key)!, { type: 'dependsOn', direction: 'out' }))
        if (!depth.has(next)) depth.set(next, steps + 1)
    return depth
  }

  #world(now: string, sees: (entity: Entity) => boolean): FilterWorld {
    return {
      now,
      neighbours: (of, step) =>
        this.neighbours(of, step)
          .map((key) => this.entities.get(key)!)
          .filter(sees),
      kindOf: (kind) => testKinds.find((one) => one.kind === kind),
    }
  }
}
