import { fill, h, type View } from '../dom.js'
import { ask, ServiceError } from '../service.js'
import { jsonTree } from './json-tree.js'

/** What waits to go out of Nexus (its outbox); a tenant that cannot ask the hub says so. */
export class OutboxTab implements View<void> {
  readonly #content = h('div', {}, h('p', { class: 'quiet' }, 'Asking the hub…'))
  readonly element = h(
    'div',
    { class: 'pane' },
    h('p', {}, 'Messages that Nexus sends unasked go through its outbox: limited, retried, in order for each thread.'),
    h('button', { type: 'button', onclick: () => void this.#read() }, 'Read again'),
    this.#content,
  )

  constructor() {
    void this.#read()
  }

  update(): void {}

  async #read(): Promise<void> {
    try {
      const outbox = await ask<unknown>('GET', '/local/outbox')
      const isEmpty = Array.isArray(outbox) && outbox.length === 0
      fill(this.#content, isEmpty ? h('p', { class: 'quiet' }, 'The outbox is empty.') : jsonTree(outbox))
    } catch (error) {
      const absent = error instanceof ServiceError && error.status === 404
      const words = absent
        ? 'Not available: this service does not show the outbox of the hub.'
        : (error as Error).message
      fill(this.#content, h('p', { class: absent ? 'quiet' : 'error', role: 'status' }, words))
    }
  }
}
