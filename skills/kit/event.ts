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

/** What kinds of things happen; `data` of the alert events is an `Alert`, of `page.moved` a `PageMoved`. */
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
  | 'page.moved'
  /** A team lets Nexus hear replies without a mention, or does so no more; `data` is `{ on }`. */
  | 'listening.changed'
  /** Somebody wrote in a thread of Nexus without mentioning it, where the team lets it hear that; `data` is a `ThreadReply`. */
  | 'thread.replied'

/** The data of `thread.replied`: who wrote what. Text of a person, which is shown and never done. */
export interface ThreadReply {
  by: { id: string; objectId: string; name: string }
  text: string
}

/** The data of `page.moved`: the pager's own incident changed, by whoever did it there. */
export interface PageMoved {
  /** The pager's own id of it. */
  pagerId: string
  /** The key that it was opened with; an incident of Nexus has its id there. */
  key?: string
  state: 'triggered' | 'acknowledged' | 'resolved'
  /** Who moved it there, where the pager says so. */
  by?: { email?: string; name: string }
  at: Instant
}
