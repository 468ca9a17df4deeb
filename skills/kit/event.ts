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
