import type { Activity } from 'botbuilder'
import type { Delivery } from '../../outgoing.js'
import { callConnector, deliveredOf, type ConnectorParts } from './call-connector.js'
import type { CheckedActivity } from './parse-activity.js'

/**
 * Answers an activity by the connector's reply call, once.
 *
 * A targeted answer is seen by the activity's sender alone (Microsoft, "Targeted messages": the same call with
 * `isTargetedActivity=true` and the one recipient); botbuilder 4.23's client cannot say it.
 * @param to the activity that is answered; its serviceUrl has been checked against its token
 * @param patience milliseconds until the call counts as unanswered
 */
export async function replyTo(
  to: CheckedActivity,
  answer: Partial<Activity>,
  { targeted, patience }: { targeted: boolean; patience: number },
  parts: ConnectorParts,
): Promise<Delivery> {
  const { conversation, from, id, recipient, serviceUrl } = to
  const below = id === undefined ? '' : `/${encodeURIComponent(id)}`
  const path = `v3/conversations/${encodeURIComponent(conversation.id)}/activities${below}`
  const body = {
    ...answer,
    channelId: 'msteams',
    conversation,
    from: { id: recipient.id, name: recipient.name },
    recipient: from,
    ...(id !== undefined && { replyToId: id }),
  }
  const query = targeted ? '?isTargetedActivity=true' : ''
  const answered = await callConnector({ serviceUrl, method: 'POST', path: path + query, body, patience }, parts)
  return 'body' in answered ? deliveredOf(answered.body) : answered
}
