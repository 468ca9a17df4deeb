import { h } from '../dom.js'
import { icon, type IconName } from '../icons.js'
import { go, type Route, type Section } from '../route.js'
import type { Session } from '../session.js'
import { mentionsOf } from './activity-list.js'

/** The bar at the left: where one goes in Teams, and what is behind the scenes. */
export class Rail {
  readonly element: HTMLElement
  readonly #buttons = new Map<Section | 'behind', HTMLElement>()

  constructor(private readonly session: Session) {
    const button = (name: Section | 'behind', title: string, drawn: IconName, route: Route) => {
      const element = h(
        'button',
        { class: `rail-button ${name}`, type: 'button', onclick: () => go(route) },
        icon(drawn, 24),
        h('span', {}, title),
        h('span', { class: 'count', hidden: true }),
      )
      this.#buttons.set(name, element)
      return element
    }
    this.element = h(
      'nav',
      { class: 'rail', 'aria-label': 'Apps' },
      button('activity', 'Activity', 'activity', { view: 'list', section: 'activity' }),
      button('chat', 'Chat', 'chat', { view: 'list', section: 'chat' }),
      button('teams', 'Teams', 'teams', { view: 'list', section: 'teams' }),
      h('span', { class: 'rail-gap' }),
      button('behind', 'Behind the scenes', 'behind', { view: 'behind', tab: 'wire' }),
    )
  }

  update(): void {
    const { session } = this
    const current = session.route.view === 'behind' ? 'behind' : session.section
    for (const [name, element] of this.#buttons) {
      if (name === current) element.setAttribute('aria-current', 'page')
      else element.removeAttribute('aria-current')
    }
    const unread = (kind: string) =>
      session.places.filter((place) => place.kind === kind).reduce((sum, { id }) => sum + session.unread(id).length, 0)
    this.#count('activity', mentionsOf(session).filter(({ isNew }) => isNew).length)
    this.#count('chat', unread('personal'))
    this.#count('teams', unread('channel'))
  }

  #count(name: Section, count: number): void {
    const badge = this.#buttons.get(name)?.querySelector<HTMLElement>('.count')
    if (!badge) return
    badge.hidden = count === 0
    badge.textContent = count > 99 ? '99+' : String(count)
    badge.setAttribute('aria-label', `${count} unread`)
  }
}
