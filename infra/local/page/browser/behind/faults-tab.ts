import { h, type View } from '../dom.js'
import { ask } from '../service.js'

/** Parts of the tenant that faults can be asked of. */
const targets = [
  ...['entra', 'graph', 'arm', 'resource-graph', 'github', 'azure-devops', 'pagerduty', 'teams'],
  ...['arm-write', 'arm-answer', 'arm-operation', 'arm-endless', 'teams-put', 'teams-answer'],
]

/** A form to make a part of the tenant fail or be slow, and to have it well again. */
export class FaultsTab implements View<void> {
  readonly #note = h('p', { role: 'status' })
  readonly element: HTMLElement

  constructor() {
    const field = (name: string, label: string, hint: string, input: HTMLElement) =>
      h('div', { class: 'field' }, h('label', { for: name }, label), input, h('span', { class: 'quiet' }, hint))
    const number = (name: string, min: number, max: number, step = 1) =>
      h('input', { id: name, name, type: 'number', min, max, step })
    const target = h(
      'select',
      { id: 'target', name: 'target' },
      targets.map((name) => h('option', { value: name }, name)),
    )
    this.element = h(
      'div',
      { class: 'pane' },
      h('p', {}, 'A fault makes a part of the tenant answer wrongly or late, as the real one does on a bad day.'),
      h(
        'form',
        { class: 'faults', onsubmit: (event) => void this.#add(event) },
        field('target', 'Part', 'who fails', target),
        field('status', 'Status', 'such as 429 or 503; empty: answers well', number('status', 400, 599)),
        field('ratio', 'Ratio', 'of calls that fail, above 0 up to 1; empty: all', number('ratio', 0.01, 1, 0.01)),
        field('delayMs', 'Delay', 'milliseconds before each answer', number('delayMs', 0, 600_000)),
        field('count', 'Count', 'calls until it is over; empty: until cleared', number('count', 1, 1_000_000)),
        h(
          'div',
          { class: 'buttons' },
          h('button', { type: 'button', onclick: () => void this.#clear() }, 'Clear all faults'),
          h('button', { class: 'primary', type: 'submit' }, 'Add fault'),
        ),
        this.#note,
      ),
    )
  }

  update(): void {}

  async #add(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const filled = [...new FormData(event.target as HTMLFormElement)].filter(([, value]) => value !== '')
    const body = Object.fromEntries(filled.map(([name, value]) => [name, name === 'target' ? value : Number(value)]))
    await this.#report(ask('POST', '/local/faults', body), `${String(body['target'])} is now at fault.`)
  }

  #clear = (): Promise<void> => this.#report(ask('DELETE', '/local/faults'), 'All faults are cleared.')

  async #report(done: Promise<unknown>, words: string): Promise<void> {
    try {
      await done
      this.#note.className = ''
      this.#note.textContent = words
    } catch (error) {
      this.#note.className = 'error'
      this.#note.textContent = (error as Error).message
    }
  }
}
