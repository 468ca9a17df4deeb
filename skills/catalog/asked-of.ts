import type { Text } from '../../cards/model.js'
import { dotted } from '../kit/answer.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import type { Entity, Instant } from '../kit/model.js'
import { lowered } from './noun-of.js'
import { shownProperty } from './show-value.js'

/** What a row of a list says anyway. */
const said = ['name', 'id', 'kind', 'environment', 'state', 'title']

/** Most properties that are told: what one filter asks besides these is in its query. */
const mostAsked = 2

/**
 * What an entity has of the properties that a filter asks about, so that each row shows why it is there: "Last backup 9 days ago". What an
 * equality asks is the same in every row and not repeated. Undefined where there is nothing to tell.
 */
export function askedOf(
  entity: Entity,
  filter: Filter,
  { declared, now }: { declared: KindDeclaration | undefined; now: Instant },
): Text | undefined {
  const names = [...new Set(askedIn(filter))].filter((name) => !said.includes(name) && declared?.properties[name])
  const told = names.slice(0, mostAsked).map((name): Text => {
    const declaration = declared!.properties[name]!
    const value = shownProperty(entity, name, declaration, now)
    return value === undefined ? `no ${lowered(declaration.title)}` : [`${declaration.title} `, ...[value].flat()]
  })
  return dotted(...told)
}

/** The properties whose values differ among what meets a filter: of the thing itself, not of what a step leads to. */
function askedIn(filter: Filter): string[] {
  if ('all' in filter) return filter.all.flatMap(askedIn)
  if ('any' in filter) return filter.any.flatMap(askedIn)
  if ('not' in filter) return askedIn(filter.not)
  if (!('property' in filter) || ('is' in filter && filter.is === '=')) return []
  return [filter.property]
}
