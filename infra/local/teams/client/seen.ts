import { adaptiveCard, isObject } from '../card-check.js'
import type { Directory } from '../directory.js'
import type { Attachment, Json, Message } from '../model.js'

/** A message as one person sees it; what `/local/messages` and the event stream give. */
export interface SeenMessage {
  id: string
  where: string
  /** Id of the message that opened the thread; null for a thread's first message and in chats. */
  replyTo: string | null
  /** Id of the message that it answers, where the bot said so; null otherwise. */
  answers: string | null
  from: { id: string; name: string; bot: boolean }
  text: string
  textFormat: string
  /** The first card, as this person sees it; null without one. */
  card: Json | null
  /** All cards, where there are several. */
  cards: Json[]
  /** Attachments that are no Adaptive Cards. */
  attachments: Attachment[]
  /** Mentions, AI label and citations. */
  entities: Json[]
  suggested: { title: string; value?: unknown }[]
  /** Thumbs up and down are offered. */
  feedback: boolean
  summary: string | null
  importance: string | null
  at: string
  editedAt: string | null
  /** Only this person sees it ("Only you can see this message"). */
  targeted: boolean
  /** The card is this person's own view of it. */
  ownView: boolean
  /** The card can be refreshed by hand. */
  refreshable: boolean
  reactions: { reaction: string; people: string[] }[]
}

const cardsOf = (message: Message): Json[] =>
  message.content.attachments
    .filter((attachment) => attachment.contentType === adaptiveCard)
    .map((attachment) => attachment.content)
    .filter(isObject)

/** Cards of a message as a person sees them: their own view where they have one of this version, else the base cards. */
export function cardsFor(message: Message, person: string): { cards: Json[]; own: boolean } {
  const view = message.views[person]
  if (!view || view.version !== message.version) return { cards: cardsOf(message), own: false }
  return { cards: [view.card, ...cardsOf(message).slice(1)], own: true }
}

/** The card of a message with a `refresh` action, which is what user-specific views come from. */
export const refreshOf = (message: Message): Json | undefined => {
  const refresh = cardsOf(message)[0]?.['refresh']
  return isObject(refresh) && isObject(refresh['action']) ? refresh : undefined
}

/** Draws up a message for one person. */
export function seenBy(message: Message, person: string, directory: Directory): SeenMessage {
  const { cards, own } = cardsFor(message, person)
  const { content } = message
  const bot = message.from === 'bot'
  return {
    id: message.id,
    where: message.place,
    replyTo: message.root ?? null,
    answers: message.answers ?? null,
    from: bot
      ? { id: 'bot', name: directory.bot.name, bot }
      : { id: message.from, name: directory.account(message.from)?.name ?? message.from, bot },
    // A card without words is read by what a notification says of it; whoever draws the card leaves that out.
    text: content.text || content.summary || '',
    textFormat: content.textFormat,
    card: cards[0] ?? null,
    cards,
    attachments: content.attachments.filter(({ contentType }) => contentType !== adaptiveCard),
    entities: content.entities,
    suggested: content.suggested,
    feedback: content.feedback,
    summary: content.summary ?? null,
    importance: content.importance ?? null,
    at: message.at,
    editedAt: message.editedAt ?? null,
    targeted: message.targeted !== undefined,
    ownView: own,
    refreshable: refreshOf(message) !== undefined,
    reactions: Object.entries(message.reactions).map(([reaction, people]) => ({ reaction, people })),
  }
}
