import { h } from '../dom.js'
import { icon, type IconName } from '../icons.js'

/** An entry of a menu. */
export interface MenuItem {
  title: string
  icon?: IconName
  disabled?: boolean
  run: () => void
}

let close = () => {}

/** Opens a menu under an element; arrow keys move, Enter chooses, Escape and a click elsewhere close it. */
export function openMenu(anchor: HTMLElement, items: MenuItem[]): void {
  const choose = (item: MenuItem) => {
    close()
    anchor.focus()
    item.run()
  }
  const buttons = items.map((item) =>
    h(
      'button',
      { class: 'menu-item', role: 'menuitem', type: 'button', tabindex: -1, disabled: item.disabled, onclick: () => choose(item) },
      item.icon && icon(item.icon, 18),
      h('span', {}, item.title),
    ),
  )
  const menu = h('div', { class: 'menu', role: 'menu' }, buttons)
  openPopover(anchor, menu)
  buttons[0]?.focus()
  menu.addEventListener('keydown', (event) => moveFocus(event, buttons))
}

/** Shows an element under another until Escape, or a click or focus elsewhere; a second one closes the first. */
export function openPopover(anchor: HTMLElement, popover: HTMLElement): void {
  close()
  // Within a modal dialog only what belongs to it can be reached.
  const host = anchor.closest('dialog') ?? document.body
  host.append(popover)
  anchor.setAttribute('aria-expanded', 'true')
  place(anchor, popover)
  const stop = new AbortController()
  close = () => {
    stop.abort()
    popover.remove()
    anchor.setAttribute('aria-expanded', 'false')
    close = () => {}
  }
  const outside = (event: Event) => {
    if (event.target instanceof Node && !popover.contains(event.target) && !anchor.contains(event.target)) close()
  }
  const { signal } = stop
  document.addEventListener('pointerdown', outside, { signal })
  document.addEventListener('focusin', outside, { signal })
  addEventListener('resize', () => close(), { signal })
  popover.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return
      event.stopPropagation()
      event.preventDefault()
      close()
      anchor.focus()
    },
    { signal },
  )
}

/** Closes whatever menu is open. */
export const closePopover = (): void => close()

/** Moves the focus among a list's elements by the arrow keys, Home and End. */
export function moveFocus(event: KeyboardEvent, elements: HTMLElement[]): void {
  const at = elements.indexOf(document.activeElement as HTMLElement)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: elements.length - 1 }[event.key]
  if (to === undefined) return
  event.preventDefault()
  elements.at(to % elements.length)?.focus()
}

/** Under the anchor, or above it where there is more room; always inside the window. */
function place(anchor: HTMLElement, popover: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const { width, height } = popover.getBoundingClientRect()
  const left = Math.max(8, Math.min(at.right - width, innerWidth - width - 8))
  const below = at.bottom + 4 + height < innerHeight || at.top < height
  popover.style.left = `${at.left + width < innerWidth - 8 && at.left < innerWidth / 2 ? at.left : left}px`
  popover.style.top = `${below ? Math.min(at.bottom + 4, Math.max(8, innerHeight - height - 8)) : at.top - height - 4}px`
}
