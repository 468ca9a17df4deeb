import { unavailable } from '../../../skills/kit/errors.js'
import type { Undelivered } from '../../outgoing.js'
import type { Conversation, ConversationRecords } from '../../store/records/conversation-records.js'
import type { TeamInTeams, TeamRecords } from '../../store/records/team-records.js'
import { wishOf, type ChannelWishes } from './channel-wishes.js'
import { chooseChannel, hasChannel } from './choose-channel.js'
import type { ReadTeam } from './read-team.js'

/** What finding a team's channels needs. */
export interface TeamChannelsParts {
  /** Teams as they were read before, by this hub or another. */
  teams: Pick<TeamRecords, 'get' | 'ofGroup' | 'keep'>
  conversations: Pick<ConversationRecords, 'teams' | 'ofTeam' | 'keep'>
  /** Reads a team from Teams. */
  read(team: { serviceUrl: string; teamId: string }): Promise<ReadTeam | Undelivered>
  /** Object id of the Entra group of a team of the catalog. */
  groupOf(team: string): Promise<string | undefined>
  wishes(): Promise<ChannelWishes>
  /** Milliseconds since 1970. */
  now(): number
}

/** Finds the channels in which teams of the catalog hear of something. */
export interface TeamChannels {
  /**
   * Conversation id of the channel in which a team wants to hear of something, or undefined where Nexus is in no team of that name.
   * @throws Fault Unavailable where Teams had to be asked and did not answer
   */
  channelOf(team: string, purpose: string): Promise<string | undefined>
  /** Reads a team that Nexus was just added to, so that nobody waits for it later; one after the other, where many are added at once. */
  learn(teamId: string): Promise<void>
}

/** Milliseconds for which a team is taken to be as it was read; renamed and new channels are told by Teams besides. */
const fresh = 3_600_000
/** How soon a channel that somebody decided on and that is not there is looked for again. */
const lookAgain = 60_000
const usualPause = 10_000

/**
 * A team of the catalog and a team of Teams are one where they have the same Entra group. What was read is kept in the store, so a hub that
 * just started, or another one, knows it without asking; teams that were never read, because they were added long ago, are read when the
 * first of them is asked for.
 */
export function createTeamChannels(parts: TeamChannelsParts): TeamChannels {
  const reading = new Map<string, Promise<TeamInTeams | Undelivered>>()
  /** Until when the connector wants not to be asked. */
  let quietUntil = 0
  let line: Promise<unknown> = Promise.resolve()

  return {
    async channelOf(team, purpose) {
      const wish = wishOf(await parts.wishes(), team, purpose)
      const groupId = await parts.groupOf(wish.team)
      if (groupId === undefined) return undefined
      const known = await find(groupId, wish.channel)
      return known && chooseChannel(known.channels, known.id, purpose, wish.channel)?.id
    },
    async learn(teamId) {
      const mine = line.then(async () => {
        const conversation = await parts.conversations.ofTeam(teamId)
        if (conversation) await read(conversation)
      })
      line = mine.catch(() => {})
      await mine
    },
  }

  async function find(groupId: string, wanted: string | undefined): Promise<TeamInTeams | undefined> {
    const known = await parts.teams.ofGroup(groupId)
    if (!known) return findUnread(groupId.toLowerCase())
    const conversation = await parts.conversations.ofTeam(known.id)
    if (!conversation?.installed) return undefined
    const lasts = wanted === undefined || hasChannel(known.channels, wanted) ? fresh : lookAgain
    if (parts.now() - known.readAt < lasts) return known
    const again = await read(conversation)
    return 'is' in again ? known : again // what was known an hour ago is better than nothing
  }

  async function findUnread(groupId: string): Promise<TeamInTeams | undefined> {
    let refusal: Undelivered | undefined
    for (const conversation of await parts.conversations.teams()) {
      if (!conversation.installed || (await parts.teams.get(conversation.teamId!))) continue
      const team = await read(conversation)
      if (!('is' in team)) {
        if (team.groupId === groupId) return team
      } else if (team.is === 'busy' || team.is === 'unsure') refusal = team
    }
    if (refusal)
      throw unavailable('Teams does not say at the moment which channels a team has.', 'Try again in a minute.')
    return undefined
  }

  /** One reading of a team at a time, and none while the connector asks for a pause. */
  function read(conversation: Conversation): Promise<TeamInTeams | Undelivered> {
    const teamId = conversation.teamId!
    const running = reading.get(teamId) ?? readNow(conversation, teamId).finally(() => reading.delete(teamId))
    reading.set(teamId, running)
    return running
  }

  async function readNow(conversation: Conversation, teamId: string): Promise<TeamInTeams | Undelivered> {
    if (parts.now() < quietUntil) return { is: 'busy', reason: 'Teams asked for a pause.' }
    const answer = await parts.read({ serviceUrl: conversation.serviceUrl, teamId })
    if ('is' in answer) {
      if (answer.is === 'busy') quietUntil = parts.now() + (answer.retryAfterMs ?? usualPause)
      return answer
    }
    const team = { ...answer, readAt: parts.now() }
    await parts.teams.keep(team)
    const { serviceUrl, botId, tenantId, installed } = conversation
    for (const { id, name } of team.channels)
      await parts.conversations.keep({ id, name, kind: 'channel', teamId, serviceUrl, botId, tenantId, installed })
    return team
  }
}
