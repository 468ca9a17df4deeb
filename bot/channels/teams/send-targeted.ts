import type { Activity } from 'botbuilder'
import type { ConnectorToken } from './bot-authentication.js'
import type { CheckedActivity } from './parse-activity.js'

/** Milliseconds a send may take; Teams sends an activity again after 15 s, so an answer in the turn must be out before. */
const sendTimeout = 10_000

/**
 * Answers an activity so that only its sender sees it (a targeted message), as an answer to a slash command in a channel. It is the
 * connector's reply call with `isTargetedActivity=true` and the one recipient; botbuilder 4.23's client cannot say either.
 * @param to the activity that is answered; its serviceUrl has been checked against its token
 * @throws Error with the connector's status, where it refuses
 */
export async function sendTargeted(
  answer: Partial<Activity>,
  to: CheckedActivity,
  { token, fetch }: { token: ConnectorToken; fetch: typeof globalThis.fetch },
): Promise<void> {
  const { conversation, from, id, recipient, serviceUrl } = to
  const path = [
    'v3/conversations',
    encodeURIComponent(conversation.id),
    'activities',
    ...(id ? [encodeURIComponent(id)] : []),
  ]
  const address = new URL(`${path.join('/')}?isTargetedActivity=true`, serviceUrl.replace(/\/?$/, '/'))
  const response = await fetch(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token()}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...answer,
      channelId: 'msteams',
      conversation,
      from: { id: recipient.id, name: recipient.name },
      recipient: from,
      ...(id && { replyToId: id }),
    }),
    signal: AbortSignal.timeout(sendTimeout),
  })
  if (!response.ok) throw new Error(`The connector refused a targeted answer: ${response.status}`)
  await response.body?.cancel()
}
