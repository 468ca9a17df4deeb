import type { WireEntry } from '../../../frame/wire-entry.js'
import { isObject } from '../contract.js'
import { fill, h, KeyedList, type View } from '../dom.js'
import { ask } from '../service.js'
import type { Session } from '../session.js'
import { timeOf } from '../time.js'
import { jsonTree } from './json-tree.js'

/** Activities between Teams and the bot as they go over the wire, newest first; a click shows one whole. */
export class WireTab implements View<void> {
  readonly element: HTMLElement
  readonly #rows = h('div', { class: 'wire-rows', role: 'listbox', 'aria-label': 'Activities' })
  readonly #detail = h(
    'div',
    { class: 'wire-detail' },
    h('p', { class: 'quiet' }, 'Choose an activity to see it whole.'),
  )
  readonly #list: KeyedList<WireEntry>
  #chosen: number | undefined

  constructor(private readonly session: Session) {
    this.#list = new KeyedList(
      this.#rows,
      ({ id }) => String(id),
      (entry) => this.#row(entry),
    )
    this.element = h('div', { class: 'wire' }, this.#rows, this.#detail)
    void this.#readEarlier()
  }

  update(): void {
    this.#list.update([...this.session.wire].reverse())
    if (!this.session.wire.length)
      fill(this.#rows, h('p', { class: 'quiet' }, 'Nothing went over the wire yet. Say something to Nexus.'))
    else this.#rows.querySelector(':scope > p')?.remove()
  }

  async #readEarlier(): Promise<void> {
    await this.session.attempt(async () => {
      const all = await ask<WireEntry[]>('GET', '/local/wire')
      const known = new Set(all.map(({ id }) => id))
      this.session.wire = [...all, ...this.session.wire.filter(({ id }) => !known.has(id))]
      this.update()
    })
  }

  #row(entry: WireEntry): View<WireEntry> {
    const good = entry.status >= 200 && entry.status < 300
    const element = h(
      'button',
      {
        class: 'wire-row',
        type: 'button',
        role: 'option',
        'aria-selected': 'false',
        onclick: () => this.#choose(entry, element),
      },
      h('time', {}, timeOf(entry.at, this.session.reader)),
      h(
        'span',
        { class: `direction ${entry.direction}` },
        entry.direction === 'to-bot' ? 'to the bot' : 'from the bot',
      ),
      h('span', { class: 'what' }, whatOf(entry)),
      h('span', { class: good ? 'status' : 'status bad' }, entry.status || 'no answer'),
      h('span', { class: 'quiet' }, `${Math.round(entry.ms)} ms`),
    )
    return { element, update: () => element.setAttribute('aria-selected', String(entry.id === this.#chosen)) }
  }

  #choose(entry: WireEntry, row: HTMLElement): void {
    this.#chosen = entry.id
    this.#rows.querySelector('[aria-selected="true"]')?.setAttribute('aria-selected', 'false')
    row.setAttribute('aria-selected', 'true')
    fill(
      this.#detail,
      h('h3', {}, `${entry.method} ${entry.path}`),
      h('p', { class: 'quiet' }, `${entry.at} · ${entry.status || 'no answer'} · ${Math.round(entry.ms)} ms`),
      h('h4', {}, 'Sent'),
      jsonTree(entry.body),
      entry.answer !== undefined && h('h4', {}, 'Answer'),
      entry.answer !== undefined && jsonTree(entry.answer),
    )
  }
}

/** What an exchange is, in few words: `message "who's on call"`, `invoke adaptiveCard/action`. */
function whatOf({ body, method, path }: WireEntry): string {
  if (!isObject(body) || typeof body['type'] !== 'string') return `${method} ${path}`
  const said = typeof body['text'] === 'string' ? body['text'].replace(/<[^>]*>|&nbsp;/g, ' ').trim() : ''
  const edit = method === 'PUT' ? 'edit of a ' : ''
  return `${edit}${body['type']} ${typeof body['name'] === 'string' ? body['name'] : said ? `“${said.slice(0, 80)}”` : ''}`
}
