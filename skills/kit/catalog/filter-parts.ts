import type { Range } from '../arguments.js'
import type { Kind, Ref } from '../model.js'
import type { Filter } from './filter.js'
import type { RelationType } from './relation-types.js'

/** Filters that skills put together from what is asked. */

/** Things of a kind that meet all of these; what is undefined asks nothing. */
export const allOf = (kind: Kind, ...filters: (Filter | undefined)[]): Filter => ({
  all: [{ kinds: [kind] }, ...filters.filter((filter) => filter !== undefined)],
})

/** One thing. */
export const itself = ({ kind, id }: Ref): Filter => ({
  all: [{ kinds: [kind] }, { property: 'id', is: '=', value: id }],
})

/** What points by a relation at what meets a filter: `out('ownedBy', itself(team))` is what the team owns. */
export const out = (type: RelationType, of: Filter): Filter => ({ step: { type, direction: 'out' }, of })

/** What is pointed at by a relation from what meets a filter: `back('builtFrom', itself(service))` are a service's repositories. */
export const back = (type: RelationType, of: Filter): Filter => ({ step: { type, direction: 'in' }, of })

/** What happened in a stretch of time, by the property that says when. */
export const during = (property: string, { from, to }: Range): Filter => ({
  all: [
    { property, is: '>=', value: from },
    { property, is: '<=', value: to },
  ],
})

/** What is in none of these states. */
export const notIn = (...states: string[]): Filter => ({ not: { property: 'state', in: states } })

/** The repositories of a service, of a team or itself. */
export const repositoriesOf = (scope: Ref): Filter => {
  const own = itself(scope)
  if (scope.kind === 'Repository') return own
  if (scope.kind === 'Service') return back('builtFrom', own)
  return { any: [out('ownedBy', own), back('builtFrom', { all: [{ kinds: ['Service'] }, out('ownedBy', own)] })] }
}
