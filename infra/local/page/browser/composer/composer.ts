import { h } from '../dom.js'
import { icon, type IconName } from '../icons.js'
import type { Session } from '../session.js'
import { Editor } from './editor.js'
import { Enclosures } from './enclosures.js'
import { offersFor, type Offer } from './offers.js'
import { Picker } from './picker.js'
import { openSearchPanel } from './search-panel.js'

/** What was written and not sent, by place and thread; it outlives going elsewhere and back. */
const drafts = new Map<string, string>()
/** Others are told at most so often that somebody types. */
const typingEveryMs = 4_000

/** The box to write in: Enter sends, Shift+Enter starts a line, `@` lists people, `/` the app's commands. */
export class Composer {
  readonly element: HTMLElement
  readonly #editor: Editor
  readonly #picker: Picker
  readonly #enclosures: Enclosures
  readonly #fault = h('p', { class: 'error', role: 'alert' })
  readonly #send: HTMLButtonElement
  readonly #draft: string
  #sending = false
  #told = 0

  constructor(
    private readonly session: Session,
    private readonly where: string,
    private readonly options: { placeholder: string; replyTo?: string },
  ) {
    this.#draft = `${session.me.id} ${where} ${options.replyTo ?? ''}`
    this.#editor = new Editor(options.placeholder)
    this.#picker = new Picker(this.#editor.element, (offer) => this.#take(offer))
    this.#enclosures = new Enclosures(session, where, () => this.#ready())
    this.#send = h(
      'button',
      {
        class: 'icon-button send',
        type: 'button',
        'aria-label': 'Send',
        title: 'Send (Enter)',
        onclick: () => void this.#sendNow(),
      },
      icon('send'),
    )
    this.element = h(
      'div',
      { class: options.replyTo === undefined ? 'composer' : 'composer reply' },
      this.#picker.element,
      this.#enclosures.element,
      this.#fault,
      h(
        'div',
        { class: 'composer-box' },
        this.#editor.element,
        h('div', { class: 'composer-tools' }, this.#tools(), this.#send),
      ),
    )
    this.#editor.element.addEventListener('keydown', (event) => this.#key(event))
    this.#editor.element.addEventListener('input', () => this.#changed())
    this.#editor.element.addEventListener('blur', () => this.#picker.close())
    this.#editor.text = drafts.get(this.#draft) ?? ''
  }

  get isEmpty(): boolean {
    return this.#editor.text.trim() === ''
  }

  focus = (): void => this.#editor.focus()

  #tools(): HTMLElement[] {
    const tool = (name: IconName | '@' | '/', label: string, act: (button: HTMLElement) => void) => {
      const drawn =
        name === '@' || name === '/' ? h('span', { class: 'glyph', 'aria-hidden': 'true' }, name) : icon(name)
      const button = h('button', { class: 'icon-button', type: 'button', 'aria-label': label, title: label }, drawn)
      button.addEventListener('click', () => act(button))
      return button
    }
    const search = (button: HTMLElement) =>
      openSearchPanel(button, this.session, this.where, ({ title, card }) => {
        if (card) this.#enclosures.put(card)
        else this.#editor.append(title)
        this.#editor.focus()
      })
    return [
      tool('plus', 'Search with Nexus', search),
      tool('@', 'Mention somebody', () => this.#editor.append('@')),
      tool('/', 'Commands', () => {
        if (this.isEmpty) this.#editor.text = ''
        this.#editor.append('/')
      }),
    ]
  }

  #key(event: KeyboardEvent): void {
    if (this.#picker.take(event)) return
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    void this.#sendNow()
  }

  #changed(): void {
    const { text } = this.#editor
    drafts.set(this.#draft, text)
    this.#fault.textContent = ''
    this.#enclosures.watch(text)
    this.#ready()
    const trigger = this.#editor.trigger()
    if (trigger) {
      const isChannel = this.session.place(this.where)?.kind === 'channel'
      this.#picker.show(offersFor(this.session, isChannel, trigger), trigger.mark === '@' ? 'People' : 'Commands')
    } else this.#picker.close()
    if (text.trim() !== '' && performance.now() - this.#told > typingEveryMs) {
      this.#told = performance.now()
      void this.session.service.typing(this.where)
    }
  }

  /** There is something to send. */
  #ready(): void {
    this.#send?.classList.toggle('ready', !this.isEmpty || !this.#enclosures.isEmpty)
  }

  #take({ mention, text }: Offer): void {
    const range = this.#editor.trigger()?.range
    if (!range) return
    if (mention !== undefined) this.#editor.putMention(range, mention)
    else this.#editor.putText(range, text ?? '')
  }

  /** Sends what is written; where it does not go through, it stays in the box with the reason above it. */
  async #sendNow(): Promise<void> {
    const { session, where } = this
    const text = this.#editor.text.trim()
    if ((text === '' && this.#enclosures.isEmpty) || this.#sending) return
    this.#sending = true
    this.element.setAttribute('aria-busy', 'true')
    try {
      await session.service.say(where, text, this.options.replyTo, await this.#enclosures.cards(text))
      this.#editor.text = ''
      this.#enclosures.clear()
      this.#changed()
      if (!session.live) await session.reload(where)
    } catch (error) {
      this.#fault.textContent = `Not sent. ${error instanceof Error ? error.message : String(error)}`
    } finally {
      this.#sending = false
      this.element.removeAttribute('aria-busy')
    }
  }
}
