import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import { Clicks } from './clicks.js'
import { Dialogs } from './dialogs.js'
import { Extensions } from './extensions.js'
import { Installs } from './installs.js'
import { People } from './people.js'
import { Refresher } from './refresh.js'
import { Speech } from './speech.js'

/** The Teams client of everybody in the organisation: what they can do, and what is open in front of them. */
export class Client {
  readonly people: People
  readonly speech: Speech
  readonly clicks: Clicks
  readonly extensions: Extensions
  readonly installs: Installs
  readonly refresher: Refresher

  constructor(private readonly context: TeamsContext) {
    const dialogs = new Dialogs()
    this.people = new People(context)
    this.speech = new Speech(context)
    this.clicks = new Clicks(context, this.speech, dialogs)
    this.extensions = new Extensions(context, dialogs)
    this.installs = new Installs(context)
    this.refresher = new Refresher(context)
  }

  /** Others see that a person types; Teams does not tell bots. */
  type(person: Account, place: Place): void {
    this.context.feed.emit({ kind: 'typing', place: place.id, from: person.id })
  }
}
