import type { Place } from '../../../skills/kit/model.js'
import type { Destination } from '../../outgoing.js'
import type { CheckedActivity } from './parse-activity.js'

/**
 * Where something was said; a thread belongs to its channel, so its `;messageid=` stands by itself. Of what is `unseen`, a click or a slash
 * command, no thread begins.
 */
export function placeOf({ id: activityId, conversation, channelData }: CheckedActivity, unseen: boolean): Place {
  const [id, thread = unseen ? undefined : activityId] = conversation.id.split(';messageid=') as [string, string?]
  const kind =
    conversation.conversationType === 'channel'
      ? 'channel'
      : conversation.conversationType === 'groupChat'
        ? 'group'
        : 'personal'
  const name = channelData?.channel?.name ?? conversation.name
  return { kind, id, ...(name && { name }), ...(kind === 'channel' && thread && { thread }) }
}

/**
 * Where an answer to an activity goes, named as the outbox names it: a person's chat by the person, and in a channel the thread by the
 * activity id of its first message.
 */
export function spokenTo(activity: CheckedActivity): { to: Destination; root?: string } {
  const { id, kind, thread } = placeOf(activity, false)
  if (kind === 'personal')
    return { to: activity.from.aadObjectId ? { person: activity.from.aadObjectId } : { chat: id } }
  if (kind === 'group') return { to: { chat: id } }
  return { to: { channel: id }, ...(thread !== undefined && { root: thread }) }
}
