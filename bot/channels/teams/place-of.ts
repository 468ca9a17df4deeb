import type { Place } from '../../../skills/kit/model.js'
import type { Destination } from '../../outgoing.js'
import type { CheckedActivity } from './parse-activity.js'

/** Where something was said; a thread belongs to its channel, so its `;messageid=` goes. */
export function placeOf({ conversation, channelData }: CheckedActivity): Place {
  const id = conversation.id.split(';')[0]!
  const kind =
    conversation.conversationType === 'channel'
      ? 'channel'
      : conversation.conversationType === 'groupChat'
        ? 'group'
        : 'personal'
  const name = channelData?.channel?.name ?? conversation.name
  return { kind, id, ...(name && { name }) }
}

/**
 * Where an answer to an activity goes, named as the outbox names it: a person's chat by the person, and in a channel the thread by the
 * activity id of its first message.
 */
export function spokenTo(activity: CheckedActivity): { to: Destination; root?: string } {
  const { id, kind } = placeOf(activity)
  if (kind === 'personal')
    return { to: activity.from.aadObjectId ? { person: activity.from.aadObjectId } : { chat: id } }
  if (kind === 'group') return { to: { chat: id } }
  const root = /;messageid=([^;]+)/.exec(activity.conversation.id)?.[1] ?? activity.id
  return { to: { channel: id }, ...(root !== undefined && { root }) }
}
