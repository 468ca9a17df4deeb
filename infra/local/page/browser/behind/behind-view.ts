import { fill, h, type View } from '../dom.js'
import { icon } from '../icons.js'
import { go, type BehindTab } from '../route.js'
import type { Session } from '../session.js'
import { backButton } from '../shell/back-button.js'
import { moveFocus } from '../shell/menu.js'
import { FaultsTab } from './faults-tab.js'
import { OutboxTab } from './outbox-tab.js'
import { StateTab } from './state-tab.js'
import { WireTab } from './wire-tab.js'

const tabs: Record<BehindTab, { title: string; open: (session: Session) => View<void> }> = {
  wire: { title: 'Wire', open: (session) => new WireTab(session) },
  outbox: { title: 'Outbox', open: (session) => new OutboxTab(session.service.as) },
  state: { title: 'Tenant', open: () => new StateTab() },
  faults: { title: 'Faults', open: () => new FaultsTab() },
}

/** "Behind the scenes": what Teams does not show, for whoever wants to see how Nexus works. */
export class BehindView {
  readonly element: HTMLElement
  readonly #view: View<void>

  constructor(session: Session, tab: BehindTab) {
    this.#view = tabs[tab].open(session)
    const buttons = (Object.keys(tabs) as BehindTab[]).map((name) =>
      h(
        'button',
        {
          role: 'tab',
          type: 'button',
          id: `tab-${name}`,
          'aria-selected': String(name === tab),
          'aria-controls': 'tab-panel',
          tabindex: name === tab ? 0 : -1,
          onclick: () => go({ view: 'behind', tab: name }),
        },
        tabs[name].title,
      ),
    )
    const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Behind the scenes' }, buttons)
    list.addEventListener('keydown', (event) => {
      const keys: Record<string, string> = { ArrowRight: 'ArrowDown', ArrowLeft: 'ArrowUp' }
      moveFocus(new KeyboardEvent('keydown', { key: keys[event.key] ?? event.key }), buttons)
    })
    const panel = h('div', {
      class: 'behind-panel',
      role: 'tabpanel',
      id: 'tab-panel',
      'aria-labelledby': `tab-${tab}`,
    })
    fill(panel, this.#view.element)
    const back = backButton(session)
    const head = h(
      'header',
      { class: 'place-head' },
      back,
      h('span', { class: 'place-mark', 'aria-hidden': 'true' }, icon('behind')),
      h('div', { class: 'place-title' }, h('h1', {}, 'Behind the scenes')),
      list,
    )
    this.element = h('section', { class: 'conversation behind', 'aria-label': 'Behind the scenes' }, head, panel)
    this.update()
  }

  update(): void {
    this.#view.update()
  }
}
