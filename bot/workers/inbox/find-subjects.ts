import type { Filter } from '../../../skills/kit/catalog/filter.js'
import { plainName, resourceRef } from '../../../skills/kit/entity-ids.js'
import type { About } from '../../../skills/kit/delivery.js'
import type { Entity, Ref } from '../../../skills/kit/model.js'
import type { Catalog } from '../../../skills/kit/ports.js'
import { refKey } from '../../../skills/kit/ref-key.js'

/** Finds what the catalog knows of what an event is about: the thing itself, then the services it is part of. */
export type FindSubjects = (abouts: readonly About[]) => Promise<Ref[]>

/** More than one event is about. */
const mostSubjects = 20

/**
 * Looks subjects up. ARM ids have no case; of a part of a resource (a slot, a database, its health) the resource is found. A name
 * is a service's, or a resource's where one alone has it.
 */
export function createFindSubjects(catalog: Pick<Catalog, 'get' | 'find' | 'related'>): FindSubjects {
  async function byName(name: string): Promise<Entity | undefined> {
    const service = await catalog.get({ kind: 'Service', id: plainName(name) })
    if (service) return service
    const filter: Filter = { all: [{ kinds: ['Resource'] }, { property: 'name', is: '=', value: name }] }
    const { entities, total } = await catalog.find({ filter, limit: 1 })
    return total === 1 ? entities[0] : undefined
  }

  async function byResourceId(id: string): Promise<Entity | undefined> {
    for (const part of withParents(id)) {
      const found = await catalog.get(resourceRef(part))
      if (found) return found
    }
    return undefined
  }

  const servicesOf = async (ref: Ref): Promise<Ref[]> =>
    (await catalog.related(ref, { type: 'partOf', direction: 'out' }))
      .map(({ entity }) => entity)
      .filter(({ kind }) => kind === 'Service')

  async function known({ resources = [], names: called = [], refs = [] }: About): Promise<Map<string, Ref>> {
    const found = new Map<string, Ref>()
    const add = ({ kind, id }: Ref) => found.set(refKey({ kind, id }), { kind, id })
    const some = <T>(list: readonly T[]) => list.slice(0, mostSubjects)
    for (const ref of some(refs)) if (await catalog.get(ref)) add(ref)
    for (const id of some(resources)) {
      const entity = await byResourceId(id)
      if (entity) add(entity)
    }
    for (const name of some(called)) {
      const entity = await byName(name)
      if (entity) add(entity)
    }
    for (const ref of [...found.values()]) for (const service of await servicesOf(ref)) add(service)
    return found
  }

  return async (abouts) => {
    for (const about of abouts) {
      const found = await known(about)
      if (found.size) return [...found.values()].slice(0, mostSubjects)
    }
    return []
  }
}

/** An ARM id and the ids of what it is a part of, up to the resource itself. */
function withParents(id: string): string[] {
  const [, scope, path] = /^(.*\/providers\/[^/]+)\/((?:[^/]+\/[^/]+)(?:\/[^/]+\/[^/]+)*)\/?$/i.exec(id) ?? []
  if (scope === undefined || path === undefined) return [id.replace(/\/$/, '')]
  const segments = path.split('/')
  const own = Array.from({ length: segments.length / 2 }, (_, up) =>
    [scope, ...segments.slice(0, segments.length - 2 * up)].join('/'),
  )
  const outer = scope.replace(/\/providers\/[^/]+$/i, '')
  return /\/providers\//i.test(outer) ? [...own, ...withParents(outer)] : own
}
