import type { Entity, Person } from '../../../skills/kit/model.js'
import type { People } from '../../../skills/kit/ports.js'
import { fits } from '../../fits.js'
import type { CatalogIndex } from './catalog-index.js'

/** The people of one tenant's directory, as skills ask for them. */
export function peoplePort(index: CatalogIndex, personOf: (known: Entity) => Person | undefined): People {
  const teamsOf = (entity: Entity) =>
    index.related(entity, { type: 'memberOf', direction: 'out' }).map(({ entity: team }) => team.id)
  return {
    async get(id) {
      const known = index.get({ kind: 'Person', id })
      return known && personOf(known)
    },
    async fitting(rule) {
      return index.all('Person').flatMap((entity) => {
        const person = personOf(entity)
        return person && fits(rule, person, teamsOf(entity)) ? [person] : []
      })
    },
  }
}
