import { isObject, type Json } from '../contract.js'
import { localTimes, type Reader } from '../time.js'

/** Which of the buttons of a card an action is, as `POST /local/click` names it. */
export interface ActionName {
  title: string
  /** Which of several with that title, counting from 0 in reading order. */
  index: number
}

/** Property under which a prepared card's actions carry their name; the renderer leaves foreign properties alone. */
export const nameProperty = 'nexus:name'

const nested = ['body', 'items', 'columns', 'rows', 'cells', 'actions', 'inlines', 'images']

/** What an action is called: its title, or where it has none (a tapped element) its tooltip, id or verb. */
const titleOf = (action: Json): string =>
  String(action['title'] ?? action['tooltip'] ?? action['id'] ?? action['verb'] ?? action['type'])

/**
 * A copy of a card, ready for the renderer: times in the reader's zone, mentions that the card declares marked, and
 * every action numbered among those of its title. A message's cards share `counts`, as the service counts over all of them.
 */
export function prepareCard(card: Json, reader: Reader, counts: Map<string, number>): Json {
  const mentions = mentionsOf(card)
  const copy = mapStrings(card, (text) => resolveMentions(localTimes(text, reader), mentions)) as Json
  for (const action of actionsOf(copy)) {
    const title = titleOf(action)
    const index = counts.get(title) ?? 0
    counts.set(title, index + 1)
    action[nameProperty] = { title, index } satisfies ActionName
  }
  return copy
}

/** Reads the name that `prepareCard` gave an action. */
export function nameOf(value: unknown): ActionName | undefined {
  return isObject(value) ? { title: String(value['title']), index: Number(value['index']) } : undefined
}

/** The texts (`<at>…</at>`) that `msteams.entities` declares; Teams shows others as plain words. */
function mentionsOf(card: Json): Set<string> {
  const teams = isObject(card['msteams']) ? card['msteams'] : {}
  const entities = Array.isArray(teams['entities']) ? teams['entities'].filter(isObject) : []
  return new Set(entities.filter(({ type }) => type === 'mention').map(({ text }) => String(text)))
}

const resolveMentions = (text: string, declared: Set<string>): string =>
  text.replace(/<at[^>]*>(.*?)<\/at>/g, (whole, name: string) => (declared.has(whole) ? whole : name))

function mapStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((item) => mapStrings(item, change))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapStrings(item, change)]))
}

/** All actions in reading order: the card's own, those of action sets and tapped elements, then those of shown cards. */
function actionsOf(card: Json): Json[] {
  const found: Json[] = []
  const shown: Json[] = []
  const walk = (node: unknown): void => {
    if (!isObject(node)) return
    const type = String(node['type'] ?? '')
    if (type.startsWith('Input.')) walk(node['inlineAction'])
    if (type.startsWith('Action.')) {
      found.push(node)
      if (isObject(node['card'])) shown.push(node['card'])
      return
    }
    for (const property of nested) if (Array.isArray(node[property])) node[property].forEach(walk)
    walk(node['selectAction'])
  }
  walk(card)
  return [...found, ...shown.flatMap(actionsOf)]
}
