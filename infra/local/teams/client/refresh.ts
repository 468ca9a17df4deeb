import type { TeamsContext } from '../context.js'
import { isObject } from '../card-check.js'
import type { Account } from '../directory.js'
import type { Json, Message } from '../model.js'
import { execute, type Outcome } from './card-invokes.js'
import { cardsFor, refreshOf } from './seen.js'

/** Teams refreshes for at most so many people by itself (Microsoft's "user specific views"). */
const mostUsers = 60
/** Messages at the end of a place that a person is taken to look at. */
const inSight = 20
/** How long a reader waits for their own view before they are shown the base card. */
const patienceMs = 3_000
/** A refresh that failed is not tried again before this time. */
const restMs = 10_000

/** Asks the bot for the views that single persons have of a card, when they come to see it. */
export class Refresher {
  readonly #tried = new Map<string, number>()
  readonly #underway = new Map<string, Promise<Outcome>>()
  constructor(private readonly context: TeamsContext) {}

  /** Refreshes for a person what is in sight and has not been since the base card changed; settles when done, or after 3 s. */
  async whatIsSeen(messages: Message[], person: Account): Promise<void> {
    const due = messages.slice(-inSight).filter((message) => this.#isDue(message, person))
    if (!due.length) return
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise((settle) => (timer = setTimeout(settle, patienceMs)))
    await Promise.race([Promise.all(due.map((message) => this.#refresh(message, person, 'automatic'))), patience])
    clearTimeout(timer)
  }

  /** Refreshes one message for a person because they asked for it. */
  byHand = (message: Message, person: Account): Promise<Outcome> => this.#refresh(message, person, 'manual')

  #isDue(message: Message, person: Account): boolean {
    const users = refreshOf(message)?.['userIds']
    if (!Array.isArray(users) || users.length > mostUsers || !users.includes(person.mri)) return false
    if (cardsFor(message, person.id).own) return false
    const tried = this.#tried.get(key(message, person))
    return tried === undefined || performance.now() - tried > restMs
  }

  async #refresh(message: Message, person: Account, trigger: 'manual' | 'automatic'): Promise<Outcome> {
    const which = key(message, person)
    const running = this.#underway.get(which)
    if (running) return running
    const place = this.context.directory.place(message.place)
    const action = refreshOf(message)?.['action']
    if (!place || !isObject(action)) return {}
    const work = execute(this.context, person, message, place, action as Json, trigger)
    this.#underway.set(which, work)
    this.#tried.set(which, performance.now())
    try {
      return await work
    } finally {
      this.#underway.delete(which)
    }
  }
}

const key = (message: Message, person: Account) => `${message.id}/${message.version}/${person.id}`
