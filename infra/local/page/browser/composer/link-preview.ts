import { cardView } from '../card/card-view.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'

/** Shows what the app knows of a link in the box (link unfurling); links it does not know show nothing. */
export class LinkPreview {
  readonly element = h('div', { class: 'link-preview', hidden: true })
  #link: string | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly session: Session,
    private readonly where: string,
  ) {}

  /** Looks at the words as they are now; asks a little after the last change. */
  watch(text: string): void {
    const link = /https?:\/\/[^\s<>"']+/.exec(text)?.[0]
    if (link === this.#link) return
    this.#link = link
    clearTimeout(this.#timer)
    this.#hide()
    if (link !== undefined) this.#timer = setTimeout(() => void this.#ask(link), 400)
  }

  async #ask(link: string): Promise<void> {
    // The service refuses links that the app's manifest does not name: there is no preview of those.
    const answer = await this.session.service.unfurl(this.where, link).catch(() => undefined)
    const card = answer?.card ?? answer?.results?.[0]?.card
    if (!card || link !== this.#link) return
    const drop = h(
      'button',
      { class: 'icon-button', type: 'button', 'aria-label': 'Hide the preview', onclick: () => this.#hide() },
      icon('close', 16),
    )
    fill(
      this.element,
      cardView(card, this.session.reader, async () => ({ error: 'Send the message first.' })),
      drop,
    )
    this.element.hidden = false
  }

  #hide(): void {
    this.element.hidden = true
    fill(this.element)
  }
}
