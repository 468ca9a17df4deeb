import type { TokenCredential } from '@azure/identity'
import type { Config } from '../config.js'
import { tokensFor } from '../credentials.js'
import type { Destination, FindMessages } from '../outgoing.js'
import { createFindMessages, type GraphPlace } from '../providers/entra/find-messages.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { TeamRecords } from '../store/records/team-records.js'

/** What reading threads needs to know of places. */
export interface ThreadPlaces {
  conversations: Pick<ConversationRecords, 'get'>
  teams: Pick<TeamRecords, 'get'>
  /** Reads a team that was not read yet. */
  learn(teamId: string): Promise<void>
}

/**
 * Reads threads in Microsoft Graph, for messages whose sending got no answer.
 * @param now real time in milliseconds, which tokens go by
 */
export const readThreads = (
  config: Config,
  credential: TokenCredential,
  places: ThreadPlaces,
  fetch: typeof globalThis.fetch,
  now: () => number,
): FindMessages =>
  createFindMessages({
    endpoint: config.NEXUS_GRAPH_ENDPOINT,
    token: tokensFor(credential, 'https://graph.microsoft.com/.default', now),
    fetch,
    botAppId: config.NEXUS_BOT_APP_ID,
    placeOf: (to) => graphPlaceOf(to, places, config.NEXUS_BOT_APP_ID),
  })

/** Where Graph has a destination's messages. A chat of a person and the bot has an id of its own there, made of both theirs. */
async function graphPlaceOf(to: Destination, places: ThreadPlaces, botAppId: string): Promise<GraphPlace | undefined> {
  const chatWith = (objectId: string) => ({ chat: `19:${objectId}_${botAppId}@unq.gbl.spaces` })
  if ('person' in to) return chatWith(to.person)
  const conversation = await places.conversations.get('channel' in to ? to.channel : to.chat)
  if ('chat' in to) {
    if (conversation?.kind === 'personal') return conversation.objectId ? chatWith(conversation.objectId) : undefined
    return { chat: to.chat }
  }
  const teamId = conversation?.teamId
  if (teamId === undefined) return undefined
  if (!(await places.teams.get(teamId))) await places.learn(teamId)
  const team = await places.teams.get(teamId)
  return team && { team: team.groupId, channel: to.channel }
}
