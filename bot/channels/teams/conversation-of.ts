import type { CheckedActivity } from './parse-activity.js'

/** How the conversation of an activity is reached unasked; see `Conversation` in the store's records. */
export function conversationOf(
  { conversation, serviceUrl, recipient, channelData, from, localTimezone }: CheckedActivity,
  installed: boolean,
) {
  const kind =
    conversation.conversationType === 'channel'
      ? ('channel' as const)
      : conversation.conversationType === 'groupChat'
        ? ('group' as const)
        : ('personal' as const)
  const name = channelData?.channel?.name ?? conversation.name
  const teamId = channelData?.team?.id
  return {
    // A thread is reached through its channel.
    id: conversation.id.split(';')[0]!,
    kind,
    serviceUrl,
    botId: recipient.id,
    tenantId: channelData?.tenant?.id ?? conversation.tenantId ?? '',
    installed,
    ...(name && { name }),
    ...(teamId && { teamId }),
    ...(kind === 'personal' && from.aadObjectId && { objectId: from.aadObjectId }),
    ...(kind === 'personal' && localTimezone && { zone: localTimezone }),
  }
}
