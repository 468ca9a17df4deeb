import type { Catalog, Settings } from '../../skills/kit/ports.js'
import { channelsNamed, type KnownChannel } from '../channels/teams/name-channel.js'
import type { Audience } from '../hub/audience/audience.js'
import type { Access } from '../hub/access/access.js'
import { createAudienceCut, type AudienceCut, type Said } from '../hub/audience/audience-cut.js'
import { audiencesOf, type Audiences } from '../settings/read-audiences.js'
import type { TeamRecords } from '../store/records/team-records.js'
import { knownChannels } from './find-place.js'

/** What finding the audience of a place needs. */
export interface AudienceParts {
  access: Access
  catalog: Catalog
  settings: Pick<Settings, 'read'>
  teams: Pick<TeamRecords, 'all'>
  /** Told of the mistakes in the file of audiences. */
  mistakes(mistakes: readonly string[]): void
}

/** Cuts what is said to what the place's audience may see, as the settings declare it now. */
export function audienceCutOf({ access, catalog, settings, teams, mistakes }: AudienceParts): AudienceCut {
  const declared = audiencesOf(settings, mistakes)
  return createAudienceCut({
    access,
    async audienceOf(place) {
      const audiences = await declared()
      return audienceIn(place, audiences, await knownChannels({ teams, catalog }))
    },
  })
}

/** The audience that is declared for a place; the default one where no declaration names it, or where its name is that of several. Pure. */
export function audienceIn(
  { id, name }: Said['place'],
  { channels, default: usual }: Audiences,
  known: readonly KnownChannel[],
): Audience {
  const own = known.find((channel) => channel.id === id) ?? { id, name: name ?? 'this place' }
  const all = known.includes(own) ? known : [...known, own]
  const declared = [...channels].find(([title]) => {
    const [first, ...others] = channelsNamed(title, all)
    return first?.id === id && !others.length
  })
  const title = own.name === 'General' && own.team !== undefined ? `${own.team} / General` : own.name
  return { ...(declared?.[1] ?? usual), name: title === 'this place' ? title : `#${title}` }
}
