import { fill, h, type View } from '../dom.js'
import { ask, ServiceError } from '../service.js'

/** An item as the hub tells of it. */
interface Item {
  at: string
  where: string
  what: string
  state: 'queued' | 'unknown' | 'dead'
  attempts: number
  reason?: string
}

const empty = 'The outbox is empty: everything that Nexus had to say unasked has been said.'

/** What waits to go out of Nexus (its outbox), and what it left to people. */
export class OutboxTab implements View<void> {
  readonly #content = h('div', {}, h('p', { class: 'quiet' }, 'Asking the hub…'))
  readonly element = h(
    'div',
    { class: 'pane' },
    h('p', {}, 'Messages that Nexus sends unasked go through its outbox: limited, retried, in order for each thread.'),
    h('button', { type: 'button', onclick: () => void this.#read() }, 'Read again'),
    this.#content,
  )

  /** @param as whose token the hub is asked with */
  constructor(private readonly as: string) {
    void this.#read()
  }

  update(): void {}

  async #read(): Promise<void> {
    try {
      const { items } = await ask<{ items: Item[] }>('GET', `/local/outbox?as=${encodeURIComponent(this.as)}`)
      fill(this.#content, items.length ? tableOf(items) : h('p', { class: 'quiet' }, empty))
    } catch (error) {
      const absent = error instanceof ServiceError && error.status === 404
      const words = absent
        ? 'Not available: this service does not show the outbox of the hub.'
        : (error as Error).message
      fill(this.#content, h('p', { class: absent ? 'quiet' : 'error', role: 'status' }, words))
    }
  }
}

const tableOf = (items: readonly Item[]): HTMLElement =>
  h(
    'table',
    { class: 'outbox' },
    h(
      'tr',
      {},
      ['When', 'Where', 'What', 'State', 'Attempts', 'Last error'].map((title) => h('th', {}, title)),
    ),
    items.map(({ at, where, what, state, attempts, reason }) =>
      h(
        'tr',
        {},
        h('td', {}, h('time', { datetime: at }, new Date(at).toLocaleString())),
        [where, what, state, attempts, reason ?? ''].map((value) => h('td', {}, value)),
      ),
    ),
  )
