import type { CardData, Section as SectionOf, Text } from '../../cards/model.js'
import type { Arg } from './arguments.js'
import type { Instant, Json } from './model.js'

/** What somebody wants: a command and its arguments, whether it came from words, a click, a form or a model. */
export interface Intent {
  /** `skill.command`, such as `on-call.show`. */
  command: string
  /** Arguments by name: an entity is `{kind, id}`, a moment an ISO instant, a range `{from, to}`. */
  args: Record<string, Json>
  /** Set where any part of it came from text of outside, such as a model that read an alert. */
  tainted?: true
}

/** What a skill's view draws: the view's kind and the record's id, such as an incident. */
export interface ViewRef {
  kind: string
  id: string
}

/** A button is an intent as data; the server stores it, the card carries its id only. */
export interface Button {
  /** A verb with its object: "Show schedule". */
  title: string
  intent: Intent
  /** Asked for in a form before the intent goes on: on the card, or in a dialog where `dialog` is set. */
  form?: Record<string, Arg>
  dialog?: true
  /** A record that the card shows again after the press, as it is then, with the answer's words: for rows of a list that is to stay. */
  then?: ViewRef
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
  /** A record that is drawn in place of the card, by its skill's view, as it is now and for whoever looks. */
  view?: ViewRef
  buttons?: Button[]
  /** With a view: Entra object ids of the people who get one of their own; Teams asks for the first 60, the others press a button. */
  personal?: string[]
  /** Set where the view is on its way to the place it was asked in, by the outbox; a channel that has one does not draw it a second time. */
  posted?: true
  /** Said to the asker only. */
  private?: Reply
  /** What people quote, shown in the foot: `PR-2041`. */
  id?: string
  sources?: Source[]
}
