import type { Json } from './actions.js'
import { limits, shares, sizeOf } from './limits.js'
import type { CardData, Instant } from './model.js'
import { fill } from './templates.js'
import { viewOf } from './view.js'
import { english, type Words } from './words.js'

/** An Adaptive Card of schema 1.5, ready to be attached as `application/vnd.microsoft.card.adaptive`. */
export type AdaptiveCard = { [key: string]: Json }

/**
 * Draws card data. `now` is what ages are counted from; times of day stay functions that each reader's client fills in. The card
 * always has a `fallbackText` and is at most 24 KB: what holds too much is shortened by the rule in limits.ts and says so.
 * @throws TypeError for a button whose id is not opaque, RangeError for a form that no card can hold.
 */
export function renderCard(data: CardData, at: { now: Instant; words?: Words }): AdaptiveCard {
  const context = { now: at.now, words: at.words ?? english }
  for (const share of shares) {
    const card = fill(viewOf(data, context, share))
    if (sizeOf(card) <= limits.bytes) return card
  }
  throw new RangeError(
    `The form "${data.title}" does not fit a card of ${limits.bytes} bytes; ask in two steps, or search for choices.`,
  )
}
