import type { Entity, RelationType } from './model.js'
import type { Catalog } from './ports.js'

/** What answers to a person through their teams. */
export interface Belongings {
  teams: Entity[]
  services: Entity[]
}

/** The entities one step from any of these, each once. */
export async function follow(
  type: RelationType,
  direction: 'in' | 'out',
  of: readonly Entity[],
  catalog: Pick<Catalog, 'related'>,
): Promise<Entity[]> {
  const found = await Promise.all(of.map((one) => catalog.related(one, { type, direction })))
  return unique(found.flat().map(({ entity }) => entity))
}

/** The same entities, each once. */
export const unique = (entities: readonly Entity[]): Entity[] => [
  ...new Map(entities.map((entity) => [`${entity.kind}/${entity.id}`, entity])).values(),
]

/** The teams of a person, and the services these own. */
export async function belongingsOf(person: Entity, catalog: Pick<Catalog, 'related'>): Promise<Belongings> {
  const groups = await follow('memberOf', 'out', [person], catalog)
  const owned = await Promise.all(groups.map((group) => follow('ownedBy', 'in', [group], catalog)))
  // Everybody is in the team of the whole company; a team in the sense of "my teams" answers for something.
  const teams = groups.filter((_, index) => owned[index]!.length > 0)
  return { teams, services: unique(owned.flat()).filter(({ kind }) => kind === 'Service') }
}
