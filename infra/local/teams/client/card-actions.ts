import { isObject } from '../card-check.js'
import type { Json } from '../model.js'

/** An action of a card, with the inputs that go with it. */
export interface FoundAction {
  action: Json
  /** Inputs of the card it stands on and, within an Action.ShowCard, of the cards around it. */
  inputs: Json[]
}

const nested = ['body', 'items', 'columns', 'rows', 'cells', 'actions', 'inlines', 'images']

/** All actions of a card in reading order: the card's own, those of action sets, tapped elements and shown cards. */
export function actionsOf(card: Json, around: Json[] = []): FoundAction[] {
  const inputs: Json[] = [...around]
  const found: FoundAction[] = []
  const shown: Json[] = []
  const walk = (node: unknown) => {
    if (!isObject(node)) return
    const type = String(node['type'] ?? '')
    if (type.startsWith('Input.')) {
      inputs.push(node)
      walk(node['inlineAction'])
    }
    if (type.startsWith('Action.')) {
      found.push({ action: node, inputs })
      if (type === 'Action.ShowCard' && isObject(node['card'])) shown.push(node['card'])
      return
    }
    for (const property of nested) if (Array.isArray(node[property])) node[property].forEach(walk)
    walk(node['selectAction'])
  }
  walk(card)
  return [...found, ...shown.flatMap((inner) => actionsOf(inner, inputs))]
}

/** What an action is called: its title, or where it has none (a tapped element) its tooltip or id. */
export const titleOf = (action: Json): string =>
  String(action['title'] ?? action['tooltip'] ?? action['id'] ?? action['verb'] ?? action['type'])

/** Finds the action with a title (any case) or an id; `index` chooses among several, counting from 0. */
export function findAction(cards: Json[], named: string, index = 0): FoundAction | undefined {
  const all = cards.flatMap((card) => actionsOf(card))
  const said = named.trim().toLowerCase()
  const exact = all.filter(({ action }) => titleOf(action) === named || action['id'] === named)
  return (exact.length ? exact : all.filter(({ action }) => titleOf(action).trim().toLowerCase() === said))[index]
}
