import { badInput } from '../../../skills/kit/errors.js'
import type { Instant, Ref } from '../../../skills/kit/model.js'
import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { builtInKinds } from '../../../skills/kit/catalog/built-in-kinds.js'
import type { KindDeclaration } from '../../../skills/kit/catalog/kind-declaration.js'
import { printFilter } from '../../../skills/kit/catalog/print-filter.js'
import type { Catalog, SourceState } from '../../../skills/kit/catalog/catalog.js'
import type { CatalogIndex } from './catalog-index.js'
import type { View } from './catalog-view.js'

/** How long what was is kept, in milliseconds: 30 days. */
export const keptHistory = 30 * 86_400_000

/** Most entities on a page. */
const largestPage = 1_000

/**
 * The catalog as skills ask it, over one tenant's index. Cut to what a reader may see it answers as if the rest were not there: it is not
 * found, not counted, not a neighbour, no step on a way, and nothing can be asked by what it says.
 * @param kinds what there is now, an organisation's own among them
 * @param visible what the reader may see, by what is so now and of what was by what was so then; everything where it is absent
 */
export function catalogPort(
  index: CatalogIndex,
  sources: () => SourceState[],
  clock: { now(): Instant },
  kinds: () => readonly KindDeclaration[] = () => builtInKinds,
  visible?: Filter,
): Catalog {
  const view = (at?: Instant): View => {
    const now = clock.now()
    const moment = at === undefined ? {} : { at: checkedMoment(at, now) }
    return { now, kinds: kinds(), ...moment, ...(visible && { visible }) }
  }
  /** What an answer about a thing begins at has to be seen itself. */
  const from = <T>(ref: Ref, moment: View, answer: () => T[]): T[] =>
    visible && !index.get(ref, moment) ? [] : answer()
  return {
    get: async (ref, at) => index.get(ref, view(at)),
    all: async (kind) => index.all(kind, view()),
    async find({ at, ...question }) {
      const { limit = 50 } = question
      if (!Number.isInteger(limit) || limit < 1 || limit > largestPage)
        throw badInput(`A page has 1 to ${largestPage} entities, not ${limit}.`)
      return { ...index.find(question, view(at)), query: printFilter(question.filter) }
    },
    tally: async ({ filter, at }, by) => index.tally(filter, by, view(at)),
    search: async (text, way = {}) => index.search(text, way, view()),
    async related(ref, { at, ...step }) {
      const moment = view(at)
      return from(ref, moment, () => index.related(ref, step, moment))
    },
    async reach(ref, { at, ...way }) {
      const moment = view(at)
      return from(ref, moment, () => index.reach(ref, way, moment))
    },
    path: async (from, to, at) => index.path(from, to, view(at)),
    belongings: async (person, anew) => index.belongings(person, view(), anew),
    async changed({ from, to, ...question }) {
      const now = clock.now()
      const stretch = { from: checkedMoment(from, now), to: checkedMoment(to, now) }
      if (stretch.from > stretch.to)
        throw badInput('A stretch of time begins before it ends.', 'Name the earlier moment first.')
      return index.changed({ ...question, ...stretch }, { kinds: kinds(), ...(visible && { visible }) })
    },
    kinds: async () => kinds(),
    sources: async () => sources(),
  }
}

/** @throws Fault BadInput where a moment is none, is still to come, or is longer ago than is kept */
function checkedMoment(at: Instant, now: Instant): Instant {
  const moment = Date.parse(at)
  if (Number.isNaN(moment)) throw badInput(`${at} is no moment.`, 'Write it as 2026-11-21T08:00:00.000Z.')
  const first = new Date(Date.parse(now) - keptHistory).toISOString()
  const asked = new Date(moment).toISOString()
  if (asked >= first && asked <= now) return asked
  const why = asked > now ? 'has not come yet' : 'is longer ago than Nexus remembers'
  throw badInput(`${asked} ${why}.`, `What was is kept for 30 days: from ${first} to ${now}.`)
}
