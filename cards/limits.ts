import type { CardData, Content, Row, Section } from './model.js'

/**
 * What a card holds at most. Bytes: Teams' limit for a message is quoted between 25 and 100 KB, so a card stays under 24. Buttons: Teams
 * shows six primary actions; four fit a phone, and two a row of a list. The other numbers are what can be read, in items or characters.
 */
export const limits = {
  bytes: 24 * 1024,
  facts: 6,
  buttons: 4,
  overflow: 6,
  rowButtons: 2,
  sections: 8,
  items: { rows: 12, list: 12, tree: 24, table: 15, facts: 12, form: 12 },
  columns: 5,
  choices: 50,
  depth: 6,
  mentions: 12,
  refreshed: 60,
  topic: 60,
  title: 140,
  status: 60,
  sentence: 320,
  label: 40,
  value: 200,
  cell: 120,
  end: 30,
  paragraph: 1500,
  button: 60,
  query: 1500,
  source: 40,
  id: 60,
} as const

/** A section cut to what a card holds: what stays, and how many items are not shown. */
export type Trimmed = { section: Section; left: number }

/** The shares of the item limits that are tried, until a card is small enough; at 0 only forms stay. */
export const shares = [1, 0.5, 0.25, 0] as const

/** The bytes of a card as it is sent. */
export const sizeOf = (card: object): number => Buffer.byteLength(JSON.stringify(card))

/** How many items of a kind a share allows. */
const allowed = (kind: keyof typeof limits.items, share: number): number => Math.ceil(limits.items[kind] * share)

/** Cuts one list of a section; `total` counts what the caller has left out already. */
function cut<T>(section: Section, items: T[], most: number, put: (kept: T[]) => Content): Trimmed {
  const total = Math.max(items.length, section.total ?? 0)
  const kept = items.slice(0, most)
  return { section: { ...section, ...put(kept) } as Section, left: total - kept.length }
}

/** A row with as many buttons as stand beside each other on a phone. */
const fewButtons = <R extends Row>(row: R): R =>
  row.buttons ? { ...row, buttons: row.buttons.slice(0, limits.rowButtons) } : row

function trimSection(section: Section, share: number): Trimmed {
  switch (section.kind) {
    case 'rows':
      return cut(section, section.rows, allowed('rows', share), (rows) => ({
        kind: 'rows',
        rows: rows.map(fewButtons),
      }))
    case 'list':
      return cut(section, section.items, allowed('list', share), (items) => ({ kind: 'list', items }))
    case 'tree':
      return cut(section, section.nodes, allowed('tree', share), (nodes) => ({
        kind: 'tree',
        nodes: nodes.map(fewButtons),
      }))
    case 'facts':
      return cut(section, section.facts, allowed('facts', share), (facts) => ({ kind: 'facts', facts }))
    case 'table': {
      const columns = section.columns.slice(0, limits.columns)
      return cut(section, section.rows, allowed('table', share), (rows) => ({ kind: 'table', columns, rows }))
    }
    default:
      return { section, left: 0 }
  }
}

const isEmpty = ({ section, left }: Trimmed): boolean => {
  if (left > 0) return false
  if (section.kind === 'rows' || section.kind === 'table') return section.rows.length === 0
  if (section.kind === 'list') return section.items.length === 0
  if (section.kind === 'tree') return section.nodes.length === 0
  if (section.kind === 'facts') return section.facts.length === 0
  if (section.kind === 'form') return section.inputs.length === 0
  return section.text.length === 0
}

/**
 * The rule for cards that hold too much: every list shows its first items (so put the important ones first) and says how many
 * follow; with a smaller share all lists shrink alike; at 0 every section but a form is left out and named. Empty sections go.
 * @throws RangeError for a form with more questions than a card can ask: a question must never be lost silently.
 */
export function trim(data: CardData, share: number): { sections: Trimmed[]; leftOut: string[] } {
  const given = data.sections ?? []
  for (const section of given)
    if (section.kind === 'form' && section.inputs.length > limits.items.form)
      throw new RangeError(
        `A form asks at most ${limits.items.form} questions, not ${section.inputs.length}; ask in two steps.`,
      )
  const whole = given.map((section) => trimSection(section, share || 1)).filter((trimmed) => !isEmpty(trimmed))
  const kept = whole.filter(({ section }, index) => section.kind === 'form' || (share > 0 && index < limits.sections))
  const leftOut = whole.filter((trimmed) => !kept.includes(trimmed)).map(({ section }) => section.title ?? section.kind)
  return { sections: kept, leftOut }
}
