import { answer, count, sourceOf, sourcesOf, textProp } from '../kit/answer.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import { entityRow } from '../kit/entity-row.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'

const mostHits = 20
const mostShown = 8

/** Says what a search found, the best first. */
export async function showHits(text: string, { catalog }: Turn<'catalog'>): Promise<Reply> {
  const hits = await catalog.search(text, { limit: mostHits })
  const states = await catalog.sources()
  const shown = hits.slice(0, mostShown)
  const rows = await Promise.all(
    shown.map(({ entity, excerpt }) => entityRow(entity, catalog, { named: true, detail: saysMore(excerpt, entity) })),
  )
  const said = text.length > 60 ? `${text.slice(0, 59)}…` : text
  const partial = hits.some((hit) => hit.partial)
  const full = !partial && hits.length === mostHits
  const query = printFilter({ words: text })
  const card: CardBody = {
    state: hits.length ? 'accent' : 'emphasis',
    icon: 'document',
    topic: 'Search',
    title: said,
    status: hits.length ? `${hits.length}${full ? ' or more' : ''}` : 'none',
    sentence: partial
      ? `Nothing has all of “${said}”; ${count(hits.length, 'thing')} ${hits.length === 1 ? 'has' : 'have'} some of it.`
      : hits.length
        ? `${full ? 'At least ' : ''}${count(hits.length, 'thing')} found for “${said}”, the best first.`
        : `Nothing in the catalog has “${said}” in its name, description or tags.`,
    ...(rows.length && {
      sections: [{ kind: 'rows', rows, ...(hits.length > rows.length && { total: hits.length }) }],
    }),
  }
  const all: Button[] = full
    ? [{ title: 'List all of them', intent: { command: 'catalog.find', args: { filter: query } } }]
    : []
  const found = sourcesOf(
    shown.map(({ entity }) => entity),
    states,
    query,
  )
  return answer(card, {
    sources: hits.length ? found : states.flatMap((state) => sourceOf(state, query)),
    buttons: all,
  })
}

/** What was found in a text of a thing, where its title does not say it already. */
function saysMore(excerpt: string | undefined, entity: Entity): string | undefined {
  const said = [entity.name, textProp(entity, 'title')].flatMap((one) => one?.toLowerCase() ?? [])
  return excerpt && said.some((one) => excerpt.toLowerCase().includes(one)) ? undefined : excerpt
}
