/**
 * The part of Adaptive Cards' schema 1.5 (adaptivecards.io/explorer) that Nexus uses, written down because the official parser does not
 * catch unknown properties, wrong types or missing ones. `choices.data` is newer, and Teams documents it for its cards.
 */
type Rule =
  | 'string'
  | 'number'
  | 'boolean'
  | 'object'
  | 'action'
  | 'elements'
  | 'actions'
  | 'columns'
  | readonly (string | RegExp)[]

const spacing = ['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding'] as const
const colour = ['Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention'] as const
const containerStyle = ['default', 'emphasis', 'accent', 'good', 'warning', 'attention'] as const
const element = { id: 'string', isVisible: 'boolean', separator: 'boolean', spacing } as const
const input = {
  ...element,
  label: 'string',
  isRequired: 'boolean',
  errorMessage: 'string',
  placeholder: 'string',
} as const
const action = {
  title: 'string',
  style: ['default', 'positive', 'destructive'],
  mode: ['primary', 'secondary'],
  tooltip: 'string',
} as const
const text = {
  text: 'string',
  size: ['Small', 'Default', 'Medium', 'Large'],
  weight: ['Default', 'Bolder'],
  color: colour,
  isSubtle: 'boolean',
} as const

const schema: Record<string, Record<string, Rule>> = {
  AdaptiveCard: {
    $schema: 'string',
    version: ['1.5'],
    fallbackText: 'string',
    speak: 'string',
    msteams: 'object',
    refresh: 'object',
    body: 'elements',
  },
  TextBlock: {
    ...element,
    ...text,
    wrap: 'boolean',
    style: ['heading'],
    fontType: ['Monospace'],
    horizontalAlignment: ['Left', 'Right'],
  },
  Container: { ...element, style: containerStyle, bleed: 'boolean', items: 'elements', selectAction: 'action' },
  ColumnSet: { ...element, columns: 'columns', selectAction: 'action' },
  Column: { ...element, width: ['auto', 'stretch', /^\d+px$/, /^\d+$/], items: 'elements', selectAction: 'action' },
  ActionSet: { ...element, actions: 'actions' },
  Table: { ...element, firstRowAsHeaders: 'boolean', showGridLines: 'boolean', columns: 'object', rows: 'elements' },
  TableRow: { cells: 'elements' },
  TableCell: { items: 'elements' },
  'Input.Text': { ...input, value: 'string', isMultiline: 'boolean', maxLength: 'number', regex: 'string' },
  'Input.ChoiceSet': {
    ...input,
    value: 'string',
    choices: 'object',
    'choices.data': 'object',
    style: ['compact', 'expanded', 'filtered'],
    isMultiSelect: 'boolean',
    wrap: 'boolean',
  },
  'Input.Date': { ...input, value: 'string', min: 'string', max: 'string' },
  'Input.Time': { ...input, value: 'string', min: 'string', max: 'string' },
  'Input.Number': { ...input, value: 'number', min: 'number', max: 'number' },
  'Input.Toggle': { ...input, title: 'string', value: 'string', wrap: 'boolean' },
  'Action.Execute': { ...action, verb: ['nexus'], data: 'object', associatedInputs: ['none'] },
  'Action.Submit': { ...action, data: 'object', associatedInputs: ['none'] },
  'Action.OpenUrl': { ...action, url: [/^https:\/\//] },
  'Action.ToggleVisibility': { ...action, targetElements: 'object' },
}

/** What an element cannot be without, beyond its type. */
const required: Record<string, readonly string[]> = {
  AdaptiveCard: ['version', 'body', 'fallbackText'],
  TextBlock: ['text'],
  Container: ['items'],
  ColumnSet: ['columns'],
  Column: ['items', 'width'],
  ActionSet: ['actions'],
  Table: ['columns', 'rows'],
  'Input.Text': ['id', 'label'],
  'Input.ChoiceSet': ['id', 'label', 'choices'],
  'Input.Date': ['id', 'label'],
  'Input.Time': ['id', 'label'],
  'Input.Number': ['id', 'label'],
  'Input.Toggle': ['id', 'title'],
  'Action.Execute': ['title', 'verb', 'data'],
  'Action.Submit': ['title', 'data'],
  'Action.OpenUrl': ['title', 'url'],
  'Action.ToggleVisibility': ['title', 'targetElements'],
}

function problem(rule: Rule, value: unknown, path: string): string[] {
  switch (rule) {
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === rule ? [] : [`${path} is no ${rule}`]
    case 'object':
      return typeof value === 'object' && value !== null ? [] : [`${path} is no object`]
    case 'action':
      return check(value, path, 'Action.')
    case 'actions':
    case 'elements':
    case 'columns': {
      if (!Array.isArray(value) || value.length === 0) return [`${path} is no list, or empty`]
      const prefix = rule === 'actions' ? 'Action.' : rule === 'columns' && !path.includes('Table') ? 'Column' : ''
      return value.flatMap((item, index) => check(item, `${path}[${index}]`, prefix))
    }
    default:
      return rule.some((allowed) => (allowed instanceof RegExp ? allowed.test(String(value)) : allowed === value))
        ? []
        : [`${path} is ${JSON.stringify(value)}`]
  }
}

/** Everything that is wrong with an element and what is in it, as sentences with the path; empty where it is sound. */
export function check(node: unknown, path = 'card', prefix = ''): string[] {
  if (typeof node !== 'object' || node === null) return [`${path} is no element`]
  const { type, ...properties } = node as Record<string, unknown>
  const rules = schema[String(type)]
  if (!rules || !String(type).startsWith(prefix)) return [`${path} has the type ${String(type)}`]
  const missing = (required[String(type)] ?? []).filter(
    (name) => properties[name] === undefined || properties[name] === '',
  )
  return [
    ...missing.map((name) => `${path} (${String(type)}) has no ${name}`),
    ...Object.entries(properties).flatMap(([name, value]) => {
      const rule = rules[name]
      return rule ? problem(rule, value, `${path}.${name}`) : [`${path} (${String(type)}) knows no ${name}`]
    }),
  ]
}
