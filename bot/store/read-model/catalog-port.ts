import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { meetsFilter, searchWords, valuesOf } from '../../../skills/kit/catalog/meets-filter.js'
import { printFilter } from '../../../skills/kit/catalog/print-filter.js'
import type { FilterValue } from '../../../skills/kit/catalog/filter.js'
import { unavailable } from '../../../skills/kit/errors.js'
import type { Entity, Instant } from '../../../skills/kit/model.js'
import type { Catalog, FindQuestion, SourceState } from '../../../skills/kit/catalog/catalog.js'
import type { CatalogIndex } from './catalog-index.js'
import { keyOf } from './catalog-record.js'
import { filterWorld } from './filter-world.js'

/**
 * The catalog as skills ask it, over one tenant's index.
 * @param kinds what there is now, an organisation's own among them
 */
export function catalogPort(
  index: CatalogIndex,
  sources: () => SourceState[],
  clock: { now(): Instant },
  kinds: () => readonly KindDeclaration[] = () => builtInKinds,
): Catalog {
  const meeting = (filter: FindQuestion['filter']): Entity[] => {
    const now = filterWorld(index, clock.now(), kinds())
    return [...index.everything()].filter((entity) => meetsFilter(entity, filter, now))
  }
  const nowOnly = (at: Instant | undefined): void => {
    if (at) throw unavailable('What was before is not kept yet.')
  }
  return {
    async get(ref, at) {
      nowOnly(at)
      return index.get(ref)
    },
    all: async (kind) => index.all(kind),
    async find({ filter, at, order, limit = 50, after = '0' }) {
      nowOnly(at)
      const by = order?.by ?? 'name'
      const found = meeting(filter).sort((a, b) => byValue(a, b, by) * (order?.descending ? -1 : 1))
      const from = Number(after)
      const next = from + limit < found.length ? { next: String(from + limit) } : {}
      return { entities: found.slice(from, from + limit), total: found.length, query: printFilter(filter), ...next }
    },
    async tally({ filter, at }, by) {
      nowOnly(at)
      const counts = new Map<FilterValue | undefined, number>()
      for (const entity of meeting(filter)) {
        const values = valuesOf(entity, by)
        for (const value of values.length ? values : [undefined]) counts.set(value, (counts.get(value) ?? 0) + 1)
      }
      return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count)
    },
    async search(text, { kinds, limit = 20 } = {}) {
      const words = searchWords(text).join(' ')
      if (!words) return []
      const found = meeting({ all: [{ words }, ...(kinds ? [{ kinds }] : [])] })
      return found.slice(0, limit).map((entity) => ({ entity, score: 1 }))
    },
    async related(ref, { at, ...step }) {
      nowOnly(at)
      return index.related(ref, step)
    },
    async reach(ref, { at, ...way }) {
      nowOnly(at)
      return index.reach(ref, way)
    },
    async path(from, to, at) {
      nowOnly(at)
      const reached = new Map(index.reach(from, { direction: 'down' }).map((one) => [keyOf(one.entity), one]))
      const way: Entity[] = []
      for (let step = reached.get(keyOf(to)); step; step = reached.get(keyOf(step.through))) way.unshift(step.entity)
      const start = index.get(from)
      return way.length && start ? [start, ...way] : undefined
    },
    changed: () => Promise.reject(unavailable('What was before is not kept yet.')),
    kinds: async () => kinds(),
    sources: async () => sources(),
  }
}

function byValue(a: Entity, b: Entity, property: string): number {
  const [x, y] = [valuesOf(a, property)[0], valuesOf(b, property)[0]]
  if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined)
  return x < y ? -1 : x > y ? 1 : 0
}
