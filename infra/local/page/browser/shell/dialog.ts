import { cardView } from '../card/card-view.js'
import type { Dialog, Outcome } from '../contract.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'
import { isWebLink } from '../text.js'

/** Named widths and heights of dialogs in Teams, in pixels. */
const sizes: Record<string, number> = { small: 360, medium: 600, large: 800 }
const pixels = (size: number | string | undefined, fallback: number): number =>
  typeof size === 'number' ? size : ((size !== undefined ? sizes[size.toLowerCase()] : undefined) ?? fallback)

/** Opens a dialog of the bot; its form is submitted until the bot closes it, and may lead to another. */
export function openDialog(session: Session, dialog: Dialog): void {
  const title = h('h2', { id: 'dialog-title' })
  const body = h('div', { class: 'dialog-body' })
  const shut = h(
    'button',
    { class: 'icon-button', type: 'button', 'aria-label': 'Close', onclick: () => box.close() },
    icon('close'),
  )
  const box = h('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' }, h('header', {}, title, shut), body)
  const showCard = (next: Dialog) => {
    title.textContent = next.title || 'Nexus'
    box.style.width = `min(${pixels(next.width, 600)}px, calc(100vw - 24px))`
    body.style.minHeight = next.height === undefined ? '' : `min(${pixels(next.height, 0)}px, 70vh)`
    fill(
      body,
      cardView(next.card, session.reader, async ({ title: action, inputs }) => {
        const outcome = await session.service.submit(next.id, action, inputs)
        return follow(outcome)
      }),
    )
    body.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
  }
  const follow = (outcome: Outcome) => {
    if (outcome.error !== undefined) return { error: outcome.error }
    if (outcome.dialog) showCard(outcome.dialog)
    else if (outcome.message) showMessage(outcome.message)
    else box.close()
    if (outcome.url !== undefined && isWebLink(outcome.url)) window.open(outcome.url, '_blank', 'noopener')
    return undefined
  }
  const showMessage = (message: string) => {
    const done = h('button', { class: 'primary', type: 'button', onclick: () => box.close() }, 'Close')
    fill(body, h('p', {}, message), h('div', { class: 'buttons' }, done))
    done.focus()
  }
  box.addEventListener('close', () => box.remove())
  document.body.append(box)
  box.showModal()
  showCard(dialog)
}
