import type { Row } from '../../cards/model.js'
import { answer, sourcesOf } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import { askAbout, lastHours } from '../kit/ask-about.js'
import type { Belonging } from '../kit/belongings.js'
import { allOf, during, itself, out, repositoriesOf } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import type { RelationType } from '../kit/catalog/relation-types.js'
import { badInput } from '../kit/errors.js'
import { findOver } from '../kit/find-over.js'
import { measureDelivery, type Delivered, type Measure } from '../kit/measure-delivery.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'

/** How far back is measured where no time is said, in hours; the catalog remembers no longer. */
const usual = 30 * 24

/** Says DORA's four keys of a team or a service; of one's own team where none is named. */
export async function showDora(
  asked: Entity | undefined,
  range: Range | undefined,
  turn: Turn<'catalog'>,
): Promise<Reply> {
  const whose = asked ?? (await ownTeam(turn))
  const stretch = range ?? lastHours(turn.now, usual)
  const delivered = await deliveredBy(whose, stretch, turn)
  const days = Math.max(1, Math.round((Date.parse(stretch.to) - Date.parse(stretch.from)) / 86_400_000))
  const measures = measureDelivery(delivered, {
    of: `of ${whose.name}`,
    pulls: `the merged pull requests of ${whose.name}`,
    ofIncidents: `of ${whose.kind === 'Team' ? 'its services' : whose.name}`,
    days,
  })
  const known = measures.filter(({ value }) => value !== undefined)
  const all = [
    ...new Map(
      Object.values(delivered)
        .flat()
        .map((one) => [one.id, one]),
    ).values(),
  ]
  return answer(
    {
      state: known.length ? 'accent' : 'emphasis',
      icon: 'up',
      topic: 'Delivery',
      title: whose.name,
      status: `${days} ${days === 1 ? 'day' : 'days'}`,
      sentence: [
        known.length
          ? `${known.map(({ title, value }) => `${title.toLowerCase()} ${value}`).join(', ')}`.replace(/^./, (letter) =>
              letter.toUpperCase(),
            )
          : `Too little is known of ${whose.name} to measure how it delivers`,
        ...[', between ', { time: stretch.from }, ' and ', { time: stretch.to }, '.'],
      ],
      sections: [{ kind: 'rows', rows: measures.map(rowOf) }],
    },
    {
      buttons: [
        ...askAbout(whose, 'Deployments of', 'deployment.list', 'service'),
        ...askAbout(whose, 'Incidents of', 'incident.list', 'scope'),
      ],
      sources: sourcesOf(all, await turn.catalog.sources(), `delivery of ${whose.kind} ${whose.id}`),
    },
  )
}

async function ownTeam({ catalog, person }: Turn<'catalog'>): Promise<Entity> {
  const me = await catalog.get({ kind: 'Person', id: person.id })
  const { teams } = me ? await catalog.belongings(me) : { teams: [] }
  if (!teams[0])
    throw badInput(
      'Whose delivery is meant? You are in no team that owns a service.',
      'Name one: “dora metrics of identity”.',
    )
  return teams[0]
}

/** What was delivered, with what each hangs on: a deployment's and a pull request's repository, an incident's cause. */
async function deliveredBy(whose: Entity, range: Range, turn: Turn<'catalog'>): Promise<Delivered> {
  const services: Filter =
    whose.kind === 'Team' ? { all: [{ kinds: ['Service'] }, out('ownedBy', itself(whose))] } : itself(whose)
  const repositories: Filter = { all: [{ kinds: ['Repository'] }, repositoriesOf(whose)] }
  const read = async (filter: Filter, beside: RelationType): Promise<Belonging[]> => {
    const found = await findOver(filter, range, turn)
    return Promise.all(
      found.map(async (entity): Promise<Belonging> => {
        const [end] = await turn.catalog.related(entity, { type: beside, direction: 'out' })
        return { ...entity, ...(end && { beside: { kind: end.entity.kind, id: end.entity.id } }) }
      }),
    )
  }
  const deploys: Filter = { any: [out('deploys', services), out('builtFrom', repositories)] }
  const [deployments, merged, resolved] = await Promise.all([
    read(allOf('Deployment', during('started', range), deploys), 'builtFrom'),
    read(allOf('PullRequest', during('merged', range), out('partOf', repositories)), 'partOf'),
    read(allOf('Incident', during('resolved', range), out('affects', services)), 'causedBy'),
  ])
  return { deployed: deployments, deployments, merged, incidents: [], resolved }
}

const rowOf = ({ title, definition, value, known, needed }: Measure): Row<Button> => ({
  state: value === undefined ? 'emphasis' : 'accent',
  title,
  detail:
    value === undefined
      ? `${definition} Too few: ${known} of the ${needed} it takes.`
      : `${definition} From ${known.toLocaleString('en')}.`,
  end: value ?? 'not enough data',
})
