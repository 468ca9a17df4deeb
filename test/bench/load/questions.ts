import { randomUUID } from 'node:crypto'

/** Somebody who asks, and their chat with the bot. */
export interface Asker {
  /** Teams user id. */
  id: string
  name: string
  objectId: string
  zone: string
  locale: string
  conversation: string
}

/** What every activity of a run has in common. */
export interface Setting {
  tenantId: string
  bot: { id: string; name: string }
  /** Where the answers are to be sent. */
  serviceUrl: string
  askers: readonly Asker[]
}

/** What is asked in every turn: the main job of the hub. */
export const question = "who's on call for auth"

/** Makes the bodies of personal messages that ask the question: the people take turns, and each message has a fresh id. */
export function questions({ tenantId, bot, serviceUrl, askers }: Setting): () => string {
  let asked = 0
  return () => {
    const { id, name, objectId, zone, locale, conversation } = askers[asked++ % askers.length]!
    return JSON.stringify({
      type: 'message',
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      localTimezone: zone,
      serviceUrl,
      channelId: 'msteams',
      from: { id, name, aadObjectId: objectId },
      recipient: bot,
      conversation: { id: conversation, conversationType: 'personal', tenantId, isGroup: false },
      channelData: { tenant: { id: tenantId } },
      entities: [{ type: 'clientInfo', locale, country: 'US', platform: 'Web', timezone: zone }],
      locale,
      textFormat: 'plain',
      text: question,
    })
  }
}
