import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import { visibleTo } from '../history.js'
import type { Message } from '../model.js'
import { Refusal } from '../refusal.js'

/** Finds who and what a wish of the local client names, or refuses it with a sentence. */
export class People {
  constructor(private readonly context: TeamsContext) {}

  account(id: unknown): Account {
    if (typeof id !== 'string' || !id)
      throw new Refusal(400, 'Say who acts: `as` is a person id such as those of GET /local/people.')
    const account = this.context.directory.account(id)
    if (!account) throw new Refusal(404, `Nobody here is '${id}'. GET /local/people lists everybody.`)
    return account
  }

  /** A place that the person may be in: any channel, and their own chat with the bot. */
  place(id: unknown, person: Account): Place {
    const place = this.anyPlace(id)
    if (place.kind === 'personal' && place.person !== person.id)
      throw new Refusal(404, `'${place.id}' is not ${person.name}'s chat; theirs is 'personal/${person.id}'.`)
    return place
  }

  anyPlace(id: unknown): Place {
    if (typeof id !== 'string' || !id)
      throw new Refusal(400, 'Say where: `where` is a place id such as those of GET /local/places.')
    const place = this.context.directory.place(id)
    if (!place) throw new Refusal(404, `There is no place '${id}'. GET /local/places lists all of them.`)
    return place
  }

  /** A message that the person can see, with its place. */
  message(id: unknown, person: Account): { message: Message; place: Place } {
    if (typeof id !== 'string' || !id)
      throw new Refusal(400, 'Say which message: `message` is an id of GET /local/messages.')
    const message = this.context.history.find(id)
    const place = message && this.context.directory.place(message.place)
    const seen = message && visibleTo(message, person.id) && (!place?.person || place.person === person.id)
    if (!message || !place || !seen)
      throw new Refusal(404, `${person.name} sees no message '${id}'. It may have been deleted.`)
    return { message, place }
  }
}
