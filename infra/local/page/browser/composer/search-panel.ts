import { cardView } from '../card/card-view.js'
import type { SearchResult } from '../contract.js'
import { fill, h } from '../dom.js'
import { icon } from '../icons.js'
import type { Session } from '../session.js'
import { closePopover, moveFocus, openPopover } from '../shell/menu.js'

/** Results that Teams asks for at once. */
const pageSize = 25

/** Opens the app's search (its message extension); `insert` gets what was chosen, to be put into the message. */
export function openSearchPanel(
  anchor: HTMLElement,
  session: Session,
  where: string,
  insert: (chosen: SearchResult) => void,
): void {
  const input = h('input', {
    type: 'search',
    placeholder: 'Search services, incidents, people',
    'aria-label': 'Search with Nexus',
  })
  const results = h('div', { class: 'results' })
  const panel = h(
    'div',
    { class: 'menu search-panel', role: 'dialog', 'aria-label': 'Nexus search' },
    h('label', {}, icon('search', 18), input),
    results,
  )
  let asked = 0
  const search = async () => {
    const mine = ++asked
    if (!results.childElementCount) fill(results, h('p', { class: 'quiet' }, 'Searching…'))
    const answer = await session.service
      .search(where, input.value)
      .catch((error: Error) => ({ results: [], error: error.message, message: undefined }))
    if (mine !== asked) return
    const words = answer.error ?? answer.message ?? (answer.results.length ? undefined : 'Nothing found.')
    fill(
      results,
      words !== undefined && h('p', { class: answer.error ? 'error' : 'quiet', role: 'status' }, words),
      answer.results.map(line),
    )
    if (answer.results.length >= pageSize) results.append(moreOf(answer.results.length))
  }
  /** Brings the next page, as Teams does when somebody scrolls to the end. */
  const moreOf = (skip: number): HTMLElement => {
    const more = h('button', { class: 'menu-item', type: 'button', onclick: () => void next() }, 'Show more')
    const next = async () => {
      const mine = asked
      const answer = await session.service.search(where, input.value, skip).catch(() => ({ results: [] }))
      if (mine !== asked) return
      more.replaceWith(...answer.results.map(line))
      if (answer.results.length >= pageSize) results.append(moreOf(skip + answer.results.length))
    }
    return more
  }
  const line = (result: SearchResult) =>
    h(
      'button',
      { class: 'menu-item result', type: 'button', onclick: () => show(result) },
      h('b', {}, result.title),
      h('span', {}, result.text),
    )
  const show = (result: SearchResult) => {
    const { text, card } = result
    const use = h(
      'button',
      { class: 'primary', type: 'button', onclick: () => (closePopover(), insert(result)) },
      'Insert',
    )
    const back = h('button', { type: 'button', onclick: () => void search() }, 'Back')
    const preview = card
      ? cardView(card, session.reader, async () => ({ error: 'Insert it and send it first.' }))
      : h('p', {}, text)
    fill(results, preview, h('div', { class: 'buttons' }, back, use))
    use.focus()
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void search(), 200)
  })
  panel.addEventListener('keydown', (event) =>
    moveFocus(event, [input, ...panel.querySelectorAll<HTMLElement>('.result')]),
  )
  openPopover(anchor, panel)
  input.focus()
  void search()
}
