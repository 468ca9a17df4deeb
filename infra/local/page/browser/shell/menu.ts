import { h } from '../dom.js'
import { icon, type IconName } from '../icons.js'

/** An entry of a menu. */
export interface MenuItem {
  title: string
  icon?: IconName
  disabled?: boolean
  run: () => void
}

/** The three dots that open a menu of what else there is. */
export function moreButton(open: (anchor: HTMLElement) => void): HTMLElement {
  const title = 'More options'
  const button = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': title, 'aria-haspopup': 'menu', title },
    icon('more'),
  )
  button.addEventListener('click', () => open(button))
  return button
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
      {
        class: 'menu-item',
        role: 'menuitem',
        type: 'button',
        tabindex: -1,
        disabled: item.disabled,
        onclick: () => choose(item),
      },
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

/** Under the anchor, or above it where there is more room; what grows stays inside the window and scrolls. */
function place(anchor: HTMLElement, popover: HTMLElement): void {
  const at = anchor.getBoundingClientRect()
  const { width, height } = popover.getBoundingClientRect()
  const [above, below] = [at.top - 12, innerHeight - at.bottom - 12]
  const isBelow = height <= below || below >= above
  const left = at.left < innerWidth / 2 ? at.left : at.right - width
  popover.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`
  popover.style[isBelow ? 'top' : 'bottom'] = `${isBelow ? at.bottom + 4 : innerHeight - at.top + 4}px`
  popover.style.maxHeight = `${isBelow ? below : above}px`
}
