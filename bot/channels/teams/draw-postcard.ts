import { CardFactory } from 'botbuilder'
import { renderCard } from '../../../cards/render.js'
import { plainWriter } from '../../../cards/spans.js'
import { english } from '../../../cards/words.js'
import type { Postcard } from '../../hub/compose-box/postcard.js'
import type { DrawnPostcard } from './answer-compose.js'

/** Newest schema of Adaptive Cards that Teams draws for a link (Microsoft, "Add link unfurling"); a postcard has nothing beyond it. */
const version = '1.3'
const longestLine = 200

/** A postcard as a message extension gives it: its card, and the line by which people pick it. */
export function drawPostcard({ title, detail, card }: Postcard, now: string, zone: string): DrawnPostcard {
  const write = plainWriter({ now, words: english, zone })
  const preview = CardFactory.thumbnailCard(write(title, longestLine))
  return {
    ...CardFactory.adaptiveCard({ ...renderCard(card, { now }), version }),
    preview: { ...preview, content: { ...(preview.content as object), text: write(detail, longestLine) } },
  }
}
