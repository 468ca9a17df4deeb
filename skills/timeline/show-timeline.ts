import type { Row, State } from '../../cards/model.js'
import { answer, count, dotted, instantProp, severityOf, sourcesOf, textProp } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import { askAbout, lastHours, ofKind } from '../kit/ask-about.js'
import { allOf, back, during, itself, out, repositoriesOf } from '../kit/catalog/filter-parts.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import type { Filter } from '../kit/catalog/filter.js'
import { scopeFilter } from '../kit/catalog/scope-filter.js'
import { findOver } from '../kit/find-over.js'
import type { Entity, Instant, Kind } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'

/** How far back is looked where no time is said, in hours. */
const usual = 7 * 24
/** Most that are shown. */
const mostShown = 15

/** What happens, by when it does. */
const sorts: readonly { kind: Kind; at: string; say: string; where?: Filter }[] = [
  { kind: 'Incident', at: 'opened', say: 'Incident' },
  { kind: 'Incident', at: 'resolved', say: 'Resolved' },
  { kind: 'Deployment', at: 'started', say: 'Deployment' },
  { kind: 'Change', at: 'at', say: 'Change' },
  { kind: 'PullRequest', at: 'merged', say: 'Merged' },
]

/** One thing that happened. */
interface Happened {
  entity: Entity
  at: Instant
  say: string
}

/** Says what happened to a thing and what belongs to it, the newest first: incidents, deployments, changes, merged pull requests. */
export async function showTimeline(entity: Entity, range: Range | undefined, turn: Turn<'catalog'>): Promise<Reply> {
  const { catalog, now } = turn
  const asked = range ?? lastHours(now, usual)
  const whole = entity.kind === 'Incident' ? incidentAndCauses(entity) : ofThing(entity)
  const read = await Promise.all(
    sorts.map(async ({ kind, at, say }): Promise<Happened[]> => {
      const entities = await findOver(allOf(kind, during(at, asked), whole), asked, turn)
      return entities.map((one) => ({ entity: one, at: instantProp(one, at)!, say }))
    }),
  )
  const events = read.flat().sort((a, b) => (a.at < b.at ? 1 : -1))
  const ref = { kind: entity.kind, id: entity.id }
  const between = [' between ', { time: asked.from }, ' and ', { time: asked.to }, '.']
  return answer(
    {
      state: 'accent',
      icon: 'document',
      topic: 'Timeline',
      title: entity.name,
      status: events.length ? count(events.length, 'event') : 'nothing',
      sentence: events.length
        ? [`${sayCounts(events)}`, ...between]
        : [`Nothing of ${entity.name} is known to have happened`, ...between],
      sections: events.length
        ? [
            {
              kind: 'rows',
              rows: events.slice(0, mostShown).map(rowOf),
              ...(events.length > mostShown && { total: events.length }),
            },
          ]
        : [],
    },
    {
      buttons: [
        ...askAbout(
          ofKind(entity, 'Service', 'Resource', 'Team', 'Repository', 'Environment'),
          'What changed on',
          'catalog.changed',
          'scope',
          { range: { ...asked } },
        ),
        { title: `Show ${entity.name}`, intent: { command: 'catalog.show', args: { entity: ref } } },
      ],
      sources: sourcesOf(
        [entity, ...events.map((event) => event.entity)],
        await catalog.sources(),
        `timeline from ${asked.from} to ${asked.to}: ${printFilter(whole)}`,
      ),
    },
  )
}

/** What is of a thing, its repositories' pull requests and changes among it; of an environment what ran or was deployed there. */
function ofThing(entity: Entity): Filter {
  if (entity.kind === 'Environment')
    return { any: [out('runsIn', itself(entity)), { property: 'environment', is: '=', value: entity.name }] }
  const scope = scopeFilter(entity)
  if (!['Service', 'Team', 'Repository'].includes(entity.kind)) return scope
  const repositories: Filter = { all: [{ kinds: ['Repository'] }, repositoriesOf(entity)] }
  return { any: [scope, out('partOf', repositories), out('builtFrom', repositories)] }
}

/** An incident, what caused it, and what is part of it. */
const incidentAndCauses = (incident: Entity): Filter => ({
  any: [itself(incident), back('causedBy', itself(incident)), out('partOf', itself(incident))],
})

/** "2 incidents, 5 deployments and 1 change" */
function sayCounts(events: readonly Happened[]): string {
  const nouns = [
    ['Incident', 'incident'],
    ['Deployment', 'deployment'],
    ['Change', 'change'],
    ['Merged', 'merged pull request'],
  ] as const
  const said = nouns.flatMap(([say, noun]) => {
    const { length } = events.filter((event) => event.say === say)
    return length ? [count(length, noun)] : []
  })
  if (!said.length) return count(events.length, 'event')
  return said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : said[0]!
}

function rowOf({ entity, at, say }: Happened): Row<Button> {
  const { kind, id, name } = entity
  const show: Button =
    kind === 'Incident'
      ? { title: `Show ${name}`, intent: { command: 'incident.show', args: { incident: { kind, id } } } }
      : { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } }
  const title = textProp(entity, 'title')
  const detail = dotted(
    say,
    severityOf(entity),
    textProp(entity, 'version'),
    textProp(entity, 'environment'),
    kind === 'Deployment' ? textProp(entity, 'state') : textProp(entity, 'by'),
  )
  return {
    state: lookOf(say, textProp(entity, 'state') ?? textProp(entity, 'outcome')),
    title: title && title !== name ? `${kind === 'Incident' ? `${name} ` : ''}${title}` : name,
    detail: detail ?? say,
    end: [{ time: at }],
    select: show,
  }
}

const lookOf = (say: string, state: string | undefined): State =>
  say === 'Incident' || state === 'failed' ? 'attention' : say === 'Resolved' ? 'good' : 'accent'
