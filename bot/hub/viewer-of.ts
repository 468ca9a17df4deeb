import type { Person, Place } from '../../skills/kit/model.js'
import type { Caller } from './caller.js'

/** Who reads an answer: whoever pressed a button or asked alone, and everyone in a channel or a group, or of a message that the asker writes. */
export const viewerOf = ({ person, place, input, aloud }: Caller): Person | 'everyone' =>
  !aloud && (input === 'click' || place.kind === 'personal' || place.kind === 'terminal') ? person : 'everyone'

/** Where somebody looks who is nowhere in particular: drawing a record asks for a person only. */
export const nowhere: Place = { kind: 'personal', id: 'nowhere' }
