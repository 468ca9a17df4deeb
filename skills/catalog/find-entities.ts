import type { Fact, Text } from '../../cards/model.js'
import { answer, sourceOf, sourcesOf } from '../kit/answer.js'
import { filter as filterArg } from '../kit/arguments.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { KindDeclaration } from '../kit/catalog/kind-declaration.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import { entityRow } from '../kit/entity-row.js'
import type { Instant } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Intent, Reply } from '../kit/reply.js'
import { askedOf } from './asked-of.js'
import { nounOf, sayConditions, type Noun } from './noun-of.js'
import type { Question } from './question.js'
import { sayNothingFound } from './say-nothing-found.js'

/** Rows of a page. */
const pageSize = 10
/** Values that a tally shows; what is left is told together. */
const mostTallied = 5

/** Says which entities meet a filter: how many, the first of them, and of what they are. */
export async function findEntities(question: Question, turn: Turn<'catalog'>): Promise<Reply> {
  const { filter, at, after } = question
  const { catalog } = turn
  const asOf = at && { at }
  const found = await catalog.find({ filter, limit: pageSize, ...asOf, ...(after && { after }) })
  const kinds = await catalog.kinds()
  const noun = nounOf(filter, kinds)
  const change = changeQuery(found.query, at)
  if (!found.total) {
    const sources = (await catalog.sources()).flatMap((state) => sourceOf(state, found.query))
    return { ...(await sayNothingFound(question, noun, change, turn)), sources }
  }
  const rows = await Promise.all(
    found.entities.map((entity) =>
      entityRow(entity, catalog, {
        ...{ at, named: noun.kinds.length !== 1 },
        detail: askedOf(entity, filter, {
          declared: kinds.find(({ kind }) => kind === entity.kind),
          now: at ?? turn.now,
        }),
      }),
    ),
  )
  const tallied = found.total > pageSize ? await tallyOf(question, noun, kinds, turn) : []
  const card: CardBody = {
    state: 'accent',
    icon: noun.icon,
    topic: 'Found',
    title: noun.title,
    status: found.total.toLocaleString('en'),
    sentence: sentence(found.total, noun, question),
    ...(tallied.length && { facts: tallied }),
    sections: [{ kind: 'rows', rows, ...(found.total > rows.length && !after && { total: found.total }) }],
  }
  const next: Button[] = found.next ? [{ title: 'Next page', intent: findIntent(filter, at, found.next) }] : []
  return answer(card, {
    sources: sourcesOf(found.entities, await catalog.sources(), found.query),
    buttons: [...next, change],
  })
}

function sentence(total: number, { one, many, conditions }: Noun, { at, after }: Question): Text {
  const meet = conditions ? ` ${total === 1 ? 'meets' : 'meet'} ${sayConditions(conditions)}` : ''
  const all = `${total.toLocaleString('en')} ${total === 1 ? one : many}${meet}${after ? ', continued' : ''}`
  return at ? [`${all}, as of `, { time: at }, '.'] : `${all}.`
}

/** How many there are by what tells them apart: their kinds where they are of several, else their environments. */
async function tallyOf(
  { filter, at }: Question,
  noun: Noun,
  kinds: readonly KindDeclaration[],
  { catalog }: Turn<'catalog'>,
): Promise<Fact[]> {
  const counts = await catalog.tally({ filter, ...(at && { at }) }, noun.kinds.length === 1 ? 'environment' : 'kind')
  const title = (value: string) => kinds.find(({ kind }) => kind === value)?.plural ?? capital(value)
  if (counts.length < 2) return []
  const left = counts.slice(mostTallied).reduce((sum, one) => sum + one.count, 0)
  const shown = counts.slice(0, mostTallied).map(({ value, count }): Fact => ({
    label: value === undefined ? 'No environment' : title(String(value)),
    value: count.toLocaleString('en'),
  }))
  return left ? [...shown, { label: 'Others', value: left.toLocaleString('en') }] : shown
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

/** The intent that asks a question. */
export const findIntent = (filter: Filter, at?: Instant, after?: string): Intent => ({
  command: 'catalog.find',
  args: { filter: printFilter(filter), ...(at && { at }), ...(after && { after }) },
})

/** Opens the query's text for editing; what cannot be read of it comes back in the dialog. */
const changeQuery = (query: string, at: Instant | undefined): Button => ({
  title: 'Change the query…',
  intent: { command: 'catalog.find', args: { filter: query, ...(at && { at }) } },
  form: { filter: filterArg('what to find') },
  dialog: true,
})
