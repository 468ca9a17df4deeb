import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { go, type Route } from '../route.js'
import type { Session } from '../session.js'
import { lineOf, placeTitle } from '../summary.js'
import { listTime } from '../time.js'

interface Hit {
  title: string
  detail: string
  route: Route
}

/** The box at the top: finds places and what was said in them. Ctrl+E goes there, as in Teams. */
export class SearchBox {
  readonly element: HTMLElement
  readonly #input: HTMLInputElement
  readonly #hits = h('div', { class: 'hits', role: 'listbox', id: 'hits', 'aria-label': 'Found', hidden: true })
  #found: Hit[] = []
  #at = 0

  constructor(private readonly session: Session) {
    this.#input = h('input', {
      type: 'search',
      role: 'combobox',
      placeholder: 'Search (Ctrl+E)',
      'aria-label': 'Search',
      'aria-controls': 'hits',
      'aria-expanded': 'false',
      autocomplete: 'off',
    })
    this.#input.addEventListener('input', () => this.#search())
    this.#input.addEventListener('focus', () => this.#search())
    this.#input.addEventListener('blur', () => this.#show([]))
    this.#input.addEventListener('keydown', (event) => this.#key(event))
    this.element = h('div', { class: 'search-box', role: 'search' }, icon('search', 16), this.#input, this.#hits)
  }

  focus = (): void => this.#input.focus()

  #search(): void {
    const words = this.#input.value.trim().toLowerCase()
    if (words.length < 2) return this.#show([])
    const { places, reader } = this.session
    const named = places
      .filter((place) => `${placeTitle(place)} ${place.team ?? ''}`.toLowerCase().includes(words))
      .map((place): Hit => ({
        title: placeTitle(place),
        detail: place.team ?? 'Chat',
        route: { view: 'place', where: place.id },
      }))
    const said = places.flatMap((place) =>
      this.session
        .messages(place.id)
        .filter(({ text }) => text.toLowerCase().includes(words))
        .map((message) => ({ message, place })),
    )
    const newest = said.sort((a, b) => Date.parse(b.message.at) - Date.parse(a.message.at)).slice(0, 10)
    const messages = newest.map(({ message, place }): Hit => ({
      title: lineOf(message),
      detail: `${message.from.name} in ${placeTitle(place)}, ${listTime(message.at, reader)}`,
      route: { view: 'place', where: place.id, message: message.id },
    }))
    this.#show([...named.slice(0, 6), ...messages])
  }

  #show(found: Hit[]): void {
    this.#found = found
    this.#at = 0
    this.#hits.hidden = found.length === 0
    this.#input.setAttribute('aria-expanded', String(found.length > 0))
    const line = ({ title, detail }: Hit, index: number) =>
      h(
        'div',
        {
          class: 'offer',
          role: 'option',
          id: `hit-${index}`,
          onmousedown: (event) => event.preventDefault(),
          onclick: () => this.#take(index),
        },
        h('span', { class: 'offer-title' }, title),
        h('span', { class: 'offer-detail' }, detail),
      )
    fill(this.#hits, found.map(line))
    this.#mark()
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') this.#input.blur()
    if (event.key === 'Enter') this.#take(this.#at)
    if (step === undefined || !this.#found.length) return
    event.preventDefault()
    this.#at = (this.#at + step + this.#found.length) % this.#found.length
    this.#mark()
  }

  #take(index: number): void {
    const hit = this.#found[index]
    if (!hit) return
    this.#input.value = ''
    this.#input.blur()
    go(hit.route)
  }

  #mark(): void {
    for (const [index, line] of [...this.#hits.children].entries())
      line.setAttribute('aria-selected', String(index === this.#at))
    if (this.#found.length) this.#input.setAttribute('aria-activedescendant', `hit-${this.#at}`)
    else this.#input.removeAttribute('aria-activedescendant')
  }
}
