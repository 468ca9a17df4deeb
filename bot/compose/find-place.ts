import { badInput } from '../../skills/kit/errors.js'
import type { Place } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import { channelsNamed, fullName, type KnownChannel } from '../channels/teams/name-channel.js'
import type { TeamRecords } from '../store/records/team-records.js'

/**
 * The channel that somebody names who is not in Teams, such as at the terminal. Where Nexus is in no channel at all the name stands for
 * itself, so that a question can be asked as in a channel.
 * @throws Fault BadInput where no channel has the name, or several have, with the names that would do
 */
export async function findPlace(
  name: string,
  { teams, catalog }: { teams: Pick<TeamRecords, 'all'>; catalog: Pick<Catalog, 'all'> },
): Promise<Place> {
  const channels = await knownChannels({ teams, catalog })
  if (!channels.length) return { kind: 'channel', id: name, name }
  const [found, ...others] = channelsNamed(name, channels)
  if (found && !others.length) return { kind: 'channel', id: found.id, name: found.name }
  const choices = (found ? [found, ...others] : channels).map(fullName).sort()
  throw badInput(
    found ? `Several channels are called “${name}”.` : `Nexus is in no channel called “${name}”.`,
    `Say one of: ${choices.slice(0, 30).join(', ')}.`,
  )
}

/** Every channel of the teams that Nexus was added to, by the names people call it. */
export async function knownChannels({
  teams,
  catalog,
}: {
  teams: Pick<TeamRecords, 'all'>
  catalog: Pick<Catalog, 'all'>
}): Promise<KnownChannel[]> {
  const known = await teams.all()
  const names = new Map(
    (await catalog.all('Team')).map((team) => [String(team.props.groupId).toLowerCase(), team.name]),
  )
  return known.flatMap(({ id: general, groupId, channels }) =>
    channels.map(({ id, name: own }) => {
      const team = names.get(groupId)
      return { id, name: id === general ? 'General' : own, ...(team !== undefined && { team }) }
    }),
  )
}
