import type { Row } from '../../cards/model.js'
import { answer, count, dotted, fact, instantProp, listSection, sourcesOf, textProp } from '../kit/answer.js'
import { askAbout } from '../kit/ask-about.js'
import { allOf, itself, out } from '../kit/catalog/filter-parts.js'
import { doneStates } from '../kit/done-states.js'
import { badInput } from '../kit/errors.js'
import { groupBy } from '../kit/group-by.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply, Section } from '../kit/reply.js'

/** Most items of a sprint that are read. */
const mostRead = 500

/** Says how far a team is in its sprint; one's own team where none is named. */
export async function showSprint(
  { team, person }: { team?: Entity | undefined; person?: Entity | undefined },
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const whose = team ?? (await teamOf(person, turn))
  const sprint = textProp(whose, 'sprint')
  const { catalog, now } = turn
  const states = await catalog.sources()
  if (!sprint)
    return answer(
      {
        state: 'emphasis',
        icon: 'schedule',
        topic: 'Sprint',
        title: whose.name,
        status: 'none known',
        sentence: `No sprint of ${whose.name} is known: its boards have none under way, or Azure DevOps was not read.`,
      },
      { buttons: askAbout(whose, 'Work items of', 'work.list', 'team'), sources: sourcesOf([whose], states) },
    )
  const { entities, query } = await catalog.find({
    filter: allOf('WorkItem', out('ownedBy', itself(whose)), { property: 'sprint', is: '=', value: sprint }),
    order: { by: 'updated', descending: true },
    limit: mostRead,
  })
  const done = entities.filter(isDone)
  const left = entities.filter((item) => !isDone(item))
  const [starts, ends] = [instantProp(whose, 'sprintStart'), instantProp(whose, 'sprintEnd')]
  const elapsed =
    starts && ends ? share(Date.parse(now) - Date.parse(starts), Date.parse(ends) - Date.parse(starts)) : undefined
  const finished = share(done.length, entities.length)
  const behind = elapsed !== undefined && entities.length > 0 && finished + 25 < elapsed
  const capacity = whose.props['capacity']
  return answer(
    {
      state: behind ? 'warning' : 'accent',
      icon: 'schedule',
      topic: 'Sprint',
      title: `${whose.name} · ${sprint}`,
      ...(ends && { status: ends > now ? ['ends ', { until: ends }] : ['ended ', { ago: ends }] }),
      sentence: entities.length
        ? `${done.length} of ${count(entities.length, 'item')} done (${finished} %)${elapsed === undefined ? '' : `, with ${elapsed} % of the time gone`}.`
        : `No work item is in ${sprint} of ${whose.name}.`,
      facts: [
        ...fact('Points', sayPoints(done, entities)),
        ...fact('Remaining work', sayHours(left)),
        ...fact('Capacity', typeof capacity === 'number' ? `${capacity.toLocaleString('en')} hours` : undefined),
      ],
      sections: sectionsOf(left, done),
    },
    {
      buttons: askAbout(whose, 'Work items of', 'work.list', 'team'),
      sources: sourcesOf([whose, ...entities], states, query),
    },
  )
}

async function teamOf(person: Entity | undefined, { catalog, person: asker }: Turn<'catalog'>): Promise<Entity> {
  const whom = person ?? (await catalog.get({ kind: 'Person', id: asker.id }))
  const { teams } = whom ? await catalog.belongings(whom) : { teams: [] }
  const found = teams.find((team) => textProp(team, 'sprint')) ?? teams[0]
  if (!found) throw badInput('Whose sprint is meant? No team is known for that.', 'Name one: “sprint of identity”.')
  return found
}

const isDone = (item: Entity): boolean =>
  (doneStates as readonly string[]).includes((textProp(item, 'state') ?? '').toLowerCase())

/** Per cent, between 0 and 100. */
const share = (part: number, whole: number): number =>
  whole > 0 ? Math.min(100, Math.max(0, Math.round((100 * part) / whole))) : 0

const sum = (items: readonly Entity[], property: string): number | undefined => {
  const values = items.flatMap(({ props }) => (typeof props[property] === 'number' ? [props[property]] : []))
  return values.length ? values.reduce((all, value) => all + value, 0) : undefined
}

function sayPoints(done: readonly Entity[], all: readonly Entity[]): string | undefined {
  const total = sum(all, 'points')
  return total === undefined ? undefined : `${sum(done, 'points') ?? 0} of ${total} done`
}

const sayHours = (left: readonly Entity[]): string | undefined => {
  const hours = sum(left, 'remaining')
  return hours === undefined ? undefined : `${hours.toLocaleString('en')} hours`
}

/** What is left by its state, and what is done folded behind it. */
function sectionsOf(left: readonly Entity[], done: readonly Entity[]): Section[] {
  const byState = [...groupBy([...left], (item) => textProp(item, 'state') ?? 'No state')]
  return [
    ...byState.map(([state, items]) => listSection(state, items, rowOf, { open: true })),
    listSection('Done', done, rowOf),
  ].filter((section) => section !== undefined)
}

const rowOf = (item: Entity): Row<Button> => {
  const { kind, id, name } = item
  const points = item.props['points']
  const detail = dotted(name, typeof points === 'number' ? count(points, 'point') : undefined)
  return {
    icon: 'document',
    title: textProp(item, 'title') ?? name,
    ...(detail && { detail }),
    select: { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } },
  }
}
