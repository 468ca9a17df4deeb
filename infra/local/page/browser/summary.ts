import type { Message, Place } from './contract.js'
import { plainText } from './text.js'

/** What a place is called: a chat by whom it is with, which is always Nexus. */
export const placeTitle = (place: Place): string => (place.kind === 'personal' ? 'Nexus' : place.name)

/** A message in one line, for lists: its words, else what a notification says of it. */
export const lineOf = ({ text, summary, cards }: Pick<Message, 'text' | 'summary' | 'cards'>): string =>
  plainText(text).replace(/\s+/g, ' ').trim() || summary || (cards.length ? 'Sent a card' : '')
