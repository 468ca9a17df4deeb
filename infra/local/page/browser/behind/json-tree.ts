import { h } from '../dom.js'

/** Entries of a list or object drawn at once; the rest comes on demand. */
const page = 100

/** JSON as a tree that opens where it is clicked; what is closed is not drawn, so that large states stay quick. */
export function jsonTree(value: unknown, name?: string, open = true): HTMLElement {
  if (typeof value !== 'object' || value === null) return h('div', { class: 'leaf' }, label(name), scalar(value))
  const entries = Object.entries(value)
  const sort = Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`
  if (!entries.length) return h('div', { class: 'leaf' }, label(name), h('span', { class: 'quiet' }, sort))
  const summary = h('summary', {}, label(name), h('span', { class: 'quiet' }, `${sort} ${hint(value)}`))
  const details = h('details', { class: 'tree' }, summary)
  let drawn = 0
  const more = () => {
    for (const [key, inner] of entries.slice(drawn, drawn + page)) details.append(jsonTree(inner, key, false))
    drawn += page
    if (drawn >= entries.length) return
    const rest = h(
      'button',
      { type: 'button', onclick: () => (rest.remove(), more()) },
      `${entries.length - drawn} more`,
    )
    details.append(rest)
  }
  details.addEventListener('toggle', () => {
    if (details.open && drawn === 0) more()
  })
  details.open = open
  if (open) more()
  return details
}

const label = (name: string | undefined) => name !== undefined && h('span', { class: 'key' }, `${name}: `)

function scalar(value: unknown): HTMLElement {
  return h('span', { class: `value ${value === null ? 'null' : typeof value}` }, JSON.stringify(value) ?? 'undefined')
}

/** What an object is about, while it is closed. */
function hint(value: object): string {
  const named = value as Record<string, unknown>
  const found = ['name', 'title', 'displayName', 'id', 'type']
    .map((key) => named[key])
    .find((one) => typeof one === 'string')
  return typeof found === 'string' ? found.slice(0, 60) : ''
}
