import type { Event } from '../../../skills/kit/event.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'
import type { Conversation } from './conversation-records.js'
import { timerWrite } from './timer-records.js'

/**
 * The event by which skills hear that somebody's chat with Nexus came, went, or is in another time zone; nothing for any other change.
 * It is committed with the conversation, so that none is lost.
 */
export function chatChanged(now: Conversation, before: Conversation | undefined, at: Instant): Write[] {
  const { id, objectId, installed, zone } = now
  if (now.kind !== 'personal' || objectId === undefined) return []
  if (before?.objectId === objectId && before.installed === installed && before.zone === zone) return []
  const event: Event = {
    id: `chat.changed ${id} ${at}`,
    type: 'chat.changed',
    at,
    arrived: at,
    subjects: [],
    data: { objectId },
  }
  return [timerWrite({ event: event.id }, at, event as unknown as Json)]
}
