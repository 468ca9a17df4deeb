import type { Text } from '../../cards/model.js'
import type { Severity } from '../kit/alert.js'
import type { Instant } from '../kit/model.js'
import type { Actor } from '../kit/proposal.js'
import type { Whereto } from '../kit/records.js'

export type IncidentState = 'triggered' | 'acknowledged' | 'snoozed' | 'resolved'

/** Who did something; without ids where only a name is known, such as somebody of the pager who is not in the directory. */
export type Doer = Partial<Actor> & { name: string }

/** A thing of the catalog with its name as it was then. */
export interface Named {
  id: string
  name: string
}

/** A line of what happened, oldest first in a story. */
export interface StoryLine {
  at: Instant
  by?: Doer
  text: Text
}

/** What is yet to be said in the thread; several of them become one reply. */
export type News =
  | { what: 'worse'; severity: Severity }
  | { what: 'spread'; service: string }
  | { what: 'resolved'; text: Text }
  | { what: 'reopened'; text: Text }

/** An incident: what is broken, who has it, and what happened. It is one record; its alerts are records beside it. */
export interface Incident {
  /** As people call it: `INC-131`. */
  id: string
  /** One line that says what is wrong; text from outside. */
  title: string
  severity?: Severity
  state: IncidentState
  opened: Instant
  /** When it came to its state. */
  since: Instant
  /** Where it was first seen; the thread is in the channel of the team that owns this. */
  service?: Named
  team?: Named
  /** All services that alerted, in the order in which they did. */
  services: Named[]
  /** Where its thread is; absent while there is no such place, or where the thread is the pager's own affair. */
  to?: Whereto
  /** Why it is told there, where that is not plain. */
  whyThere?: string
  /** Its first message is in the outbox, or was sent. */
  posted: boolean
  onCall: Doer[]
  acknowledged?: { at: Instant; by?: Doer }
  assigned?: Doer
  snoozedUntil?: Instant
  resolved?: { at: Instant; by?: Doer; why?: string }
  alerts: { total: number; firing: number }
  /** Why alerts were put together, each reason once, the first few. */
  grouped: string[]
  story: StoryLine[]
  /** How often it was opened again. */
  reopened: number
  /** Counts its writes, so that messages and events of each have names of their own. */
  seq: number
  news: News[]
  /** Replies in its thread that nobody asked for, and when the last one was. */
  replies: number
  lastReply?: Instant
}

/** One alert of an incident. Text from outside. */
export interface HeldAlert {
  title: string
  source: string
  service?: string
  severity?: Severity
  url?: string
  fired?: Instant
  resolved?: Instant
}

/** Lines of a story that are kept: the first, and the last of the others. */
const longestStory = 40

/** Adds a line to a story. */
export function tell(story: readonly StoryLine[], line: StoryLine): StoryLine[] {
  const all = [...story, line]
  return all.length <= longestStory ? all : [all[0]!, ...all.slice(1 - longestStory)]
}

/** `SEV 1`, or undefined where no alert gave a severity. */
export const severityWord = ({ severity }: Pick<Incident, 'severity'>): string | undefined =>
  severity === undefined ? undefined : `SEV ${severity}`

/** Whether people are to be woken: what is worse than informational, and what nobody rated. */
export const isUrgent = ({ severity }: Pick<Incident, 'severity'>): boolean => severity === undefined || severity <= 2

/** What an incident is about, in a few words. */
export const subjectOf = ({ service, title }: Pick<Incident, 'service' | 'title'>): string =>
  service && !title.toLowerCase().includes(service.name.toLowerCase()) ? `${service.name}: ${title}` : title

/** A doer as records keep it, from a person or an actor. */
export const doerOf = ({ id, objectId, name }: Actor): Doer => ({ id, objectId, name })
