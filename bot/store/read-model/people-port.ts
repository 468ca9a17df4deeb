import type { Entity, Person } from '../../../skills/kit/model.js'
import type { People } from '../../../skills/kit/ports.js'
import type { Rule } from '../../../skills/kit/proposal.js'
import { fits } from '../../fits.js'
import type { CatalogIndex } from './catalog-index.js'

/** The people of one tenant's directory, as skills ask for them. */
export function peoplePort(index: CatalogIndex, personOf: (known: Entity) => Person | undefined): People {
  const teamsOf = (entity: Entity) =>
    index.related(entity, { type: 'memberOf', direction: 'out' }).map(({ entity: team }) => team.id)
  /** Those among whom everybody who fits a rule is. */
  const peopleOf = (rule: Rule): Entity[] => {
    if ('people' in rule) return [...new Set(rule.people)].flatMap((id) => index.get({ kind: 'Person', id }) ?? [])
    if (rule.team === undefined) return index.all('Person')
    const team = { kind: 'Team', id: rule.team }
    const members = index.related(team, { type: 'memberOf', direction: 'in' }).map(({ entity }) => entity)
    return [...new Map(members.map((member) => [member.id, member])).values()].filter(({ kind }) => kind === 'Person')
  }
  return {
    async get(id) {
      const known = index.get({ kind: 'Person', id })
      return known && personOf(known)
    },
    async fitting(rule) {
      return peopleOf(rule).flatMap((entity) => {
        const person = personOf(entity)
        return person && fits(rule, person, teamsOf(entity)) ? [person] : []
      })
    },
  }
}
