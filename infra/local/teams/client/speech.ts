import { adaptiveCard, cardFault } from '../card-check.js'
import { activity, type Origin } from '../channel/activities.js'
import { markMentions } from '../channel/mentions.js'
import type { TeamsContext } from '../context.js'
import type { Account, Place } from '../directory.js'
import type { Attachment, Content, Json, Message } from '../model.js'
import { Refusal } from '../refusal.js'

/** Teams takes about 28 KB of text from a person. */
const longestText = 28 * 1_024
const reactions = ['like', 'heart', 'laugh', 'surprised', 'sad', 'angry']

/** What a person writes. */
export interface Utterance {
  person: Account
  place: Place
  text: string
  /** Adaptive Cards that a message extension gave, to go with it; a message may be nothing but them. */
  cards?: unknown
  /** The message it answers. */
  replyTo?: Message | undefined
}

/** What people do in channels and chats: say, edit, delete, react. */
export class Speech {
  constructor(private readonly context: TeamsContext) {}

  /** Says something; `heard` tells whether it goes to the bot. */
  say({ person, place, text, cards, replyTo }: Utterance): { id: string; heard: boolean } {
    const { context } = this
    const enclosed = enclosedCards(cards)
    if (!enclosed.length || text !== '') this.#check(text)
    if (replyTo && replyTo.place !== place.id)
      throw new Refusal(409, 'The message to reply to stands in another place.')
    if (replyTo?.targeted) throw new Refusal(409, 'A message that only one person sees takes no replies.')
    this.#join(place, person)
    const slash = place.kind === 'channel' && this.#installed(place) && context.manifest.isSlashCommand(text, 'team')
    const marked = markMentions(text, context.directory)
    const root = place.kind === 'channel' && replyTo ? (replyTo.root ?? replyTo.id) : undefined
    const message = context.history.post({
      place: place.id,
      from: person.id,
      content: { ...plain(text, marked.entities), attachments: enclosed },
      ...(root ? { root } : {}),
      ...(slash ? { targeted: person.id } : {}),
    })
    const heard = slash || this.#hears(place, marked.bot)
    if (heard) this.#deliver(message, place, person, { replyToId: replyTo?.id, isTargeted: slash })
    return { id: message.id, heard }
  }

  /** Says what a button says for its person (`imBack`, `messageBack`); the bot always hears it. */
  press(
    person: Account,
    place: Place,
    on: Message,
    shown: string | undefined,
    sent: { text?: string; value?: unknown },
  ): void {
    const root = place.kind === 'channel' ? (on.root ?? on.id) : undefined
    const message = shown
      ? this.context.history.post({
          place: place.id,
          from: person.id,
          content: plain(shown, []),
          ...(root ? { root } : {}),
          ...(on.targeted ? { targeted: on.targeted } : {}),
        })
      : undefined
    const own: Json = { ...sent, replyToId: on.id, ...(sent.text ? { textFormat: 'plain' } : {}) }
    const origin: Origin = { person, place, root }
    this.context.bot.deliver(activity(this.context, origin, 'message', own, message?.id))
  }

