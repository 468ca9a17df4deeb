import type { Place } from './contract.js'
import { plainText } from './text.js'

/** What a place is called: a chat by whom it is with, which is always Nexus. */
export const placeTitle = (place: Place): string => (place.kind === 'personal' ? 'Nexus' : place.name)

/** A message in one line, for lists. */
export const lineOf = (text: string, hasCard: boolean): string =>
  plainText(text).replace(/\s+/g, ' ').trim() || (hasCard ? 'Sent a card' : '')
