import type { TenantClock } from '../frame/clock.js'
import type { State } from '../frame/state.js'
import type { Feed } from './feed.js'
import type { Content, Json, Message, TeamsState } from './model.js'

const day = 24 * 60 * 60 * 1_000
/** Messages kept a place; the least recently changed are forgotten beyond it, so that the state file stays small. */
const kept = 2_000

/** A message to be put into a place. */
export interface Draft {
  place: string
  root?: string
  from: string
  content: Content
  targeted?: string
}

/** The messages of all channels and chats, and the only way to change them. */
export class History {
  constructor(
    private readonly state: State<TeamsState>,
    private readonly clock: TenantClock,
    private readonly feed: Feed,
  ) {}

  /** The next number of the feed. */
  next = (): number => ++this.state.value.sequence

  post(draft: Draft): Message {
    const now = this.clock.now()
    const id = (this.state.value.lastId = Math.max(now.getTime(), this.state.value.lastId + 1))
    const message: Message = {
      ...draft,
      id: String(id),
      at: now.toISOString(),
      reactions: {},
      version: 1,
      views: {},
      created: 0,
      changed: 0,
      change: 'message',
    }
    this.state.value.messages.push(message)
    this.#forget(draft.place)
    message.created = this.#note(message, 'message')
    return message
  }

  /** Replaces what a message says; every person's own view of it lapses. */
  edit(message: Message, content: Content): void {
    message.content = content
    message.editedAt = this.clock.now().toISOString()
    message.version++
    message.views = {}
    this.#note(message, 'edited')
  }

  remove(message: Message): void {
    message.deletedAt = this.clock.now().toISOString()
    this.#note(message, 'deleted')
  }

  /** Adds or takes back a reaction; false where that was so already. */
  react(message: Message, person: string, reaction: string, remove: boolean): boolean {
    const given = (message.reactions[reaction] ??= [])
    if (given.includes(person) !== remove) return false
    message.reactions[reaction] = remove ? given.filter((one) => one !== person) : [...given, person]
    if (!message.reactions[reaction].length) delete message.reactions[reaction]
    this.#note(message, 'reaction')
    return true
  }

  /** Lets one person see another card on a message, until the base card is edited. */
  view(message: Message, person: string, card: Json): void {
    message.views[person] = { card, version: message.version }
    this.#note(message, 'edited', person)
  }

  /** A message that is still there: not deleted, and not a targeted one older than 24 hours. */
  find(id: string): Message | undefined {
    return this.state.value.messages.find((message) => message.id === id && this.#present(message))
  }

  /** What a person sees of a place, oldest first. */
  of(place: string, person: string): Message[] {
    return this.state.value.messages.filter(
      (message) => message.place === place && this.#present(message) && visibleTo(message, person),
    )
  }

  /** Messages that changed after a number of the feed, in the order of their last change; deleted ones too. */
  changedAfter(sequence: number): Message[] {
    const changed = this.state.value.messages.filter((message) => message.changed > sequence)
    return changed.sort((a, b) => a.changed - b.changed)
  }

  #present(message: Message): boolean {
    if (message.deletedAt) return false
    return !message.targeted || this.clock.now().getTime() - Date.parse(message.at) < day
  }

  #note(message: Message, change: Message['change'], only?: string): number {
    message.changed = this.next()
    message.change = change
    this.state.changed()
    this.feed.emit({ kind: change, sequence: message.changed, message, ...(only ? { only } : {}) })
    return message.changed
  }

  #forget(place: string): void {
    const here = this.state.value.messages.filter((message) => message.place === place)
    if (here.length <= kept) return
    const oldest = here.reduce((a, b) => (a.changed <= b.changed ? a : b))
    this.state.value.messages.splice(this.state.value.messages.indexOf(oldest), 1)
  }
}

/** Targeted messages are seen by one person only. */
export const visibleTo = (message: Message, person: string): boolean =>
  message.targeted === undefined || message.targeted === person
