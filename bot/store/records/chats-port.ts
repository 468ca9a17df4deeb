import type { Chats } from '../../../skills/kit/ports.js'
import type { Directory } from '../read-model/directory.js'
import type { ConversationRecords } from './conversation-records.js'

/** The personal chats as skills ask for them: from the record, so that all hubs see the same. */
export const chatsPort = (
  conversations: Pick<ConversationRecords, 'ofPerson' | 'chats'>,
  people: Pick<Directory, 'person' | 'refOf'>,
  channelOf: (team: string) => Promise<string | undefined>,
): Chats => ({
  partners: async () =>
    new Set(
      (await conversations.chats()).flatMap(({ installed, objectId }) => (installed && objectId ? [objectId] : [])),
    ),
  reachesTeam: (team) =>
    channelOf(team).then(
      (channel) => channel !== undefined,
      () => false,
    ),
  async partner(objectId) {
    const chat = await conversations.ofPerson(objectId)
    // Of an account that was disabled or deleted the directory tells no more.
    if (!chat?.installed || !people.refOf(objectId)) return undefined
    return people.person({ objectId, name: objectId, ...(chat.zone !== undefined && { zone: chat.zone }) })
  },
})
