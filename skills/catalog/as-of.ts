import { notFound } from '../kit/errors.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Catalog, Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'

/** The catalog as it was at a moment; without one, as it is. */
export function catalogAt(catalog: Catalog, at: Instant | undefined): Catalog {
  if (!at) return catalog
  return {
    get: (ref) => catalog.get(ref, at),
    all: (kind) => catalog.all(kind),
    search: (text, way) => catalog.search(text, way),
    belongings: (person, anew) => catalog.belongings(person, anew),
    changed: (question) => catalog.changed(question),
    kinds: () => catalog.kinds(),
    sources: () => catalog.sources(),
    find: (question) => catalog.find({ at, ...question }),
    tally: (question, by) => catalog.tally({ at, ...question }, by),
    related: (ref, step) => catalog.related(ref, { at, ...step }),
    reach: (ref, way) => catalog.reach(ref, { at, ...way }),
    path: (from, to) => catalog.path(from, to, at),
  }
}

/** A thing as it was then. @throws Fault NotFound where it was not in the catalog at that moment, with since when it is */
export async function entityAt(
  entity: Entity,
  at: Instant | undefined,
  { catalog, now }: Turn<'catalog'>,
): Promise<Entity> {
  if (!at) return entity
  const then = await catalog.get(entity, at)
  if (then) return then
  const { kind, id, name } = entity
  const itself: Filter = { all: [{ kinds: [kind] }, { property: 'id', is: '=', value: id }] }
  const came = (await catalog.changed({ filter: itself, from: at, to: now })).findLast(({ what }) => 'created' in what)
  throw notFound(
    came
      ? `The catalog has known ${name} since ${came.at}, not at ${at}.`
      : `The catalog did not know ${name} at ${at}.`,
    'Ask for a later moment, or for how it is now.',
  )
}

/** A reply that says at which moment it was so. */
export function sayAsOf(reply: Reply, at: Instant | undefined): Reply {
  if (!at || !reply.card) return reply
  const { sentence = '' } = reply.card
  const said = typeof sentence === 'string' ? [sentence] : sentence
  return { ...reply, card: { ...reply.card, sentence: ['As of ', { time: at }, ': ', ...said] }, text: ['As of ', { time: at }, ': ', ...[reply.text].flat()] } // prettier-ignore
}
