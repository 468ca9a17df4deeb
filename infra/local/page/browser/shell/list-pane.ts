import { avatar } from '../avatar.js'
import type { Place } from '../contract.js'
import { fill, h, whenChanged } from '../dom.js'
import { icon } from '../icons.js'
import { hashOf } from '../route.js'
import type { Session } from '../session.js'
import { lineOf, placeInTeam } from '../summary.js'
import { listTime } from '../time.js'
import { activityLine, mentionsOf } from './activity-list.js'
import { moveFocus } from './menu.js'

const titles = { activity: 'Activity', chat: 'Chat', teams: 'Teams' }
const key = 'nexus.closed-teams'

/** The list of what the rail's entry holds: activities, chats, or teams with their channels. */
export class ListPane {
  readonly element: HTMLElement
  readonly #title = h('h2', {})
  readonly #entries = h('div', { class: 'entries' })
  readonly #closed = new Set(JSON.parse(localStorage.getItem(key) ?? '[]') as string[])
  readonly #draw: (version: string) => void
  #make: () => HTMLElement[] = () => []

  constructor(private readonly session: Session) {
    this.element = h(
      'aside',
      { class: 'list-pane', 'aria-label': 'Conversations' },
      h('header', {}, this.#title),
      this.#entries,
    )
    this.#entries.addEventListener('keydown', (event) =>
      moveFocus(event, [...this.#entries.querySelectorAll<HTMLElement>('a, summary')]),
    )
    this.#draw = whenChanged(() => this.#redraw())
  }

  update(): void {
    const { session } = this
    const { section } = session
    this.#title.textContent = titles[section]
    this.#make = section === 'activity' ? () => this.#activities() : () => this.#places()
    const places = session.places.map(({ id }) => [id, session.last(id), session.unread(id).length])
    this.#draw(JSON.stringify([section, session.route, places, Math.floor(Date.now() / 60_000), [...this.#closed]]))
  }

  /** Draws anew and gives the focus back to the entry that had it. */
  #redraw(): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset['place']
    const top = this.#entries.scrollTop
    fill(this.#entries, this.#make())
    this.#entries.scrollTop = top
    if (focused !== undefined)
      this.#entries.querySelector<HTMLElement>(`[data-place="${CSS.escape(focused)}"]`)?.focus()
  }

  #activities(): HTMLElement[] {
    const all = mentionsOf(this.session)
    if (!all.length) return [h('p', { class: 'quiet pad' }, 'Mentions and replies to you come here.')]
    return all.map((activity) => activityLine(this.session, activity))
  }

  #places(): HTMLElement[] {
    const { places, section } = this.session
    const chats = places.filter(({ kind }) => kind === 'personal')
    if (section === 'teams') return this.#teams()
    return [
      this.#group(
        'Chats',
        chats.map((place) => this.#conversation(place)),
        chats,
      ),
      this.#group(
        'Recent channels',
        this.#recent().map((place) => this.#conversation(place)),
        this.#recent(),
      ),
    ]
  }

  #teams(): HTMLElement[] {
    const channels = this.session.places.filter(({ kind }) => kind === 'channel')
    return [...new Set(channels.map(({ team }) => team))].map((team) => {
      const own = channels.filter((place) => place.team === team)
      return this.#group(
        team ?? 'Channels',
        own.map((place) => this.#channel(place)),
        own,
      )
    })
  }

  /** Channels in which something was said, the newest first. */
  #recent(): Place[] {
    const at = (place: Place) => Date.parse(this.session.last(place.id)?.at ?? '')
    return this.session.places
      .filter((place) => place.kind === 'channel' && this.session.last(place.id))
      .sort((a, b) => at(b) - at(a))
      .slice(0, 12)
  }

  #group(title: string, entries: HTMLElement[], places: Place[]): HTMLElement {
    const unread = places.some(({ id }) => this.session.unread(id).length > 0)
    const summary = h(
      'summary',
      { 'data-place': `group ${title}`, class: unread ? 'unread' : undefined },
      icon('right', 14),
      h('span', {}, title),
    )
    const group = h('details', { class: 'group' }, summary, entries)
    group.open = !this.#closed.has(title)
    group.addEventListener('toggle', () => {
      if (group.open) this.#closed.delete(title)
      else this.#closed.add(title)
      localStorage.setItem(key, JSON.stringify([...this.#closed]))
    })
    return group
  }

  #link(place: Place, className: string, ...children: (Node | false | undefined)[]): HTMLElement {
    const { route } = this.session
    const current = route.view === 'place' && route.where === place.id
    const unread = this.session.unread(place.id).length
    return h(
      'a',
      {
        class: `${className}${unread ? ' unread' : ''}`,
        href: hashOf({ view: 'place', where: place.id }),
        'data-place': place.id,
        'aria-current': current ? 'page' : undefined,
      },
      children,
      unread > 0 && h('span', { class: 'unread-mark', 'aria-label': `${unread} unread` }, unread > 99 ? '99+' : unread),
    )
  }

  #channel(place: Place): HTMLElement {
    return this.#link(place, 'channel-link', h('span', {}, place.name))
  }

  #conversation(place: Place): HTMLElement {
    const { session } = this
    const last = session.last(place.id)
    const said =
      last &&
      `${last.from.id === session.me.id ? 'You: ' : place.kind === 'channel' ? `${last.from.name}: ` : ''}${lineOf(last)}`
    const picture =
      place.kind === 'channel'
        ? h('span', { class: 'place-mark', 'aria-hidden': 'true' }, '#')
        : avatar({ id: 'nexus', name: 'Nexus', bot: true }, 32)
    return this.#link(
      place,
      'entry',
      picture,
      h(
        'span',
        { class: 'entry-main' },
        h(
          'span',
          { class: 'entry-top' },
          h('span', { class: 'entry-name' }, placeInTeam(place)),
          last && h('time', {}, listTime(last.at, session.reader)),
        ),
        h('span', { class: 'entry-last' }, said ?? 'Ask Nexus something'),
      ),
    )
  }
}
