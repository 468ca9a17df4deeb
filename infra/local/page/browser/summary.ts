import type { Message, Place } from './contract.js'
import { plainText } from './text.js'

/** What a place is called: a chat by whom it is with, which is always Nexus. */
export const placeTitle = (place: Place): string => (place.kind === 'personal' ? 'Nexus' : place.name)

/** The same where channels of several teams stand together: every team has a General. */
export const placeInTeam = (place: Place): string =>
  place.kind === 'channel' && place.team ? `${place.name} · ${place.team}` : placeTitle(place)

/** A message in one line, for lists: its words, else what a notification says of it. */
export const lineOf = ({ text, summary, cards }: Pick<Message, 'text' | 'summary' | 'cards'>): string =>
  plainText(text).replace(/\s+/g, ' ').trim() || summary || (cards.length ? 'Sent a card' : '')
