import type { Person, Place } from '../../skills/kit/model.js'
import type { Hearing } from '../language/understanding.js'

/** Who asks, and where: from the verified activity or token, never from what was said. */
export interface Caller {
  person: Person
  place: Place
  /** Entities mentioned with @. */
  mentions?: Hearing['mentions']
  /** Activity id of the message that is answered, where the channel says so. */
  answers?: string
  /** How it was asked; words unless told. */
  input?: 'click'
  /** Set where the asker alone sees the answer though others are there, as of a slash command in a channel. */
  alone?: true
  /** Set where what comes of it is said by the asker to everyone in the place, so that only what all of them may see is in it. */
  aloud?: true
}
