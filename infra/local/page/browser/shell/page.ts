import { avatar } from '../avatar.js'
import { BehindView } from '../behind/behind-view.js'
import { ConversationView } from '../conversation/conversation-view.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import { go, readRoute, type Route } from '../route.js'
import type { Session } from '../session.js'
import { placeTitle } from '../summary.js'
import { ListPane } from './list-pane.js'
import { openPersonMenu } from './person-menu.js'
import { Rail } from './rail.js'
import { SearchBox } from './search-box.js'

/** The page of one person: title bar, rail, list, and what is open beside it. */
export class Page {
  readonly #rail: Rail
  readonly #list: ListPane
  readonly #search: SearchBox
  readonly #stage = h('main', { class: 'stage' })
  readonly #offline = h(
    'div',
    { class: 'offline', role: 'status', hidden: true },
    icon('warning', 16),
    'Connection lost. Trying again…',
  )
  readonly #frame: HTMLElement
  #view: ConversationView | BehindView | undefined
  #shown = ''

  /** @param become changes whose page it is. */
  constructor(
    private readonly session: Session,
    root: HTMLElement,
    private readonly become: (id: string) => void,
  ) {
    this.#rail = new Rail(session)
    this.#list = new ListPane(session)
    this.#search = new SearchBox(session)
    this.#frame = h(
      'div',
      { class: 'frame' },
      this.#titleBar(),
      this.#offline,
      this.#rail.element,
      this.#list.element,
      this.#stage,
    )
    fill(root, this.#frame)
  }

  /** Follows the address; an address that leads nowhere leads to the chat with Nexus. */
  follow(hash: string): void {
    const { session } = this
    const places = session.places.map(({ id }) => id)
    const chat: Route = { view: 'place', where: `personal/${session.me.id}` }
    session.route = readRoute(hash, places) ?? (isWide() ? chat : { view: 'list', section: 'chat' })
    const { route } = session
    if (route.view === 'list') session.section = route.section
    if (route.view === 'place') session.section = this.#sectionOf(route.where)
    // Beside the list there is always something open; on a phone the list is a screen of its own.
    this.#open(route.view === 'list' && isWide() && !this.#view ? chat : route)
    this.#frame.dataset['screen'] = route.view === 'list' ? 'list' : 'stage'
    this.update()
    if (route.view === 'place' && this.#view instanceof ConversationView) this.#view.reveal(route.message)
  }

  update(): void {
    const { session } = this
    // What is shown counts as read, so the marks come after it.
    this.#view?.update()
    this.#rail.update()
    this.#list.update()
    this.#offline.hidden = session.live
    const unread = session.places.reduce((sum, { id }) => sum + session.unread(id).length, 0)
    const { route } = session
    const where = route.view === 'place' ? session.place(route.where) : undefined
    document.title = `${unread ? `(${unread}) ` : ''}${where ? placeTitle(where) : 'Nexus'} | Teams (local)`
  }

  /** Draws everything anew, as after a change of theme. */
  redraw(): void {
    this.#shown = ''
    this.follow(location.hash)
  }

  /** Keys that work everywhere: F6 from part to part, Ctrl+E to search, Alt with arrows through the conversations. */
  key(event: KeyboardEvent): void {
    if (event.key === 'F6') this.#nextPart(event.shiftKey ? -1 : 1)
    else if (event.key.toLowerCase() === 'e' && (event.ctrlKey || event.metaKey)) this.#search.focus()
    else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp'))
      this.#neighbour(event.key === 'ArrowDown' ? 1 : -1)
    else return
    event.preventDefault()
  }

  /** A channel opened from the chat list stays in that list. */
  #sectionOf(where: string): Session['section'] {
    const { section } = this.session
    if (this.session.place(where)?.kind === 'personal') return section === 'activity' ? section : 'chat'
    return section
  }

  #open(route: Route): void {
    const key = route.view === 'place' ? route.where : route.view === 'behind' ? `/behind/${route.tab}` : this.#shown
    if (key === this.#shown) return
    this.#shown = key
    const place = route.view === 'place' ? this.session.place(route.where) : undefined
    this.#view = place
      ? new ConversationView(this.session, place)
      : route.view === 'behind'
        ? new BehindView(this.session, route.tab)
        : undefined
    fill(this.#stage, this.#view?.element)
    if (this.#view instanceof ConversationView && isWide()) this.#view.focus()
  }

  #titleBar(): HTMLElement {
    const { me } = this.session
    const button = h(
      'button',
      {
        class: 'me-button',
        type: 'button',
        'aria-haspopup': 'dialog',
        'aria-label': `Account: ${me.name}`,
        title: me.name,
      },
      avatar({ ...me, bot: false }, 32),
    )
    button.addEventListener('click', () => openPersonMenu(button, this.session, this.become, () => this.redraw()))
    const mark = h(
      'span',
      { class: 'product', title: 'A local page like Microsoft Teams; not Microsoft’s' },
      icon('teams', 20),
      h('span', {}, 'Teams'),
      h('small', {}, 'local'),
    )
    return h(
      'header',
      { class: 'title-bar' },
      mark,
      this.#search.element,
      h('span', { class: 'me-name' }, me.name),
      button,
    )
  }

  #nextPart(step: number): void {
    const parts = [
      this.#rail.element,
      this.#list.element,
      ...this.#stage.querySelectorAll('.feed, .foot-frame > .composer .editor'),
    ]
    const at = parts.findIndex((part) => part.contains(document.activeElement))
    const next = parts.at((at + step + parts.length) % parts.length)
    const target = next?.matches('[tabindex]') ? next : next?.querySelector('[aria-current], a, button')
    if (target instanceof HTMLElement) target.focus()
  }

  #neighbour(step: number): void {
    const links = [...this.#list.element.querySelectorAll<HTMLElement>('a[data-place]')].map(
      ({ dataset }) => dataset['place'] ?? '',
    )
    const { route } = this.session
    const at = route.view === 'place' ? links.indexOf(route.where) : -1
    const where = links.at((at + step + links.length) % links.length)
    if (where) go({ view: 'place', where })
  }
}

/** Room for the list and a conversation side by side; the same width as in the style sheet. */
const isWide = () => matchMedia('(min-width: 721px)').matches
