import type { RelationType } from '../kit/catalog/relation-types.js'
import type { Entity, Ref } from '../kit/model.js'
import type { Catalog, Reached } from '../kit/ports.js'
import { refKey } from '../kit/ref-key.js'

/** By which step a thing belongs to the services that it is there for: a database is part of one, an API is provided by one. */
const servedBy: Partial<Record<string, { type: RelationType; direction: 'in' | 'out' }>> = {
  Resource: { type: 'partOf', direction: 'out' },
  Api: { type: 'provides', direction: 'in' },
}

/** The services that a resource or an API is there for; none of what is a service itself. */
export async function servicesOf(entity: Entity, catalog: Catalog): Promise<Entity[]> {
  const step = servedBy[entity.kind]
  const found = step ? await catalog.related(entity, step) : []
  return [...new Map(found.map((one) => [refKey(one.entity), one.entity])).values()].filter(
    ({ kind }) => kind === 'Service',
  )
}

/**
 * Everything that feels it when a thing fails, each once at its least number of steps: what depends on it, the services that it is there
 * for, and what depends on those.
 * @param depth how many steps at most
 */
export async function feelFailure(entity: Entity, depth: number | undefined, catalog: Catalog): Promise<Reached[]> {
  const up = (from: Ref, most: number | undefined) =>
    catalog.reach(from, { direction: 'up', ...(most !== undefined && { depth: most }) })
  const services = await servicesOf(entity, catalog)
  const start = { kind: entity.kind, id: entity.id }
  const beyond = await Promise.all(
    services.map(async (service): Promise<Reached[]> => {
      const further = depth === 1 ? [] : await up(service, depth && depth - 1)
      return [
        { entity: service, depth: 1, through: start },
        ...further.map((one) => ({ ...one, depth: one.depth + 1 })),
      ]
    }),
  )
  const nearestFirst = [...(await up(entity, depth)), ...beyond.flat()].sort((a, b) => a.depth - b.depth)
  const once = new Map<string, Reached>()
  for (const one of nearestFirst) if (!once.has(refKey(one.entity))) once.set(refKey(one.entity), one)
  once.delete(refKey(entity))
  return [...once.values()]
}
