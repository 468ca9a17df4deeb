import type { Json } from './model.js'

/** Content type of an Adaptive Card. */
export const adaptiveCard = 'application/vnd.microsoft.card.adaptive'
/** Teams shows cards up to this schema version. */
const newest = [1, 5] as const

/** Elements and actions up to schema 1.5: what each must have. `Column` and its like stand only in their parents. */
const required: Record<string, string[]> = {
  TextBlock: ['text'],
  Image: ['url'],
  Media: ['sources'],
  RichTextBlock: ['inlines'],
  TextRun: ['text'],
  Container: ['items'],
  ColumnSet: [],
  Column: [],
  FactSet: ['facts'],
  ImageSet: ['images'],
  ActionSet: ['actions'],
  Table: [],
  TableRow: [],
  TableCell: ['items'],
  'Input.Text': ['id'],
  'Input.Number': ['id'],
  'Input.Date': ['id'],
  'Input.Time': ['id'],
  'Input.Toggle': ['id', 'title'],
  'Input.ChoiceSet': ['id'],
  'Action.OpenUrl': ['url'],
  'Action.Submit': [],
  'Action.Execute': [],
  'Action.ShowCard': ['card'],
  'Action.ToggleVisibility': ['targetElements'],
}
/** Properties that hold elements or actions, and the type that is meant where the schema lets it be left out. */
const lists: Record<string, string | undefined> = {
  body: undefined,
  items: undefined,
  columns: 'Column',
  rows: 'TableRow',
  cells: 'TableCell',
  actions: undefined,
  inlines: 'TextRun',
  images: 'Image',
}

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * What is wrong with an Adaptive Card, or undefined. It looks for what makes Teams refuse a card or show nothing in its
 * place: not a card, a version above 1.5, unknown elements without a fallback, missing required properties.
 */
export function cardFault(card: unknown): string | undefined {
  if (!isObject(card) || card['type'] !== 'AdaptiveCard') return 'The card is not an object of type AdaptiveCard'
  const version = /^(\d+)\.(\d+)$/.exec(String(card['version'] ?? ''))
  if (!version) return 'The card has no version such as "1.5"'
  const [major, minor] = [Number(version[1]), Number(version[2])]
  if (major > newest[0] || (major === newest[0] && minor > newest[1]))
    return `Card version ${card['version']} is not supported; the newest is ${newest.join('.')}`
  return childFault(card, 'card')
}

function childFault(parent: Json, path: string): string | undefined {
  for (const [name, implied] of Object.entries(lists)) {
    // `columns` of a Table are widths, not elements.
    if (parent[name] === undefined || (name === 'columns' && parent['type'] === 'Table')) continue
    const list = parent[name]
    if (!Array.isArray(list)) return `${path}.${name} is not an array`
    for (const [index, item] of list.entries()) {
      if (name === 'inlines' && typeof item === 'string') continue
      const fault = elementFault(item, `${path}.${name}[${index}]`, implied)
      if (fault) return fault
    }
  }
  if (parent['selectAction'] !== undefined) return elementFault(parent['selectAction'], `${path}.selectAction`)
  return undefined
}

function elementFault(element: unknown, path: string, implied?: string): string | undefined {
  if (!isObject(element)) return `${path} is not an object`
  const type = element['type'] ?? implied
  if (typeof type !== 'string') return `${path} has no type`
  const needs = required[type]
  const fallback = element['fallback']
  if (!needs) {
    if (fallback === 'drop') return undefined
    return isObject(fallback) ? elementFault(fallback, `${path}.fallback`) : `${path} has unknown type '${type}'`
  }
  const missing = needs.find((property) => element[property] === undefined)
  if (missing) return `${path} (${type}) has no ${missing}`
  if (type === 'TextBlock' && typeof element['text'] !== 'string') return `${path}.text is not a string`
  if (type === 'Action.ShowCard') {
    const shown = element['card']
    return isObject(shown) ? childFault(shown, `${path}.card`) : `${path}.card is not an object`
  }
  return childFault(element, path)
}
