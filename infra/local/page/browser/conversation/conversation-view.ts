import { avatar } from '../avatar.js'
import { Composer } from '../composer/composer.js'
import type { Place } from '../contract.js'
import { fill, h, whenChanged } from '../dom.js'
import { icon } from '../icons.js'
import { hashOf } from '../route.js'
import type { Session } from '../session.js'
import { backButton } from '../shell/back-button.js'
import { moreButton, openMenu } from '../shell/menu.js'
import { placeTitle } from '../summary.js'
import { FeedView } from './feed-view.js'

/** One channel or chat: its head, its messages, who types, and the box to write in. */
export class ConversationView {
  readonly element: HTMLElement
  readonly #feed: FeedView
  readonly #composer: Composer
  readonly #typing = h('div', { class: 'typing', role: 'status' })
  readonly #suggested = h('div', { class: 'suggested' })
  readonly #jump: HTMLButtonElement
  readonly #drawTyping: (version: string) => void
  readonly #drawSuggested: (version: string) => void
  #newest: string | undefined

  constructor(
    private readonly session: Session,
    readonly place: Place,
  ) {
    const isChannel = place.kind === 'channel'
    this.#feed = new FeedView(session, place.id, isChannel)
    this.#composer = new Composer(session, place.id, {
      placeholder: isChannel ? 'Start a new post. Type @ to mention Nexus' : 'Type a message',
    })
    this.#jump = h(
      'button',
      { class: 'jump', type: 'button', hidden: true, onclick: () => this.#toNewest() },
      icon('down', 16),
      'New messages',
    )
    this.element = h(
      'section',
      { class: 'conversation', 'aria-label': placeTitle(place) },
      this.#head(),
      h('div', { class: 'feed-frame' }, this.#feed.element, this.#jump),
      h('div', { class: 'foot-frame' }, this.#typing, this.#suggested, this.#composer.element),
    )
    this.#drawTyping = whenChanged(() => this.#showTyping())
    this.#drawSuggested = whenChanged(() => this.#showSuggested())
    this.#feed.element.addEventListener('scroll', () => this.#seen(), { passive: true })
    this.#newest = session.last(place.id)?.id
  }

  /** Brings everything up to date. */
  update(): void {
    const { session, place } = this
    this.#feed.update()
    const newest = session.last(place.id)
    if (newest && newest.id !== this.#newest) {
      this.#newest = newest.id
      if (newest.from.id === session.me.id && newest.replyTo === undefined) this.#feed.toEnd()
      else this.#jump.hidden = this.#isInSight(newest.id)
    }
    if (document.hasFocus()) session.markRead(place.id)
    this.#drawTyping(JSON.stringify(this.#typers()))
    this.#drawSuggested(JSON.stringify(newest?.suggested ?? []))
  }

  /** Shows a message of the place, or its end. */
  reveal(message: string | undefined): void {
    if (message === undefined || !this.#feed.reveal(message)) this.#feed.toEnd()
  }

  focus = (): void => this.#composer.focus()

  #head(): HTMLElement {
    const { place } = this
    const isChannel = place.kind === 'channel'
    const back = backButton(this.session)
    const more = moreButton((anchor) => this.#openMenu(anchor))
    const picture = isChannel
      ? h('span', { class: 'place-mark', 'aria-hidden': 'true' }, '#')
      : avatar({ id: 'nexus', name: 'Nexus', bot: true }, 32)
    const under = isChannel ? place.team : 'App'
    return h(
      'header',
      { class: 'place-head' },
      back,
      picture,
      h('div', { class: 'place-title' }, h('h1', {}, placeTitle(place)), under && h('span', {}, under)),
      h('span', { class: 'tab', 'aria-hidden': 'true' }, isChannel ? 'Posts' : 'Chat'),
      more,
    )
  }

  #openMenu(anchor: HTMLElement): void {
    const { session, place } = this
    const installed = place.installed !== false
    const what = place.kind === 'channel' ? 'this team' : 'your chats'
    openMenu(anchor, [
      {
        title: 'Copy link',
        icon: 'link',
        run: () =>
          void navigator.clipboard.writeText(`${location.origin}/${hashOf({ view: 'place', where: place.id })}`),
      },
      {
        title: installed ? `Remove Nexus from ${what}` : `Add Nexus to ${what}`,
        icon: 'app',
        run: () => void session.attempt(() => session.setInstalled(place.id, !installed)),
      },
      ...(place.kind === 'channel' && installed
        ? [
            {
              title: place.consent ? 'Send Nexus mentions only' : 'Send Nexus every message of this team',
              icon: 'eye' as const,
              run: () => void session.attempt(() => session.setInstalled(place.id, true, !place.consent)),
            },
          ]
        : []),
    ])
  }

  #typers(): string[] {
    return [...new Set(this.session.typing.filter(({ where }) => where === this.place.id).map(({ name }) => name))]
  }

  #showTyping(): void {
    const names = this.#typers()
    const words =
      names.length > 1
        ? `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''} are typing`
        : `${names[0] ?? ''} is typing`
    fill(
      this.#typing,
      names.length > 0 && [h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), words],
    )
  }

  /** The bot's suggested answers, under its newest message. */
  #showSuggested(): void {
    const { session, place } = this
    const message = session.last(place.id)
    const press = (title: string) =>
      void session.attempt(async () => message && session.service.click(message.id, title, 0, {}))
    const buttons = (message?.suggested ?? []).map((title) =>
      h('button', { type: 'button', onclick: () => press(title) }, title),
    )
    fill(this.#suggested, buttons)
  }

  #isInSight(id: string): boolean {
    const at = this.#feed.element.querySelector(`[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect()
    const frame = this.#feed.element.getBoundingClientRect()
    return at !== undefined && at.top < frame.bottom - 24 && at.bottom > frame.top
  }

  #seen(): void {
    if (this.#newest !== undefined && this.#isInSight(this.#newest)) this.#jump.hidden = true
  }

  #toNewest(): void {
    this.#jump.hidden = true
    this.reveal(this.#newest)
  }
}
