import { createHash, randomUUID } from 'node:crypto'
import type { CardData } from '../../cards/model.js'
import type { Json, Place } from '../../skills/kit/model.js'
import type { Reply } from '../../skills/kit/reply.js'
import { addressRefresh } from '../channels/teams/address-refresh.js'
import { conversationOf } from '../channels/teams/conversation-of.js'
import { drawActivity } from '../channels/teams/draw-activity.js'
import { drawPostcard } from '../channels/teams/draw-postcard.js'
import { drawDialog } from '../channels/teams/draw-dialog.js'
import { createTeamsChannel, type TeamsChannel } from '../channels/teams/teams-channel.js'
import type { TeamsParts } from '../channels/teams/teams-parts.js'
import { createTokenVerifier } from '../channels/teams/verify-token.js'
import type { Clock } from '../clock.js'
import type { Config } from '../config.js'
import type { Dialogs } from '../hub/dialogs.js'
import type { Caller } from '../hub/caller.js'
import { languageOf } from '../hub/answer-language.js'
import { writeHeadline } from '../hub/headline.js'
import type { Hub } from '../hub/hub.js'
import type { ReadBy } from '../hub/hub-parts.js'
import type { Registry } from '../hub/registry.js'
import { welcome } from '../hub/welcome.js'
import type { Log } from '../log.js'
import { threadOf } from '../outgoing.js'
import type { TenantStore } from '../store/contract.js'
import type { Directory } from '../store/read-model/directory.js'
import type { ConversationRecords } from '../store/records/conversation-records.js'
import type { TurnRecords } from '../store/records/turn-records.js'
import { enqueueAnswer, waitingAnswers } from '../workers/outbox/enqueue-answer.js'
import { enqueueWelcome, forgetWelcome } from '../workers/outbox/enqueue-welcome.js'
import type { keepFeedback } from './feedback.js'
import type { TeamsReach } from './teams-reach.js'

/** What hearing Teams is made of. */
export interface TeamsEarParts {
  config: Config
  hub: Pick<Hub, 'hear' | 'overhear' | 'search' | 'unfurl'>
  /** A place with the team whose channel it is. */
  inTeam(place: Place): Promise<Place>
  press: TeamsParts['press']
  dialogs: Dialogs
  registry: Registry
  /** A reply as a card, its buttons stored. */
  show(reply: Reply, by: ReadBy): Promise<CardData>
  people: Directory
  conversations: ConversationRecords
  turns: TurnRecords
  feedback: Pick<ReturnType<typeof keepFeedback>, 'said' | 'rate'>
  reach: TeamsReach
  outbox: { nudge(): void }
  store: TenantStore
  clock: Clock
  fetch: typeof globalThis.fetch
  log: Log
}

/** The Teams channel over the hub: whom it hears, what it keeps of where it was spoken to, and how it answers in the turn. */
export function hearTeams(parts: TeamsEarParts): TeamsChannel {
  const { config, dialogs, people, conversations, reach, outbox, store, clock, fetch, log } = parts
  const tenant = config.AZURE_TENANT_ID
  const within = async (caller: Caller): Promise<Caller> => ({ ...caller, place: await parts.inTeam(caller.place) })
  return createTeamsChannel({
    appId: config.NEXUS_BOT_APP_ID,
    verifyToken: createTokenVerifier(
      {
        appId: config.NEXUS_BOT_APP_ID,
        issuer: config.NEXUS_BOT_TOKEN_ISSUER,
        openIdMetadata: config.NEXUS_BOT_OPENID_METADATA,
        serviceHosts: listOf(config.NEXUS_BOT_SERVICE_HOSTS),
      },
      fetch,
    ),
    connectorToken: reach.token,
    fetch,
    speech: {
      count: (to, root) => reach.pace.turnstile.count(threadOf(to, root)),
      waiting: (answer) => waitingAnswers(store, answer),
      handOver: async (unsaid) => {
        await enqueueAnswer(store, unsaid, Date.parse(clock.now()))
        outbox.nudge()
      },
      ticks: reach.ticks,
      chance: Math.random,
    },
    serves: (tenantId) => tenantId === tenant,
    personOf: async (sender) => people.find(sender),
    refOf: async (objectId) => people.refOf(objectId),
    hear: async (text, caller) => parts.hub.hear(text, await within(caller)),
    overhear: async (heard, caller) => parts.hub.overhear(heard, await within(caller)),
    press: async (button, inputs, caller) => parts.press(button, inputs, await within(caller)),
    dialog: async (step, button, inputs, caller) => {
      const answer =
        step === 'open'
          ? await dialogs.open(button, caller)
          : await dialogs.submit(button, inputs as Record<string, Json>, caller)
      return drawDialog(answer, clock.now(), caller.person.zone)
    },
    draw: async (outcome, caller, how) => {
      const { person, place, alone } = caller
      const language = languageOf(
        outcome,
        how === 'for-one' ? { ...caller, alone: true } : caller,
        parts.registry.commands,
      )
      const roster = await conversations.get(place.id)
      const read = how === 'for-one' || alone ? { person } : { person, place }
      const card = await addressRefresh(
        language.card(await parts.show(outcome.reply, read)),
        reach.accounts,
        roster,
        how === 'for-one',
      )
      const headline = writeHeadline(language.text(outcome.reply.text), clock.now(), person.zone, language.words)
      return drawActivity(card, headline, clock.now(), language.words)
    },
    search: async (asked, caller) => {
      const found = await parts.hub.search(asked, caller)
      const { zone } = caller.person
      return 'says' in found
        ? writeHeadline(found.says, clock.now(), zone)
        : found.postcards.map((postcard) => drawPostcard(postcard, clock.now(), zone))
    },
    unfurl: async (link, caller) => {
      const postcard = await parts.hub.unfurl(link, caller)
      return postcard && drawPostcard(postcard, clock.now(), caller.person.zone)
    },
    rateable: ({ conversation, message }, rateable) => parts.feedback.said(conversation, message, rateable),
    rate: (thumb, caller) => parts.feedback.rate(thumb, caller),
    beginTurn: ({ conversation, id }) =>
      parts.turns.begin(createHash('sha256').update(`${conversation.id} ${id}`).digest('base64url')),
    keepConversation: (activity) => {
      reach.accounts.learn(activity.from)
      return conversations.keep(conversationOf(activity, true))
    },
    installed: async (activity) => {
      const conversation = conversationOf(activity, true)
      await conversations.keepInstall(conversation)
      // Nobody waits for it: a team that cannot be read now is read when it is first asked for.
      if (conversation.teamId !== undefined) void reach.places.learn(conversation.teamId).catch(() => {})
      const said = welcome(parts.registry.commands, conversation.kind)
      if (await enqueueWelcome(store, conversation, said, randomUUID)) outbox.nudge()
    },
    uninstalled: async (activity) => {
      const conversation = conversationOf(activity, false)
      await conversations.keepInstall(conversation)
      await forgetWelcome(store, conversation)
    },
    teamChanged: async ({ channelData }) => {
      if (channelData?.team?.id !== undefined) await reach.teams.outdate(channelData.team.id)
    },
    log: ({ what, ...fields }) => (fields.error === undefined ? log.info(what, fields) : log.error(what, fields)),
  })
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter(Boolean)
