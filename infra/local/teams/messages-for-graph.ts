import { adaptiveCard } from './card-check.js'
import type { TeamsContext } from './context.js'
import type { Place } from './directory.js'
import type { Message } from './model.js'

/** Teams' messages as Graph reads them: every message of a channel or chat that all of it see, the deleted ones too. */
export function messagesForGraph({ directory, membership, state }: TeamsContext) {
  const appId = directory.bot.id.replace(/^28:/, '')
  const senderOf = (from: string) =>
    from === 'bot'
      ? { application: { id: appId, name: directory.bot.name } }
      : { user: { id: directory.account(from)?.objectId ?? from, name: directory.account(from)?.name ?? from } }
  const read = ({ id, root, from, content, at, editedAt, deletedAt }: Message) => ({
    id,
    from: senderOf(from),
    html: content.text ? `<p>${content.text}</p>` : '',
    cards: content.attachments
      .filter(({ contentType }) => contentType === adaptiveCard)
      .map(({ contentType, content: card }) => ({ contentType, content: card })),
    at,
    ...(root !== undefined && { root }),
    ...(content.summary !== undefined && { summary: content.summary }),
    ...(editedAt !== undefined && { editedAt }),
    ...(deletedAt !== undefined && { deletedAt }),
  })
  const conversationOf = (place: Place | undefined) =>
    place && {
      messages: state.value.messages.filter((message) => message.place === place.id && !message.targeted).map(read),
      consent: membership.isInstalled(place) && membership.install(place)?.consent === true,
    }
  return {
    channel: (groupId: string, channelId: string) =>
      conversationOf(
        directory.places.find(({ conversation, team }) => conversation === channelId && team?.aadGroupId === groupId),
      ),
    /** A chat of two has both their ids in its own: the person's object id and the bot's application id. */
    chat: (chatId: string) =>
      conversationOf(
        directory.places.find(({ person }) => {
          const account = person === undefined ? undefined : directory.account(person)
          return account !== undefined && chatId === `19:${account.objectId}_${appId}@unq.gbl.spaces`
        }),
      ),
  }
}
