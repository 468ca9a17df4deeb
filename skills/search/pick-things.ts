import type { Filter } from '../kit/catalog/filter.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'

const open: Filter = { all: [{ kinds: ['Incident'] }, { not: { property: 'state', is: '=', value: 'resolved' } }] }

/**
 * What somebody may put into a message they write: what has the words, the best first; without words what is open, the newest first, then the
 * services of their teams, then all others.
 */
export async function pickThings(
  { words, most }: { words: string; most: number },
  { catalog, person }: Turn<'catalog'>,
): Promise<Entity[]> {
  if (words) return (await catalog.search(words, { limit: most })).map(({ entity }) => entity)
  const incidents = await catalog.find({ filter: open, order: { by: 'opened', descending: true }, limit: most })
  const teams = await catalog.related({ kind: 'Person', id: person.id }, { type: 'memberOf', direction: 'out' })
  const services = (of: Filter) => catalog.find({ filter: { all: [{ kinds: ['Service'] }, of] }, limit: most })
  const own: Filter = {
    step: { type: 'ownedBy', direction: 'out' },
    of: { all: [{ kinds: ['Team'] }, { property: 'id', in: teams.map(({ entity }) => entity.id) }] },
  }
  const [mine, others] = [teams.length ? await services(own) : undefined, await services({ kinds: ['Service'] })]
  const all = [incidents, ...(mine ? [mine] : []), others].flatMap(({ entities }) => entities)
  return [...new Map(all.map((entity) => [`${entity.kind}/${entity.id}`, entity])).values()].slice(0, most)
}
