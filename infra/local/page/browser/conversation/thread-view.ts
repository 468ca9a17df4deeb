import { Composer } from '../composer/composer.js'
import type { Message } from '../contract.js'
import { h, KeyedList, type View } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'
import { MessageView, type ShownMessage } from './message-view.js'

/** A post of a channel with its replies in order. */
export interface Thread {
  root: Message
  replies: Message[]
}

/** Replies that a thread shows when it is not opened. */
const lastShown = 3

/** A thread: the post, its replies (the last ones until it is opened) and a box to reply in. */
export class ThreadView implements View<Thread> {
  readonly element: HTMLElement
  readonly #root: MessageView
  readonly #replies: KeyedList<ShownMessage>
  readonly #toggle: HTMLButtonElement
  #thread: Thread
  #open = false

  constructor(
    private readonly session: Session,
    private readonly where: string,
    thread: Thread,
  ) {
    this.#thread = thread
    this.#root = new MessageView(session, where, 'post', { message: thread.root })
    this.#toggle = h('button', { class: 'replies-toggle', type: 'button', onclick: () => this.open(!this.#open) })
    const replies = h('div', { class: 'replies', role: 'list', 'aria-label': 'Replies' })
    this.#replies = new KeyedList(
      replies,
      ({ message }) => message.id,
      (shown) => new MessageView(session, where, 'reply', shown),
    )
    this.element = h(
      'section',
      { class: 'thread', 'aria-label': 'Thread' },
      this.#root.element,
      this.#toggle,
      replies,
      this.#replyBox(),
    )
    this.#draw()
  }

  update(thread: Thread): void {
    this.#thread = thread
    this.#draw()
  }

  /** Shows all replies, or the last ones. */
  open(open: boolean): void {
    this.#open = open
    this.#draw()
  }

  #draw(): void {
    const { root, replies } = this.#thread
    this.#root.update({ message: root })
    const hidden = replies.length > lastShown ? replies.slice(0, -1) : []
    this.#toggle.hidden = hidden.length === 0
    this.#toggle.setAttribute('aria-expanded', String(this.#open))
    this.#toggle.replaceChildren(
      icon(this.#open ? 'down' : 'right', 14),
      this.#open ? 'Collapse all' : summaryOf(hidden),
    )
    const shown = this.#open ? replies : replies.slice(hidden.length)
    this.#replies.update(shown.map((message) => ({ message })))
  }

  /** "Reply" becomes the composer when it is wanted. */
  #replyBox(): HTMLElement {
    const { session, where } = this
    const { root } = this.#thread
    if (root.private) return h('div')
    const box = h('div', { class: 'reply-box' })
    const start = h('button', { class: 'reply-button', type: 'button' }, icon('reply', 16), 'Reply')
    start.addEventListener('click', () => {
      const composer = new Composer(session, where, { replyTo: root.id, placeholder: 'Reply' })
      box.replaceChildren(composer.element)
      composer.focus()
      composer.element.addEventListener('keydown', (event) => {
        if (event.key !== 'Escape' || !composer.isEmpty) return
        box.replaceChildren(start)
        start.focus()
      })
    })
    box.append(start)
    return box
  }
}

/** "4 replies from Dana Ortiz, Nexus and 2 others". */
function summaryOf(replies: Message[]): string {
  const names = [...new Set(replies.map(({ from }) => from.name))]
  const others = names.length - 2
  const who =
    others > 0 ? `${names.slice(0, 2).join(', ')} and ${others} other${others > 1 ? 's' : ''}` : names.join(' and ')
  return `${replies.length} earlier ${replies.length === 1 ? 'reply' : 'replies'} from ${who}`
}
