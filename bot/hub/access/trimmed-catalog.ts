import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { meetsFilter, type FilterWorld } from '../../../skills/kit/catalog/meets-filter.js'
import { printFilter } from '../../../skills/kit/catalog/print-filter.js'
import type { Catalog, ChangedQuestion, FindQuestion } from '../../../skills/kit/catalog/catalog.js'
import type { Entity, Instant, Ref } from '../../../skills/kit/model.js'

/** What trimming a catalog needs beside the catalog. */
export interface TrimmedBy {
  /** What the reader may see. */
  visible: Filter
  /** The whole catalog as it was at a moment, in memory, which the filter is held against. */
  world(at?: Instant): FilterWorld
}

/**
 * The catalog as if what its reader may not see were not there: it is not found, not counted, not a neighbour, no step on a way, and
 * nothing can be asked by what it says. So what depends on a thing ends at what is hidden: whoever must know all of it may see it.
 */
export function trimmedCatalog(whole: Catalog, { visible, world }: TrimmedBy): Catalog {
  const sees = (at?: Instant) => {
    const then = world(at)
    return (entity: Entity): boolean => meetsFilter(entity, visible, then)
  }
  const asked = <Q extends { filter: Filter }>(question: Q): Q => ({
    ...question,
    filter: { all: [throughVisible(question.filter, visible), visible] },
  })
  const get: Catalog['get'] = async (ref, at) => {
    const found = await whole.get(ref, at)
    return found && sees(at)(found) ? found : undefined
  }
  return {
    get,
    all: async (kind) => (await whole.all(kind)).filter(sees()),
    async find(question: FindQuestion) {
      return { ...(await whole.find(asked(question))), query: printFilter(question.filter) }
    },
    tally: (question, by) => whole.tally(asked(question), by),
    async search(text, { limit = 20, ...way } = {}) {
      // What is hidden must not take the place of what is not.
      for (let wide = limit; ; wide *= 4) {
        const hits = await whole.search(text, { ...way, limit: wide })
        const shown = hits.filter(({ entity }) => sees()(entity))
        if (shown.length >= limit || hits.length < wide) return shown.slice(0, limit)
      }
    },
    async related(ref, step) {
      if (!(await get(ref, step.at))) return []
      return (await whole.related(ref, step)).filter(({ entity }) => sees(step.at)(entity))
    },
    async reach(ref, way) {
      if (!(await get(ref, way.at))) return []
      return (await visibleRings(whole, ref, way, sees(way.at))).reached
    },
    async path(from, to, at) {
      const start = await get(from, at)
      if (!start || !(await get(to, at))) return undefined
      const { reached } = await visibleRings(whole, from, { direction: 'down', ...(at && { at }) }, sees(at))
      const steps = new Map(reached.map((one) => [keyOf(one.entity), one]))
      const way: Entity[] = []
      for (let step = steps.get(keyOf(to)); step; step = steps.get(keyOf(step.through))) way.unshift(step.entity)
      return way.length ? [start, ...way] : undefined
    },
    changed: (question) => visibleChanges(whole, { ...question, ...asked(question) }, sees),
    kinds: () => whole.kinds(),
    sources: () => whole.sources(),
  }
}

/** A filter that steps on what is visible only, so that it tells nothing of what is hidden by what lies next to it. */
function throughVisible(filter: Filter, visible: Filter): Filter {
  if ('all' in filter) return { all: filter.all.map((one) => throughVisible(one, visible)) }
  if ('any' in filter) return { any: filter.any.map((one) => throughVisible(one, visible)) }
  if ('not' in filter) return { not: throughVisible(filter.not, visible) }
  if ('step' in filter) return { ...filter, of: { all: [throughVisible(filter.of, visible), visible] } }
  return filter
}

/** What is reached over visible things only. Where everything on the way is visible, one question answers it. */
async function visibleRings(
  whole: Catalog,
  start: Ref,
  { direction, depth = Infinity, at }: Parameters<Catalog['reach']>[1],
  sees: (entity: Entity) => boolean,
): Promise<{ reached: Awaited<ReturnType<Catalog['reach']>> }> {
  const all = await whole.reach(start, { direction, ...(depth < Infinity && { depth }), ...(at && { at }) })
  if (all.every(({ entity }) => sees(entity))) return { reached: all }
  const seen = new Set([keyOf(start)])
  const reached: typeof all = []
  const step = { type: 'dependsOn', direction: direction === 'down' ? 'out' : 'in', ...(at && { at }) } as const
  let ring: Ref[] = [start]
  for (let level = 1; ring.length && level <= depth; level++) {
    const neighbours = await Promise.all(ring.map((through) => whole.related(through, step)))
    const next: Entity[] = []
    neighbours.forEach((found, index) => {
      const { kind, id } = ring[index]!
      for (const { entity } of found) {
        if (seen.has(keyOf(entity)) || !sees(entity)) continue
        seen.add(keyOf(entity))
        next.push(entity)
        reached.push({ entity, depth: level, through: { kind, id } })
      }
    })
    ring = next
  }
  return { reached }
}

async function visibleChanges(
  whole: Catalog,
  question: ChangedQuestion,
  sees: (at: Instant) => (entity: Entity) => boolean,
): ReturnType<Catalog['changed']> {
  const [before, after] = [sees(question.from), sees(question.to)]
  const shown = async (ref: Ref) => {
    const found = await Promise.all([whole.get(ref, question.from), whole.get(ref, question.to)])
    return found.every((entity, index) => !entity || [before, after][index]!(entity))
  }
  const changes = await whole.changed(question)
  const verdicts = await Promise.all(
    changes.map(async ({ ref, what }) => (await shown(ref)) && (!('relation' in what) || (await shown(what.to)))),
  )
  return changes.filter((_change, index) => verdicts[index])
}

const keyOf = ({ kind, id }: Ref): string => `${kind}/${id}`
