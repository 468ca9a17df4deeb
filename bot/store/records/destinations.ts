import { notFound } from '../../../skills/kit/errors.js'
import type { Whereto } from '../../../skills/kit/records.js'
import type { Destination } from '../../outgoing.js'
import type { ConversationRecords } from './conversation-records.js'

/** What is known of where people and teams are reached. */
export interface Whereabouts {
  conversations: Pick<ConversationRecords, 'get'>
  /** Entra object id of a person of the catalog. */
  objectIdOf(person: string): Promise<string | undefined>
  /** Conversation id of the channel in which a team of the catalog wants to hear of something. */
  channelOf(team: string, purpose: string): Promise<string | undefined>
}

/** Where a message goes. @throws Fault NotFound where there is no such place */
export async function destinationOf(to: Whereto, whereabouts: Whereabouts): Promise<Destination> {
  if ('person' in to) {
    const person = await whereabouts.objectIdOf(to.person)
    if (person === undefined) throw notFound(`${to.person} has no account in Teams.`)
    return { person }
  }
  if ('team' in to) {
    const channel = await whereabouts.channelOf(to.team, to.purpose)
    if (channel === undefined)
      throw notFound(`Nexus is in no channel of ${to.team}.`, 'Add Nexus to the team in Teams.')
    return { channel }
  }
  const conversation = await whereabouts.conversations.get(to.place)
  if (!conversation) throw notFound('Nexus has never been in that place.')
  if (conversation.kind === 'channel') return { channel: conversation.id }
  return conversation.kind === 'personal' && conversation.objectId
    ? { person: conversation.objectId }
    : { chat: conversation.id }
}
