import type { CardData, Section as SectionOf, Text } from '../../cards/model.js'
import type { Arg } from './arguments.js'
import type { Instant, Json, Ref } from './model.js'

/** What somebody wants: a command and its arguments, whether it came from words, a click, a form or a model. */
export interface Intent {
  /** `skill.command`, such as `on-call.show`. */
  command: string
  /** Arguments by name: an entity is `{kind, id}`, a moment an ISO instant, a range `{from, to}`. */
  args: Record<string, Json>
  /** Set where any part of it came from text of outside, such as a model that read an alert. */
  tainted?: true
}

/** A button is an intent as data; the server stores it, the card carries its id only. */
export interface Button {
  /** A verb with its object: "Show schedule". */
  title: string
  intent: Intent
  /** Asked for in a form before the intent goes on. */
  form?: Record<string, Arg>
  style?: 'positive' | 'destructive'
}

/** Where what is shown comes from. */
export interface Source {
  /** As people call it: "PagerDuty". */
  name: string
  /** When it was last read. */
  asOf: Instant
  /** The typed query that ran, for "Show query". */
  query?: string
  /** Said where the source does not answer: "does not answer since 02:31". */
  trouble?: string
}

/** How a thread is named: the place and the root message. */
export interface ThreadKey {
  place: string
  root?: string
}

/** A part of a card whose rows are pressed like buttons: a row's `select` is an intent as well. */
export type Section = SectionOf<Button>

/** What a skill puts on a card; the channel adds the buttons' ids and the foot from the reply's sources. */
export type CardBody = Omit<CardData<Button>, 'buttons' | 'foot' | 'refresh'>

/**
 * What goes out. `text` is compulsory: it makes sense alone, on a lock screen; channels that draw no cards say the card's words after it.
 * It may hold times, which each channel writes for its reader.
 */
export interface Reply {
  text: Text
  card?: CardBody
  /** A record drawn whenever it is shown, by the skill's view. */
  view?: Ref
  buttons?: Button[]
  thread?: ThreadKey | 'here'
  place?: { team: string; purpose: string } | { person: string }
  /** Said to the asker only. */
  private?: Reply
  sources?: Source[]
}
