import { isDeepStrictEqual } from 'node:util'
import type { Condition, TenantStore, Write } from '../contract.js'
import type { Destination } from '../../outgoing.js'
import type { Json } from '../json.js'

/** How a conversation is reached unasked. */
export interface Conversation {
  id: string
  kind: 'personal' | 'channel' | 'group'
  serviceUrl: string
  /** The bot's account in it. */
  botId: string
  tenantId: string
  /** False after an uninstall: Nexus says nothing unasked there, although the old id would still take it. */
  installed: boolean
  name?: string
  /** Id of the team in Teams, for a channel. */
  teamId?: string
  /** Entra object id of the person, for a personal chat. */
  objectId?: string
  /** IANA time zone of the person's Teams, as it was named last, for a personal chat. */
  zone?: string
}

const kind = 'conversation'

/** What else is written together with a conversation that is new or otherwise than before. */
export type WithConversation = (now: Conversation, before: Conversation | undefined) => Write[]

/** The conversations Nexus knows; a conversation that comes again as it is known costs no write. */
export function conversationRecords(store: TenantStore, besides: WithConversation = () => []) {
  const known = new Map<string, Conversation>()
  const first = async (condition: Condition): Promise<Conversation | undefined> => {
    const { records } = await store.query({ kind, where: [condition], limit: 1 })
    return records[0]?.data as unknown as Conversation | undefined
  }
  async function get(id: string): Promise<Conversation | undefined> {
    const record = await store.get({ partition: `conversation/${id}`, kind, id })
    return record?.data as unknown as Conversation | undefined
  }
  /** The chat with a person, by Entra object id. */
  const ofPerson = (objectId: string) => first({ field: 'person', equals: objectId })
  /** Not everything that comes from a chat names its zone; the last one named holds. */
  const withZone = (conversation: Conversation, before: Conversation | undefined): Conversation =>
    conversation.zone === undefined && before?.zone !== undefined
      ? { ...conversation, zone: before.zone }
      : conversation
  async function write(given: Conversation): Promise<void> {
    const before = await get(given.id)
    const conversation = withZone(given, before)
    await store.commit(`conversation/${conversation.id}`, [
      ...besides(conversation, before),
      {
        op: 'put',
        kind,
        id: conversation.id,
        data: conversation as unknown as Json,
        index: {
          installed: conversation.installed ? 1 : 0,
          ...(conversation.objectId !== undefined && { person: conversation.objectId }),
          ...(conversation.teamId !== undefined && { team: conversation.teamId }),
        },
      },
    ])
    known.set(conversation.id, conversation)
  }
  /** All known channels of a team, and nothing for a chat. */
  const channelsOf = async (teamId: string | undefined): Promise<Conversation[]> =>
    teamId === undefined ? [] : allWith({ field: 'team', equals: teamId })
  async function allWith(condition: Condition): Promise<Conversation[]> {
    const found: Conversation[] = []
    let after: string | undefined
    do {
      const page = await store.query({ kind, where: [condition], limit: 200, ...(after !== undefined && { after }) })
      found.push(...page.records.map(({ data }) => data as unknown as Conversation))
      after = page.continuation
    } while (after !== undefined)
    return found
  }
  return {
    async keep(given: Conversation): Promise<void> {
      const conversation = withZone(given, known.get(given.id))
      if (!isDeepStrictEqual(known.get(conversation.id), conversation)) await write(conversation)
    },
    /**
     * Keeps what an install or an uninstall says: it is of the whole team, though Teams names one of its channels, so it holds for every
     * channel that is known. What another hub wrote meanwhile is overwritten, because this is the news.
     */
    async keepInstall(conversation: Conversation): Promise<void> {
      await write(conversation)
      for (const channel of await channelsOf(conversation.teamId))
        if (channel.id !== conversation.id && channel.installed !== conversation.installed)
          await write({ ...channel, installed: conversation.installed })
    },
    get,
    ofPerson,
    /** A conversation of a team. */
    ofTeam: (teamId: string) => first({ field: 'team', equals: teamId }),
    /** All chats with one person. */
    chats: () => allWith({ field: 'person', from: ' ' }),
    /** One conversation of each team that Nexus was ever added to. */
    async teams(): Promise<Conversation[]> {
      const teams = new Map<string, Conversation>()
      for (const channel of await allWith({ field: 'team', from: ' ' })) teams.set(channel.teamId!, channel)
      return [...teams.values()]
    },
    /**
     * A conversation by which a destination is reached: its own, else any that Nexus is installed in, whose service address is the
     * tenant's; Teams then says whether Nexus may.
     */
    async routeOf(to: Destination): Promise<Conversation | undefined> {
      const own = 'person' in to ? await ofPerson(to.person) : await get('channel' in to ? to.channel : to.chat)
      return own ?? first({ field: 'installed', equals: 1 })
    },
  }
}

export type ConversationRecords = ReturnType<typeof conversationRecords>
