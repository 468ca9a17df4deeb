import type { Message } from '../contract.js'
import { h, KeyedList, type View } from '../dom.js'
import type { Session } from '../session.js'
import { dayOf, dayTitle } from '../time.js'
import { MessageView, type ShownMessage } from './message-view.js'
import { ThreadView, type Thread } from './thread-view.js'

/** What stands in a feed: separators between messages of a chat or threads of a channel. */
type Item =
  | { kind: 'line'; key: string; title: string; isNew: boolean }
  | ({ kind: 'message' } & ShownMessage)
  | ({ kind: 'thread' } & Thread)

/** Messages or threads shown before "Show earlier". */
const page = 60
/** Messages of one person within so many minutes stand together. */
const togetherMs = 5 * 60_000

/** The messages of a place, oldest first, with the days between them and a line above what is new. */
export class FeedView {
  readonly element = h('div', { class: 'feed', role: 'feed', 'aria-label': 'Messages', tabindex: 0 })
  readonly #content = h('div', { class: 'feed-content' })
  readonly #earlier: HTMLButtonElement
  readonly #list: KeyedList<Item>
  readonly #firstUnread: string | undefined
  #shown = page

  constructor(
    private readonly session: Session,
    private readonly where: string,
    private readonly isChannel: boolean,
  ) {
    this.#firstUnread = session.unread(where)[0]?.id
    this.#earlier = h(
      'button',
      { class: 'earlier', type: 'button', onclick: () => this.#showEarlier() },
      'Show earlier messages',
    )
    this.element.append(h('div', { class: 'feed-space' }), this.#earlier, this.#content)
    this.#list = new KeyedList<Item>(this.#content, keyOf, (item) => this.#create(item))
    this.element.addEventListener('keydown', (event) => this.#walk(event))
    this.element.classList.add(isChannel ? 'channel' : 'chat')
  }

  /** Shows what there is now; stays at the end where the reader was there. */
  update(): void {
    const { scrollHeight, scrollTop, clientHeight } = this.element
    const atEnd = scrollHeight - scrollTop - clientHeight < 120
    const all = this.isChannel ? threadsOf(this.session.messages(this.where)) : this.#messages()
    const shown = all.slice(-this.#shown)
    this.#earlier.hidden = shown.length === all.length
    this.#list.update(this.#withLines(shown))
    if (atEnd) this.element.scrollTop = this.element.scrollHeight
  }

  toEnd(): void {
    this.element.scrollTop = this.element.scrollHeight
  }

  /** Brings a message into sight and marks it for a moment; false where it is not there. */
  reveal(id: string): boolean {
    const message = this.session.message(this.where, id)
    if (!message) return false
    this.#shown = Infinity
    this.update()
    const thread = message.replyTo === undefined ? undefined : this.#list.get(message.replyTo)
    if (thread instanceof ThreadView) thread.open(true)
    const element = this.element.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)
    element?.scrollIntoView({ block: 'center' })
    element?.classList.add('found')
    element?.focus({ preventScroll: true })
    setTimeout(() => element?.classList.remove('found'), 2_500)
    return true
  }

  #messages(): Item[] {
    let before: Message | undefined
    return this.session.messages(this.where).map((message) => {
      const follows =
        before?.from.id === message.from.id &&
        Date.parse(message.at) - Date.parse(before.at) < togetherMs &&
        before.private === message.private
      before = message
      return { kind: 'message', message, follows }
    })
  }

  #withLines(items: Item[]): Item[] {
    const { reader } = this.session
    let day = ''
    return items.flatMap((item): Item[] => {
      if (item.kind === 'line') return [item]
      const message = item.kind === 'thread' ? item.root : item.message
      const newDay = dayOf(message.at, reader)
      const isNew = this.#firstUnread !== undefined && idsOf(item).includes(this.#firstUnread)
      const lines: Item[] = [
        ...(newDay === day
          ? []
          : [{ kind: 'line' as const, key: newDay, title: dayTitle(message.at, reader), isNew: false }]),
        ...(isNew ? [{ kind: 'line' as const, key: 'new', title: 'New', isNew: true }] : []),
      ]
      day = newDay
      return [...lines, lines.length && item.kind === 'message' ? { ...item, follows: false } : item]
    })
  }

  #create(item: Item): View<Item> {
    if (item.kind === 'thread') return new ThreadView(this.session, this.where, item) as View<Item>
    if (item.kind === 'message') return new MessageView(this.session, this.where, 'bubble', item) as View<Item>
    const title = h('span', {}, item.title)
    const element = h('div', { class: item.isNew ? 'line new' : 'line', role: 'separator' }, title)
    return { element, update: (line) => void (title.textContent = line.kind === 'line' ? line.title : '') }
  }

  #showEarlier(): void {
    const { scrollHeight } = this.element
    this.#shown += page
    this.update()
    this.element.scrollTop += this.element.scrollHeight - scrollHeight
  }

  /** Arrow keys go from message to message. */
  #walk(event: KeyboardEvent): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    if (event.target !== this.element && !(event.target as HTMLElement).matches('.message')) return
    const all = [...this.element.querySelectorAll<HTMLElement>('.message')]
    const at = all.indexOf(event.target as HTMLElement)
    const next = at < 0 ? all.at(-1) : all[at + (event.key === 'ArrowUp' ? -1 : 1)]
    event.preventDefault()
    next?.focus()
  }
}

const keyOf = (item: Item): string =>
  item.kind === 'line' ? `line ${item.key}` : item.kind === 'thread' ? item.root.id : item.message.id

const idsOf = (item: Item): string[] => {
  if (item.kind === 'line') return []
  return item.kind === 'message' ? [item.message.id] : [item.root.id, ...item.replies.map(({ id }) => id)]
}

/** Posts with their replies, in the order of the posts; a reply whose post is gone stands by itself. */
function threadsOf(messages: Message[]): ({ kind: 'thread' } & Thread)[] {
  const threads = new Map<string, { kind: 'thread' } & Thread>()
  for (const message of messages) {
    const thread = message.replyTo === undefined ? undefined : threads.get(message.replyTo)
    if (thread) thread.replies.push(message)
    else threads.set(message.id, { kind: 'thread', root: message, replies: [] })
  }
  return [...threads.values()]
}
