import { h } from '../dom.js'

/** What stands before the caret and asks for a list: `@dan` or, at the start, `/on`. */
export interface Trigger {
  mark: '@' | '/'
  /** What was typed after the mark. */
  typed: string
  /** From the mark to the caret. */
  range: Range
}

/** A box for a message's words, in which a mention stands as one piece. */
export class Editor {
  readonly element: HTMLElement

  constructor(label: string) {
    this.element = h('div', {
      class: 'editor',
      contenteditable: 'true',
      role: 'textbox',
      tabindex: 0,
      spellcheck: 'true',
      enterkeyhint: 'send',
      'aria-multiline': 'true',
      'aria-label': label,
      'data-placeholder': label,
    })
    this.element.addEventListener('paste', (event) => this.#pastePlain(event))
    this.element.addEventListener('input', () => this.#tidy())
    this.#tidy()
  }

  /** The words, with mentions as `@Name` and lines parted by a newline. */
  get text(): string {
    return textOf(this.element).replaceAll('\u00a0', ' ')
  }
  set text(text: string) {
    this.element.textContent = text
    this.#tidy()
  }

  focus(): void {
    this.element.focus()
    const selection = getSelection()
    selection?.selectAllChildren(this.element)
    selection?.collapseToEnd()
  }

  trigger(): Trigger | undefined {
    const selection = getSelection()
    const node = selection?.anchorNode
    if (!selection?.isCollapsed || !(node instanceof Text) || !this.element.contains(node)) return undefined
    const before = node.data.slice(0, selection.anchorOffset).replaceAll('\u00a0', ' ')
    const isFirst = this.element.firstChild === node
    const found =
      /(?:^|[\s(])@([\p{L}\d.'-]*(?: [\p{L}\d.'-]*)?)$/u.exec(before) ?? (isFirst ? /^\/([\w -]*)$/.exec(before) : null)
    if (!found) return undefined
    const typed = found[1] ?? ''
    const range = document.createRange()
    range.setStart(node, before.length - typed.length - 1)
    range.setEnd(node, before.length)
    return { mark: before[before.length - typed.length - 1] === '@' ? '@' : '/', typed, range }
  }

  /** Puts a mention in place of a range, with a space after it. */
  putMention(range: Range, name: string): void {
    const chip = h('span', { class: 'mention chip', contenteditable: 'false', 'data-mention': name }, name)
    this.#put(range, [chip, new Text('\u00a0')])
  }

  putText(range: Range, text: string): void {
    this.#put(range, [new Text(text)])
  }

  /** Adds words at the end. */
  append(text: string): void {
    this.focus()
    const range = document.createRange()
    range.selectNodeContents(this.element)
    range.collapse(false)
    this.#put(range, [new Text(this.text && !/\s$/.test(this.text) ? ` ${text}` : text)])
  }

  #put(range: Range, nodes: Node[]): void {
    range.deleteContents()
    for (const node of nodes) {
      range.insertNode(node)
      range.setStartAfter(node)
      range.collapse(true)
    }
    this.element.focus()
    const last = nodes.at(-1) as Text
    getSelection()?.collapse(last, last.data.length)
    this.element.dispatchEvent(new Event('input', { bubbles: true }))
  }

  #pastePlain(event: ClipboardEvent): void {
    event.preventDefault()
    const text = event.clipboardData?.getData('text/plain') ?? ''
    const selection = getSelection()
    if (selection?.rangeCount) this.#put(selection.getRangeAt(0), [new Text(text)])
  }

  /** An emptied box keeps a stray line break in browsers; without it the placeholder shows again. */
  #tidy(): void {
    if (
      this.text.trim() === '' &&
      !this.element.querySelector('[data-mention]') &&
      this.element.childNodes.length === 1 &&
      this.element.firstChild instanceof HTMLBRElement
    )
      this.element.replaceChildren()
    this.element.classList.toggle('empty', this.element.childNodes.length === 0 || this.text === '')
  }
}

function textOf(node: Node): string {
  if (node instanceof Text) return node.data
  if (node instanceof HTMLBRElement) return '\n'
  if (!(node instanceof HTMLElement)) return ''
  const mention = node.dataset['mention']
  if (mention !== undefined) return `@${mention}`
  const inner = [...node.childNodes].map(textOf).join('')
  const isBlock = node.tagName === 'DIV' && node.classList.length === 0
  return isBlock && node.previousSibling ? `\n${inner}` : inner
}
