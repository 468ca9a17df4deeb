import { avatar } from '../avatar.js'
import { cardView, type Press } from '../card/card-view.js'
import type { Message } from '../contract.js'
import { fill, h, whenChanged, type View } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'
import { openDialog } from '../shell/dialog.js'
import { isWebLink, messageText, plainText } from '../text.js'
import { currentTheme } from '../theme.js'
import { dayOf, fullTime, messageTime } from '../time.js'
import { editForm } from './edit-form.js'
import { aiLabel, citationList, feedbackRow } from './feedback.js'
import { reactionRow } from './reactions.js'
import { messageToolbar } from './toolbar.js'

/** A message as it stands in its place. */
export interface ShownMessage {
  message: Message
  /** It follows one of the same person within minutes: no head of its own. */
  follows?: boolean
}

/** Draws one message, and again only when it has changed. */
export class MessageView implements View<ShownMessage> {
  readonly element: HTMLElement
  #shown: ShownMessage
  readonly #draw: (version: string) => void

  /** @param form `post` opens a thread, `reply` stands in one, `bubble` in a chat. */
  constructor(
    private readonly session: Session,
    private readonly where: string,
    form: 'post' | 'reply' | 'bubble',
    shown: ShownMessage,
  ) {
    this.#shown = shown
    const own = shown.message.from.id === session.me.id
    this.element = h('article', {
      class: `message ${form}${own ? ' own' : ''}`,
      tabindex: -1,
      'data-id': shown.message.id,
    })
    this.#draw = whenChanged(() => this.#drawNow())
    this.update(shown)
  }

  update(shown: ShownMessage): void {
    this.#shown = shown
    const today = dayOf(new Date().toISOString(), this.session.reader)
    this.#draw(JSON.stringify([shown, currentTheme(), today]))
  }

  #drawNow(): void {
    const { session, element } = this
    const { message, follows } = this.#shown
    const time = messageTime(message.at, session.reader)
    element.classList.toggle('follows', follows === true)
    element.classList.toggle('mentions-me', this.#mentionsMe())
    element.setAttribute('aria-label', `${message.from.name}, ${time}: ${plainText(message.text).slice(0, 200)}`)
    const toolbar = message.deleted ? undefined : messageToolbar(session, this.where, message, () => this.#edit())
    fill(
      element,
      h('div', { class: 'side' }, avatar(message.from, 32)),
      h('div', { class: 'main' }, this.#head(time), h('div', { class: 'body' }, this.#body(), toolbar), this.#foot()),
    )
  }

  #mentionsMe(): boolean {
    const { names: _, me } = this.session.mentionable
    const { text } = this.#shown.message
    return text.includes(`<at>${me}</at>`) || text.toLowerCase().includes(`@${me.toLowerCase()}`)
  }

  #head(time: string): HTMLElement {
    const { message } = this.#shown
    return h(
      'div',
      { class: 'head' },
      h('span', { class: 'name' }, message.from.name),
      message.from.bot && h('span', { class: 'badge' }, 'App'),
      h('time', { datetime: message.at, title: fullTime(message.at, this.session.reader) }, time),
      message.editedAt !== undefined &&
        h('span', { class: 'edited', title: fullTime(message.editedAt, this.session.reader) }, 'Edited'),
      message.ai && aiLabel(),
    )
  }

  #body(): (Node | undefined | false)[] {
    const { session } = this
    const { message } = this.#shown
    if (message.deleted) return [h('div', { class: 'text deleted' }, 'This message has been deleted.')]
    const counts = new Map<string, number>()
    const urgent = message.importance === 'urgent' || message.importance === 'high'
    return [
      message.private && h('div', { class: 'private' }, icon('eye', 16), 'Only you can see this message'),
      urgent &&
        h('div', { class: 'urgent' }, icon('warning', 16), message.importance === 'urgent' ? 'URGENT' : 'IMPORTANT'),
      message.text !== '' && messageText(message.text, message.markdown, session.mentionable),
      ...message.cards.map((card) => cardView(card, session.reader, (press) => this.#press(press), counts)),
    ]
  }

  #foot(): HTMLElement {
    const { message } = this.#shown
    const thumbs = message.feedback && !message.deleted ? feedbackRow(this.session, message) : undefined
    return h('div', { class: 'foot' }, citationList(message), thumbs, reactionRow(this.session, message))
  }

  async #press({ title, index, inputs }: Press): Promise<{ error?: string; message?: string }> {
    const { session, where } = this
    const { id } = this.#shown.message
    const outcome = await session.service.click(id, title, index, inputs)
    if (outcome.url !== undefined && isWebLink(outcome.url)) window.open(outcome.url, '_blank', 'noopener')
    if (outcome.dialog) openDialog(session, outcome.dialog)
    const now = session.message(where, id)
    if (outcome.card && now) session.put(where, { ...now, cards: [outcome.card, ...now.cards.slice(1)] })
    return outcome
  }

  #edit(): void {
    const { session, element } = this
    const { message } = this.#shown
    const text = element.querySelector('.body > .text')
    text?.replaceWith(
      editForm(
        message.text,
        (changed) => session.service.edit(message.id, changed),
        () => this.#drawNow(),
      ),
    )
    element.querySelector('textarea')?.focus()
  }
}
