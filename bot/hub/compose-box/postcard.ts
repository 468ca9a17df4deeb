import type { CardData, Span, Text } from '../../../cards/model.js'
import type { Entity, Instant } from '../../../skills/kit/model.js'
import type { Reply } from '../../../skills/kit/reply.js'

/** What a person may put into a message of theirs: a line to pick it by, and the card that goes into the message. */
export interface Postcard {
  title: Text
  detail?: Text
  card: CardData
}

/** Properties that hold the address of a thing's own page, the likeliest first. */
const pages = ['url', 'pagerUrl'] as const

/**
 * A card as it goes into somebody's message, where everyone reads it for as long as the message stands: how the thing stood at a moment, with no
 * buttons, since they would be pressed in the name of whoever comes by, and with people named, since a message of another's must not call them.
 */
export function postcardOf({ card, text, sources = [] }: Reply, entity: Entity, now: Instant): CardData {
  const page = pages.map((name) => entity.props[name]).find((value) => typeof value === 'string')
  const names = sources.map(({ name }) => name).join(', ')
  const { state, icon, topic, title } = card ?? { state: 'emphasis', topic: entity.kind, title: entity.name }
  return {
    ...{ state, topic, title, ...(icon && { icon }) },
    ...(card?.status !== undefined && { status: still(card.status) }),
    sentence: still(card?.sentence ?? (card ? undefined : text)),
    ...(card?.facts && { facts: card.facts.map(({ label, value }) => ({ label, value: still(value) ?? '' })) }),
    sections: [{ kind: 'text', text: [`${names ? `${names} · ` : ''}as of `, { date: now }, ' ', { time: now }] }],
    ...(page !== undefined && { buttons: [{ kind: 'open-url', title: `Open ${entity.name}`, url: page as string }] }),
  }
}

/** A text without what would call people. */
const still = (text: Text | undefined): Text | undefined =>
  typeof text === 'object'
    ? text.map((span): Span => (typeof span === 'object' && 'mention' in span ? span.mention : span))
    : text
