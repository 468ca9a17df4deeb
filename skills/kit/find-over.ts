import type { Range } from './arguments.js'
import { belongingDays } from './belongings.js'
import type { Filter } from './catalog/filter.js'
import type { Entity, Instant } from './model.js'
import type { Catalog } from './ports.js'

/** The catalog can be asked how it was on each of the last days, and no further. */
const day = 86_400_000
/** Most that are read of one day. */
const mostRead = 500

/**
 * What met a filter at any time of a stretch, also what its source tells of no more: of deployments, vendors tell only the newest. It is asked
 * for by days; what came and went within one is not seen. Each thing as it was last.
 */
export async function findOver(
  filter: Filter,
  { from, to }: Range,
  { catalog, now }: { catalog: Pick<Catalog, 'find'>; now: Instant },
): Promise<Entity[]> {
  const last = Math.min(Date.parse(to), Date.parse(now))
  const first = Math.max(Date.parse(from), Date.parse(now) - (belongingDays - 1) * day)
  const days = Array.from({ length: Math.max(0, Math.floor((last - first) / day)) }, (_, n) => first + (n + 1) * day)
  const moments = days.filter((at) => at < Date.parse(now)).map((at) => new Date(at).toISOString())
  const past = await Promise.all(moments.map((at) => catalog.find({ filter, at, limit: mostRead })))
  const present = await catalog.find({ filter, limit: mostRead })
  const all = [...past, present].flatMap(({ entities }) => entities)
  return [...new Map(all.map((entity) => [`${entity.kind}/${entity.id}`, entity])).values()]
}
