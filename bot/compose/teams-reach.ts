import type { TokenCredential } from '@azure/identity'
import type { Json, Person } from '../../skills/kit/model.js'
import type { Reply } from '../../skills/kit/reply.js'
import type { CardData } from '../../cards/model.js'
import { createAccounts } from '../channels/teams/accounts.js'
import { addressRefresh } from '../channels/teams/address-refresh.js'
import { connectorAudience } from '../channels/teams/bot-authentication.js'
import { channelWishes } from '../channels/teams/channel-wishes.js'
import { drawActivity } from '../channels/teams/draw-activity.js'
import { readTeam } from '../channels/teams/read-team.js'
import { createTeamChannels } from '../channels/teams/team-channels.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import { botCredential, tokensFor } from '../credentials.js'
import { writeHeadline } from '../hub/headline.js'
import type { Log } from '../log.js'
import type { Destination } from '../outgoing.js'
import type { TenantStore } from '../store/contract.js'
import { accountRecords } from '../store/records/account-records.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import { teamRecords } from '../store/records/team-records.js'
import { createSharedPace } from '../workers/outbox/shared-pace.js'

/** How long reading of Teams waits for its turn, and how many are counted apart. */
const readPatience = 3_000
const mostReads = 100

/** What reaching Teams is made of. */
export interface TeamsReachParts {
  config: Config
  credential: TokenCredential
  store: TenantStore
  conversations: ConversationRecords
  /** Who shares the pace, for others to see. */
  hubId: string
  clock: Clock
  fetch: typeof globalThis.fetch
  log: Log
  /** Entra object id of a catalog team's group. */
  groupOf(team: string): Promise<Json | undefined>
  /** A file of the settings. */
  readSettings(path: string): Promise<string | undefined>
}

/** What everything that speaks to Teams shares: the bot's token, the pace of the tenant, and whom and which channel it reaches. */
export function reachTeams({ config, store, conversations, clock, fetch, log, ...parts }: TeamsReachParts) {
  const token = tokensFor(botCredential(config, parts.credential), `${connectorAudience}/.default`, Date.now)
  const ticks = () => performance.timeOrigin + performance.now()
  const now = () => Date.parse(clock.now())
  const pace = createSharedPace({
    store,
    hub: parts.hubId,
    clock,
    ticks,
    failed: (error) => log.error('pace.failed', { error }),
  })
  let reads = 0
  /** What is read of Teams counts towards the app's limit as well, though towards no thread's. */
  const counted: typeof fetch = async (...request) => {
    const turn = await pace.turnstile.enter(`read ${++reads % mostReads}`, 1, AbortSignal.timeout(readPatience))
    return fetch(...request).finally(() => 'leave' in turn && turn.leave())
  }
  const teams = teamRecords(store)
  const places = createTeamChannels({
    teams,
    conversations,
    read: (team) => readTeam(team, { token, fetch: counted }),
    groupOf: async (team) => {
      const group = await parts.groupOf(team)
      return typeof group === 'string' ? group : undefined
    },
    wishes: channelWishes({
      configured: config.NEXUS_CHANNELS,
      read: parts.readSettings,
      failed: (error) => log.warn('channels.unread', { error }),
    }),
    now,
  })
  const accounts = createAccounts({ records: accountRecords(store), token, fetch: counted, now })
  const rosterOf = async (to: Destination) =>
    'person' in to ? conversations.ofPerson(to.person) : conversations.get('channel' in to ? to.channel : to.chat)

  /**
   * Draws what is said as an activity.
   * @param reader who alone reads it, undefined for a place of several people
   */
  async function draw(reply: Reply, card: CardData, to: Destination, reader: Person | undefined) {
    const headline = writeHeadline(reply.text, clock.now(), reader?.zone ?? 'UTC')
    const addressed = await addressRefresh(card, accounts, await rosterOf(to), reader !== undefined)
    return { activity: { ...drawActivity(addressed, headline, clock.now()) }, headline }
  }

  return { token, ticks, pace, teams, places, accounts, draw }
}

export type TeamsReach = ReturnType<typeof reachTeams>
