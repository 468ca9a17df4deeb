import type { Place } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { TeamRecords } from '../store/records/team-records.js'

/** What finding the team of a channel needs. */
export interface TeamHereParts {
  conversations: Pick<ConversationRecords, 'get'>
  teams: Pick<TeamRecords, 'get'>
  /** Reads a team of Teams that was not read yet. */
  learn(teamId: string): Promise<void>
  catalog: Pick<Catalog, 'find'>
}

/** Says of a channel whose it is: the catalog's team of the Entra group that the team in Teams belongs to. Other places stay as they are. */
export const teamHere =
  ({ conversations, teams, learn, catalog }: TeamHereParts) =>
  async (place: Place): Promise<Place> => {
    if (place.kind !== 'channel') return place
    const teamId = (await conversations.get(place.id))?.teamId
    if (teamId === undefined) return place
    if (!(await teams.get(teamId))) await learn(teamId).catch(() => {}) // a team that cannot be read now is none that is known
    const groupId = (await teams.get(teamId))?.groupId
    if (groupId === undefined) return place
    const { entities } = await catalog.find({
      filter: { all: [{ kinds: ['Team'] }, { property: 'groupId', is: '=', value: groupId }] },
      limit: 1,
    })
    return entities[0] ? { ...place, team: entities[0].id } : place
  }
