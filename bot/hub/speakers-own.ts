import type { Person } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { Hearing } from '../language/understanding.js'

/**
 * What understanding needs of the catalog beside its names: the kinds there are, and the speaker's teams where words such as "my team" may mean
 * them.
 */
export async function speakersOwn(
  text: string,
  { id }: Pick<Person, 'id'>,
  catalog: Pick<Catalog, 'kinds' | 'related'>,
): Promise<Pick<Hearing, 'kinds' | 'teams'>> {
  const kinds = await catalog.kinds()
  if (!/\b(my|our|us)\b/i.test(text)) return { kinds }
  const teams = await catalog.related({ kind: 'Person', id }, { type: 'memberOf', direction: 'out' })
  return { kinds, teams: teams.map(({ entity: { kind, id, name } }) => ({ kind, id, name })) }
}
