import { fill, h, type View } from '../dom.js'
import { ask } from '../service.js'
import { jsonTree } from './json-tree.js'

/** Parts of the local tenant that may show their state. */
const vendors = ['teams', 'entra', 'graph', 'azure', 'resource-graph', 'github', 'azure-devops', 'pagerduty']

/** What the local tenant remembers, vendor by vendor. */
export class StateTab implements View<void> {
  readonly #content = h('div', {})
  readonly #choice: HTMLSelectElement
  readonly element: HTMLElement

  constructor() {
    this.#choice = h(
      'select',
      { id: 'vendor', onchange: () => void this.#read() },
      vendors.map((name) => h('option', { value: name }, name)),
    )
    this.element = h(
      'div',
      { class: 'pane' },
      h('p', {}, 'The state of the local tenant, as it is now.'),
      h(
        'div',
        { class: 'row' },
        h('label', { for: 'vendor' }, 'Part'),
        this.#choice,
        h('button', { type: 'button', onclick: () => void this.#read() }, 'Read again'),
      ),
      this.#content,
    )
    void this.#read()
  }

  update(): void {}

  async #read(): Promise<void> {
    fill(this.#content, h('p', { class: 'quiet' }, 'Reading…'))
    const vendor = this.#choice.value
    try {
      const state = await ask<unknown>('GET', `/local/state/${vendor}`)
      if (vendor === this.#choice.value) fill(this.#content, jsonTree(state))
    } catch (error) {
      fill(this.#content, h('p', { class: 'error', role: 'status' }, (error as Error).message))
    }
  }
}
