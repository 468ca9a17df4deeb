import { avatar } from '../avatar.js'
import { fill, h } from '../dom.js'
import type { Offer } from './offers.js'

let pickers = 0

/** A list above the box, moved through with the arrow keys while the focus stays in the box. */
export class Picker {
  readonly element: HTMLElement
  readonly #id = `picker-${++pickers}`
  #offers: Offer[] = []
  #at = 0

  constructor(
    private readonly box: HTMLElement,
    private readonly choose: (offer: Offer) => void,
  ) {
    this.element = h('div', { class: 'picker', role: 'listbox', id: this.#id, hidden: true })
    box.setAttribute('aria-autocomplete', 'list')
    box.setAttribute('aria-controls', this.#id)
  }

  get isOpen(): boolean {
    return !this.element.hidden
  }

  show(offers: Offer[], label: string): void {
    if (JSON.stringify(offers) !== JSON.stringify(this.#offers)) this.#at = 0
    this.#offers = offers
    this.element.hidden = offers.length === 0
    this.element.setAttribute('aria-label', label)
    fill(
      this.element,
      offers.map((offer, index) => this.#line(offer, index)),
    )
    this.#mark()
  }

  close(): void {
    this.show([], '')
    this.box.removeAttribute('aria-activedescendant')
  }

  /** Takes a key while it is open; true where it was meant for the list. */
  take(event: KeyboardEvent): boolean {
    if (!this.isOpen) return false
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      this.#at = (this.#at + step + this.#offers.length) % this.#offers.length
      this.#mark()
    } else if (event.key === 'Enter' || event.key === 'Tab') this.#take(this.#at)
    else if (event.key === 'Escape') this.close()
    else return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }

  #take(index: number): void {
    const offer = this.#offers[index]
    this.close()
    if (offer) this.choose(offer)
  }

  #line({ title, detail, author }: Offer, index: number): HTMLElement {
    return h(
      'div',
      {
        class: 'offer',
        role: 'option',
        id: `${this.#id}-${index}`,
        // The focus stays in the box.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#take(index),
      },
      author && avatar(author, 24),
      h('span', { class: 'offer-title' }, title),
      h('span', { class: 'offer-detail' }, detail),
    )
  }

  #mark(): void {
    for (const [index, line] of [...this.element.children].entries()) {
      line.setAttribute('aria-selected', String(index === this.#at))
      if (index === this.#at) line.scrollIntoView({ block: 'nearest' })
    }
    if (this.isOpen) this.box.setAttribute('aria-activedescendant', `${this.#id}-${this.#at}`)
  }
}
