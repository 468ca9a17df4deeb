import { ActivityTypes, CardFactory, type Activity } from 'botbuilder'
import type { CardData } from '../../../cards/model.js'
import { renderCard } from '../../../cards/render.js'
import type { Words } from '../../../cards/words.js'

/** A message activity with a card; its summary is what a lock screen and a notification show. */
export const drawActivity = (card: CardData, headline: string, now: string, words?: Words): Partial<Activity> => ({
  type: ActivityTypes.Message,
  summary: headline,
  attachments: [CardFactory.adaptiveCard(renderCard(card, { now, ...(words && { words }) }))],
})
