import type { Instant, Json, Ref } from './model.js'

/** What happened, as skills hear it. */
export interface Event {
  id: string
  type: EventType
  /** When it happened. */
  at: Instant
  /** When it arrived. */
  arrived: Instant
  subjects: Ref[]
  data: Json
}

export type EventType =
  | 'alert.fired'
  | 'alert.resolved'
  | 'change.recorded'
  | 'entity.changed'
  | 'health.changed'
  | 'run.ended'
  | 'incident.moved'
  /** Somebody's chat with Nexus came, went, or is in another time zone now; `data` is `{ objectId }`, the rest is asked from the port `chats`. */
  | 'chat.changed'
