import { isDeepStrictEqual } from 'node:util'
import type { TenantStore } from '../contract.js'
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
}

const kind = 'conversation'

/** The conversations Nexus knows; a conversation that comes again as it is known costs no write. */
export function conversationRecords(store: TenantStore) {
  const known = new Map<string, Conversation>()
  return {
    async keep(conversation: Conversation): Promise<void> {
      if (isDeepStrictEqual(known.get(conversation.id), conversation)) return
      await store.commit(`conversation/${conversation.id}`, [
        {
          op: 'put',
          kind,
          id: conversation.id,
          data: conversation as unknown as Json,
          index: { installed: conversation.installed ? 1 : 0 },
        },
      ])
      known.set(conversation.id, conversation)
    },
    async get(id: string): Promise<Conversation | undefined> {
      const record = await store.get({ partition: `conversation/${id}`, kind, id })
      return record?.data as unknown as Conversation | undefined
    },
  }
}

export type ConversationRecords = ReturnType<typeof conversationRecords>
