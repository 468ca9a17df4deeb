type Value = string | number | boolean | null | undefined
type Named = {
  [name in 'class' | 'id' | 'role' | 'title' | 'href' | 'target' | 'rel' | 'type' | 'placeholder' | 'value']?: Value
} & {
  [
    name in
      'tabindex' | 'for' | 'name' | 'src' | 'alt' | 'min' | 'max' | 'step' | 'rows' | 'hidden' | 'disabled' | 'checked'
  ]?: Value
} & {
  [
    name in
      | 'contenteditable'
      | 'autocomplete'
      | 'spellcheck'
      | 'selected'
      | 'open'
      | 'datetime'
      | 'enterkeyhint'
      | 'inputmode'
  ]?: Value
}
type Listeners = { [K in keyof HTMLElementEventMap as `on${K}`]?: (event: HTMLElementEventMap[K]) => void }

/** Attributes and listeners of an element; an attribute of false, null or undefined is left out. */
export type Attributes = Named & { [name: `aria-${string}`]: Value } & { [name: `data-${string}`]: Value } & Listeners
/** What stands in an element; false, null and undefined stand for nothing. */
export type Child = Node | string | number | false | null | undefined

/** Makes an element: `h('button', { class: 'primary', onclick }, 'Send')`. Text is always text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes) as [string, Value | EventListener][]) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value != null) element.setAttribute(name, String(value))
  }
  append(element, children)
  return element
}

/** Replaces all that stands in an element. */
export function fill(element: Element, ...children: (Child | Child[])[]): void {
  element.replaceChildren()
  append(element, children)
}

function append(element: Element, children: (Child | Child[])[]): void {
  for (const child of children.flat()) {
    if (child === false || child == null) continue
    element.append(child instanceof Node ? child : String(child))
  }
}

/** A part of the page that shows one thing and can be brought up to date without being made anew. */
export interface View<T> {
  readonly element: HTMLElement
  update(item: T): void
}

/** A list whose views are kept by key, so that focus, scroll and half-filled forms outlive a change elsewhere. */
export class KeyedList<T> {
  readonly #views = new Map<string, View<T>>()
  constructor(
    private readonly parent: Element,
    private readonly key: (item: T) => string,
    private readonly create: (item: T) => View<T>,
  ) {}

  /** Shows these items in this order. */
  update(items: T[]): void {
    const wanted = new Set(items.map(this.key))
    for (const [key, view] of this.#views) {
      if (wanted.has(key)) continue
      view.element.remove()
      this.#views.delete(key)
    }
    let next = this.parent.firstElementChild
    for (const item of items) {
      const key = this.key(item)
      const known = this.#views.get(key)
      const view = known ?? this.create(item)
      if (known) known.update(item)
      else this.#views.set(key, view)
      if (view.element === next) next = next.nextElementSibling
      else this.parent.insertBefore(view.element, next)
    }
  }

  get = (key: string): View<T> | undefined => this.#views.get(key)
}

/** Runs `draw` only when what it shows has changed. */
export function whenChanged(draw: () => void): (version: string) => void {
  let shown: string | undefined
  return (version) => {
    if (version === shown) return
    shown = version
    draw()
  }
}
