import type { Text } from '../../cards/model.js'
import { sourcesOf, textProp } from './answer.js'
import type { Range } from './arguments.js'
import type { Found } from './catalog/catalog.js'
import type { Filter } from './catalog/filter.js'
import { printFilter } from './catalog/print-filter.js'
import { entityRow } from './entity-row.js'
import { findOver } from './find-over.js'
import type { Entity } from './model.js'
import type { Turn } from './ports.js'
import type { Section, Source } from './reply.js'

/** Rows that a list shows; the rest is one press away. */
const mostRows = 8

/** A list of what meets a filter. */
export interface Listed {
  filter: Filter
  order: { by: string; descending?: true }
  /** Also what its source tells of no more, as it was in this stretch of time. */
  over?: Range | undefined
  /** Above the rows. */
  title: string
  /** Below a row's title, besides what every row says. */
  detail?(entity: Entity): Text | undefined
}

/** What a list came to. */
export interface ListFound {
  total: number
  /** Those that are shown, in order. */
  entities: Entity[]
  /** Absent where there are none. */
  section?: Section
  /** The sources of what is shown, or of all there is where nothing is. */
  sources: Source[]
}

/** Lists what meets a filter: the first of them as rows, how many there are, and behind "more" the question for all of them. */
export async function listFound(listed: Listed, turn: Pick<Turn<'catalog'>, 'catalog' | 'now'>): Promise<ListFound> {
  const { title, detail } = listed
  const { catalog } = turn
  const [{ entities, total, query }, states] = await Promise.all([firstOf(listed, turn), catalog.sources()])
  const rows = await Promise.all(entities.map((entity) => entityRow(entity, catalog, { detail: detail?.(entity) })))
  const all = {
    title: `Find all ${total.toLocaleString('en')}`,
    intent: { command: 'catalog.find', args: { filter: query } },
  }
  return {
    total,
    entities,
    ...(total && {
      section: {
        kind: 'rows',
        title: `${title} (${total.toLocaleString('en')})`,
        rows,
        ...(total > rows.length && { total, more: all }),
      },
    }),
    sources: sourcesOf(entities, states, query),
  }
}

async function firstOf(
  { filter, order, over }: Listed,
  turn: Pick<Turn<'catalog'>, 'catalog' | 'now'>,
): Promise<Pick<Found, 'entities' | 'total' | 'query'>> {
  if (!over) return turn.catalog.find({ filter, order, limit: mostRows })
  const found = await findOver(filter, over, turn)
  const by = (entity: Entity): string => textProp(entity, order.by) ?? ''
  const sorted = found.sort((a, b) => (by(a) < by(b) ? -1 : 1) * (order.descending ? -1 : 1))
  return { entities: sorted.slice(0, mostRows), total: found.length, query: printFilter(filter) }
}

/** The sources of several lists, each once. */
export const joinedSources = (...lists: readonly ListFound[]): Source[] => [
  ...new Map(lists.flatMap(({ sources }) => sources.map((source) => [source.name, source] as const))).values(),
]
