import { clean, plain, safeUrl } from './escape.js'
import { limits, trim } from './limits.js'
import type { Button, CardData } from './model.js'
import { pressesOf } from './presses.js'

/** Adaptive Card JSON, as it is sent. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** An action of Adaptive Cards. */
export type Action = { [key: string]: Json }

/** The verb of every Action.Execute and the shape of its data: the id under which the server keeps the intent. */
export const verb = 'nexus'

const opaque = /^[\w.:-]{1,128}$/

function checked(id: string): string {
  if (opaque.test(id)) return id
  throw new TypeError(
    `A button's id has 1 to 128 letters, digits, dots, colons, dashes; got ${JSON.stringify(id.slice(0, 140))}.`,
  )
}

/**
 * A button as an action. A dialog is opened by Action.Submit with `task/fetch`, Teams' way for cards, and a card in a dialog sends by
 * Action.Submit alone. Undefined for a link
 * that is no plain https address.
 * @throws TypeError for an id that is not opaque.
 */
export function actionOf(button: Button): Action | undefined {
  const title = plain(clean(button.title, limits.button))
  if (button.kind === 'open-url') {
    const url = safeUrl(button.url)
    return url ? { type: 'Action.OpenUrl', title, url } : undefined
  }
  const common: Action = {
    title,
    ...(button.style && { style: button.style }),
    ...(button.ignoresInputs && { associatedInputs: 'none' }),
  }
  const id = checked(button.id)
  if (button.kind === 'submit') return { type: 'Action.Submit', ...common, data: { id } }
  if (button.kind === 'dialog')
    return { type: 'Action.Submit', ...common, data: { id, msteams: { type: 'task/fetch' } } }
  return { type: 'Action.Execute', ...common, verb, data: { id } }
}

/**
 * Buttons in the order and style they are shown: a destructive one is never first unless it is alone, and only the first
 * positive one stays so.
 */
function arrange(buttons: readonly Button[]): Button[] {
  const first = buttons.findIndex((button) => button.kind === 'open-url' || button.style !== 'destructive')
  const order = first > 0 ? [buttons[first]!, ...buttons.filter((_, index) => index !== first)] : [...buttons]
  const positive = order.findIndex((button) => button.kind !== 'open-url' && button.style === 'positive')
  return order.map((button, index) =>
    button.kind !== 'open-url' && button.style === 'positive' && index !== positive
      ? { ...button, style: undefined }
      : button,
  )
}

/** The actions of a card's button row: four seen, six more in the overflow menu. */
export function actionsOf(data: CardData): Action[] {
  return shownButtons(data)
    .map((button) => actionOf(button))
    .filter((action) => action !== undefined)
    .map((action, index) => (index < limits.buttons ? action : { ...action, mode: 'secondary' }))
}

/** The buttons that are shown, in their order; none once the matter is decided. */
export const shownButtons = (data: CardData): Button[] =>
  data.decided ? [] : arrange(data.buttons ?? []).slice(0, limits.buttons + limits.overflow)

/** Everything that can be pressed on a card, in the order in which it is read: rows, "and 12 more", then the buttons. */
export function pressable(data: CardData): Button[] {
  const inSections = trim(data, 1).sections.flatMap(({ section, left }) => {
    return pressesOf(left > 0 ? section : { ...section, more: undefined })
  })
  return [...inSections, ...shownButtons(data)]
}
