import type { Action, AdaptiveCard } from 'adaptivecards'
import { isObject, type Json } from '../contract.js'
import { h } from '../dom.js'
import { icon } from '../icons.js'
import { openMenu } from '../shell/menu.js'
import { isWebLink } from '../text.js'
import { currentTheme } from '../theme.js'
import type { Reader } from '../time.js'
import { hostConfig } from './host-config.js'
import { nameOf, nameProperty, prepareCard, type ActionName } from './prepare.js'
import { cardRenderer } from './renderer.js'

/** A button of a card that somebody pressed. */
export interface Press extends ActionName {
  inputs: Record<string, string>
}

/** Carries a press out; the button shows that it waits until then. Gives a sentence to show under the card, if any. */
export type OnPress = (press: Press) => Promise<{ error?: string; message?: string } | void>

/**
 * Draws a card as Teams does; a card that cannot be drawn says why, never nothing.
 * @param counts buttons so far by title, where a message has several cards.
 */
export function cardView(
  card: Json,
  reader: Reader,
  onPress: OnPress,
  counts = new Map<string, number>(),
): HTMLElement {
  const note = h('div', { class: 'card-note', role: 'status' })
  const wide = isObject(card['msteams']) && String(card['msteams']['width']).toLowerCase() === 'full'
  const box = h('div', { class: wide ? 'card wide' : 'card' })
  try {
    box.append(draw(prepareCard(card, reader, counts), (action) => void press(action, box, note, onPress)))
  } catch (error) {
    const fallback = typeof card['fallbackText'] === 'string' ? ` It says: ${card['fallbackText']}` : ''
    const why = error instanceof Error ? error.message : String(error)
    box.append(
      h(
        'div',
        { class: 'card-fault', role: 'alert' },
        icon('warning'),
        h('span', {}, `This card can't be shown. ${why}${fallback}`),
      ),
    )
  }
  return h('div', { class: 'card-frame' }, box, note)
}

function draw(json: Json, execute: (action: Action) => void): HTMLElement {
  const { AdaptiveCard, HostConfig, SerializationContext, Versions } = cardRenderer()
  if (json['type'] !== 'AdaptiveCard') throw new Error(`Its type is '${String(json['type'])}', not 'AdaptiveCard'.`)
  const card: AdaptiveCard = new AdaptiveCard()
  card.hostConfig = new HostConfig(hostConfig(currentTheme()))
  card.onExecuteAction = execute
  card.onDisplayOverflowActionMenu = (actions, anchor) => overflow(actions, anchor)
  // Teams draws schema 1.5; what a newer card has beside it is left out, as there.
  const context = new SerializationContext(Versions.v1_5)
  card.parse(json, context)
  const faults = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  const element = card.render()
  if (!element) throw new Error(faults[0] ?? 'It is empty.')
  element.removeAttribute('tabindex')
  element.setAttribute('role', 'group')
  element.setAttribute('aria-label', typeof json['speak'] === 'string' ? json['speak'] : 'Card')
  return element
}

/** The menu of the actions that stand behind "…". */
function overflow(actions: readonly Action[], anchor: HTMLElement | undefined): boolean {
  if (!anchor) return false
  openMenu(
    anchor,
    actions.map((action) => ({ title: action.title ?? '', disabled: !action.isEnabled, run: () => action.execute() })),
  )
  return true
}

async function press(action: Action, box: HTMLElement, note: HTMLElement, onPress: OnPress): Promise<void> {
  const { OpenUrlAction, ExecuteAction, SubmitAction } = cardRenderer()
  if (action instanceof OpenUrlAction) {
    if (action.url && isWebLink(action.url)) window.open(action.url, '_blank', 'noopener')
    else show(note, { error: `Teams does not open '${action.url ?? ''}'.` })
    return
  }
  if (!(action instanceof ExecuteAction || action instanceof SubmitAction)) return
  const name = nameOf(action.getCustomProperty(nameProperty))
  const button = action.renderedElement
  if (!name || box.getAttribute('aria-busy') === 'true') return
  show(note, {})
  box.setAttribute('aria-busy', 'true')
  button?.classList.add('busy')
  try {
    show(note, (await onPress({ ...name, inputs: inputsOf(action) })) ?? {})
  } catch (error) {
    show(note, { error: error instanceof Error ? error.message : String(error) })
  } finally {
    box.removeAttribute('aria-busy')
    button?.classList.remove('busy')
  }
}

/** What was filled in of the inputs that go with an action; empty ones are left out. */
function inputsOf(action: Action): Record<string, string> {
  const inputs = Object.values(action.getReferencedInputs() ?? {})
  return Object.fromEntries(
    inputs.filter((input) => input.id && input.isSet()).map((input) => [input.id as string, String(input.value)]),
  )
}

function show(note: HTMLElement, { error, message }: { error?: string; message?: string }): void {
  note.className = error ? 'card-note error' : 'card-note'
  note.replaceChildren(...(error ? [icon('warning', 16), error] : message ? [icon('check', 16), message] : []))
}