  edit(person: Account, place: Place, message: Message, text: string): void {
    this.#own(person, message)
    this.#check(text)
    const marked = markMentions(text, this.context.directory)
    this.context.history.edit(message, plain(text, marked.entities))
    if (message.targeted || this.#hears(place, marked.bot))
      this.#deliver(message, place, person, { type: 'messageUpdate', eventType: 'editMessage' })
  }

  remove(person: Account, place: Place, message: Message): void {
    this.#own(person, message)
    this.context.history.remove(message)
    const mentioned = markMentions(message.content.text, this.context.directory).bot
    if (message.targeted || this.#hears(place, mentioned))
      this.#deliver(message, place, person, { type: 'messageDelete', eventType: 'softDeleteMessage' })
  }

  /** Adds or takes back a reaction; the bot hears of those to its own messages. */
  react(person: Account, place: Place, message: Message, reaction: unknown, remove: boolean): void {
    if (typeof reaction !== 'string' || !reactions.includes(reaction))
      throw new Refusal(400, `\`reaction\` is one of ${reactions.join(', ')}.`)
    if (message.targeted) throw new Refusal(409, 'A message that only one person sees takes no reactions.')
    const changed = this.context.history.react(message, person.id, reaction, remove)
    if (!changed || message.from !== 'bot' || !this.#installed(place)) return
    const what = remove ? 'reactionsRemoved' : 'reactionsAdded'
    const root = place.kind === 'channel' ? (message.root ?? message.id) : undefined
    const own = { [what]: [{ type: reaction }], replyToId: message.id }
    this.context.bot.deliver(activity(this.context, { person, place, root }, 'messageReaction', own))
  }

  #deliver(
    message: Message,
    place: Place,
    person: Account,
    how: { type?: string; eventType?: string; replyToId?: string | undefined; isTargeted?: boolean },
  ): void {
    const root = place.kind === 'channel' ? (message.root ?? message.id) : undefined
    const marked = markMentions(message.content.text, this.context.directory)
    const said = {
      text: marked.text,
      textFormat: 'plain',
      attachments: [{ contentType: 'text/html', content: marked.html }, ...message.content.attachments],
    }
    const own: Json = {
      ...(how.type === 'messageDelete' ? {} : said),
      entities: marked.entities,
      ...(how.eventType ? { channelData: { eventType: how.eventType } } : {}),
      ...(how.isTargeted ? { recipient: { isTargeted: true } } : {}),
      ...(how.replyToId ? { replyToId: how.replyToId } : {}),
    }
    const origin: Origin = { person, place, root }
    this.context.bot.deliver(activity(this.context, origin, how.type ?? 'message', own, message.id))
  }

  #installed = (place: Place): boolean => this.context.membership.isInstalled(place)

  /** In a chat the bot hears all, in a channel what mentions it, and all where the team's owner consented to that. */
  #hears(place: Place, mentioned: boolean): boolean {
    const consent = this.context.membership.install(place)?.consent === true
    return this.#installed(place) && (place.kind === 'personal' || mentioned || consent)
  }

  #join(place: Place, person: Account): void {
    if (!this.context.membership.join(place, person) || !this.#installed(place)) return
    const own = {
      membersAdded: [{ id: person.mri, aadObjectId: person.objectId }],
      channelData: { eventType: 'teamMemberAdded' },
    }
    this.context.bot.deliver(activity(this.context, { person, place }, 'conversationUpdate', own))
  }

  #own(person: Account, message: Message): void {
    if (message.from !== person.id) throw new Refusal(409, `${person.name} can change only messages of their own.`)
  }

  #check(text: unknown): void {
    if (typeof text !== 'string' || !text.trim()) throw new Refusal(400, '`text` is what is said, and not empty.')
    if (Buffer.byteLength(text) > longestText)
      throw new Refusal(
        400,
        `Teams takes at most 28 KB of text; this is ${Math.ceil(Buffer.byteLength(text) / 1_024)} KB.`,
      )
  }
}

/** Most cards that a person can put into one message. */
const mostCards = 5

function enclosedCards(cards: unknown): Attachment[] {
  if (cards === undefined) return []
  if (!Array.isArray(cards) || cards.length > mostCards)
    throw new Refusal(400, `\`cards\` is a list of at most ${mostCards} Adaptive Cards.`)
  return cards.map((content: unknown) => {
    const fault = cardFault(content)
    if (fault) throw new Refusal(400, `Teams would refuse a card of the message: ${fault}.`)
    return { contentType: adaptiveCard, content }
  })
}

const plain = (text: string, entities: Json[]): Content => ({
  text,
  textFormat: 'plain',
  attachments: [],
  entities,
  suggested: [],
  feedback: false,
})
