import { cardView } from '../card/card-view.js'
import type { Json } from '../contract.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'

/** A link in the box, and what the app knows of it: undefined while it is asked, null where it knows nothing or is not to be shown. */
interface Asked {
  link: string
  card: Json | null | undefined
  answer: Promise<void>
}

/** Teams asks a little after the last change of a link. */
const pauseMs = 400

/** The cards that go out with a message: those that were inserted, and the card of a link in it (link unfurling). */
export class Enclosures {
  readonly element = h('div', { class: 'enclosures', hidden: true })
  #inserted: Json[] = []
  #asked: Asked | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param changed told when there is another card, or one fewer */
  constructor(
    private readonly session: Session,
    private readonly where: string,
    private readonly changed: () => void,
  ) {}

  get isEmpty(): boolean {
    return !this.#inserted.length && !this.#asked?.card
  }

  /** Puts a card into the message. */
  put(card: Json): void {
    this.#inserted.push(card)
    this.#draw()
  }

  /** Looks at the words as they are now, and asks about a link in them. */
  watch(text: string): void {
    const link = linkIn(text)
    if (link === this.#asked?.link) return
    clearTimeout(this.#timer)
    this.#asked = undefined
    this.#draw()
    if (link !== undefined) this.#timer = setTimeout(() => this.#ask(link), pauseMs)
  }

  /** The cards to send with a text; a link in it that was not asked about yet is asked about first. */
  async cards(text: string): Promise<Json[]> {
    clearTimeout(this.#timer)
    const link = linkIn(text)
    if (link !== undefined && link !== this.#asked?.link) this.#ask(link)
    await this.#asked?.answer
    return [...this.#inserted, ...(this.#asked?.card ? [this.#asked.card] : [])]
  }

  /** What was enclosed is sent. */
  clear(): void {
    clearTimeout(this.#timer)
    this.#inserted = []
    this.#asked = undefined
    this.#draw()
  }

  #ask(link: string): void {
    const asked: Asked = { link, card: undefined, answer: Promise.resolve() }
    this.#asked = asked
    // The service refuses links that the app's manifest does not name: there is no card of those.
    asked.answer = this.session.service
      .unfurl(this.where, link)
      .catch(() => undefined)
      .then((answer) => {
        asked.card = answer?.card ?? answer?.results?.[0]?.card ?? null
        if (asked === this.#asked) this.#draw()
      })
  }

  #draw(): void {
    const { card } = this.#asked ?? {}
    fill(
      this.element,
      this.#inserted.map((one) => this.#line(one, () => this.#inserted.splice(this.#inserted.indexOf(one), 1))),
      card && this.#line(card, () => (this.#asked!.card = null)),
    )
    this.element.hidden = this.isEmpty
    this.changed()
  }

  #line(card: Json, remove: () => unknown): HTMLElement {
    const drop = h(
      'button',
      {
        class: 'icon-button',
        type: 'button',
        'aria-label': 'Leave the card out',
        title: 'Leave the card out',
        onclick: () => (remove(), this.#draw()),
      },
      icon('close', 16),
    )
    return h('div', { class: 'enclosure' }, cardView(card, this.session.reader, unsent), drop)
  }
}

const unsent = () => Promise.resolve({ error: 'Send the message first.' })

const linkIn = (text: string): string | undefined =>
  /https?:\/\/[^\s<>"']+/.exec(text)?.[0].replace(/[.,;:!?)\]]+$/, '')
