import type { Row, Text } from '../../cards/model.js'
import {
  answer,
  count,
  dotted,
  fact,
  instantProp,
  listSection,
  severityOf,
  sourcesOf,
  textProp,
} from '../kit/answer.js'
import { askAbout, ofKind } from '../kit/ask-about.js'
import { allOf, itself, out } from '../kit/catalog/filter-parts.js'
import type { Filter } from '../kit/catalog/filter.js'
import { scopeFilter } from '../kit/catalog/scope-filter.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'

/** Most of each that are looked at. */
const mostAsked = 50

/** What speaks for or against the health of a thing. */
interface Signs {
  incidents: Entity[]
  alerts: Entity[]
  /** It or parts of it that their source says are not well. */
  unwell: Entity[]
  /** What it stands on that has an open incident itself. */
  below: Entity[]
  /** What its source says of it. */
  state: string | undefined
  /** Things whose health a source says, it and its parts. */
  told: number
}

/** Says whether a thing is healthy, by what is open, what fires, how its parts stand, and what it stands on. */
export async function showHealth(entity: Entity, turn: Turn<'catalog'>): Promise<Reply> {
  const { catalog } = turn
  const signs = await signsOf(entity, turn)
  const verdict = verdictOf(signs)
  const states = await catalog.sources()
  const silent = states.filter(({ down }) => down).map(({ title }) => title)
  const deployed = instantProp(entity, 'deployed')
  const named = [entity, ...signs.incidents, ...signs.alerts, ...signs.unwell, ...signs.below]
  return answer(
    {
      ...looks[verdict],
      topic: 'Health',
      title: entity.name,
      sentence: sentenceOf(entity, verdict, signs, silent),
      facts: [
        ...fact('Its source says', signs.state),
        ...fact('Alerts firing', signs.alerts.length ? String(signs.alerts.length) : undefined),
        ...fact(
          'Last deployed',
          deployed && [...(textProp(entity, 'version') ? [`${textProp(entity, 'version')}, `] : []), { ago: deployed }],
        ),
      ],
      sections: sectionsOf(signs),
    },
    { buttons: buttonsOf(entity), sources: sourcesOf(named, states, `health of ${entity.kind} ${entity.id}`) },
  )
}

type Verdict = 'failing' | 'doubtful' | 'well' | 'unknown'

const looks: Record<Verdict, Pick<CardBody, 'state' | 'icon' | 'status'>> = {
  failing: { state: 'attention', icon: 'failing', status: 'not healthy' },
  doubtful: { state: 'warning', icon: 'careful', status: 'not sure' },
  well: { state: 'good', icon: 'done', status: 'healthy' },
  unknown: { state: 'emphasis', icon: 'unknown', status: 'not known' },
}

/** An open incident or a part that is unavailable is a failure; an alert, a degraded part or trouble below it is a doubt. */
function verdictOf({ incidents, alerts, unwell, below, told }: Signs): Verdict {
  if (incidents.length || unwell.some((one) => textProp(one, 'state') === 'Unavailable')) return 'failing'
  if (alerts.length || unwell.length || below.length) return 'doubtful'
  return told ? 'well' : 'unknown'
}

async function signsOf(entity: Entity, { catalog }: Turn<'catalog'>): Promise<Signs> {
  const whole = entity.kind === 'Environment' ? inEnvironment(entity) : scopeFilter(entity)
  const list = async (filter: Filter) => (await catalog.find({ filter, limit: mostAsked })).entities
  const open: Filter = {
    all: [{ property: 'resolved', missing: true }, { not: { property: 'state', in: ['resolved', 'merged'] } }],
  }
  const watched: Filter = { property: 'state', is: '=', value: 'firing' }
  const health: Filter = { property: 'state', in: ['Available', 'Degraded', 'Unavailable'] }
  const [incidents, alerts, told, stands] = await Promise.all([
    list(allOf('Incident', open, out('affects', whole))),
    list(allOf('AlertRule', watched, out('watches', whole))),
    list({ all: [{ kinds: ['Service', 'Resource', 'Environment'] }, health, whole] }),
    entity.kind === 'Service' || entity.kind === 'Resource'
      ? catalog.reach(entity, { direction: 'down', depth: 2 })
      : [],
  ])
  const broken = new Set((await list(allOf('Incident', open))).map(({ id }) => id))
  const below: Entity[] = []
  for (const { entity: one } of stands) {
    const hurt = await catalog.related(one, { type: 'affects', direction: 'in' })
    if (hurt.some((incident) => broken.has(incident.entity.id))) below.push(one)
  }
  return {
    incidents,
    alerts,
    unwell: told.filter((one) => textProp(one, 'state') !== 'Available'),
    below,
    state: textProp(entity, 'state'),
    told: told.length,
  }
}

const inEnvironment = (environment: Entity): Filter => ({
  any: [
    itself(environment),
    out('runsIn', itself(environment)),
    { property: 'environment', is: '=', value: environment.name },
  ],
})

function sentenceOf({ name }: Entity, verdict: Verdict, signs: Signs, silent: readonly string[]): Text {
  const { incidents, alerts, unwell, below, told } = signs
  const unheard = silent.length
    ? ` ${silent.join(' and ')} ${silent.length === 1 ? 'does' : 'do'} not answer, so there may be more.`
    : ''
  if (verdict === 'well')
    return `Nothing is wrong with ${name} that I know of: no open incident, no alert firing, ${count(told, 'part')} well.${unheard}`
  if (verdict === 'unknown')
    return `I can't tell: no source says how ${name} stands. No incident of it is open and no alert fires.${unheard}`
  const said = [
    incidents.length && `${count(incidents.length, 'incident')} ${incidents.length === 1 ? 'is' : 'are'} open`,
    alerts.length && `${count(alerts.length, 'alert')} ${alerts.length === 1 ? 'fires' : 'fire'}`,
    unwell.length && `${count(unwell.length, 'part')} ${unwell.length === 1 ? 'is' : 'are'} not well`,
    below.length &&
      `${below.length === 1 ? below[0]!.name : count(below.length, 'thing')} below it ${below.length === 1 ? 'has' : 'have'} an open incident`,
  ].filter((part): part is string => typeof part === 'string')
  const list = said.length > 1 ? `${said.slice(0, -1).join(', ')} and ${said.at(-1)}` : said[0]!
  return `${verdict === 'failing' ? `${name} is not healthy` : `${name} may be in trouble`}: ${list}.${unheard}`
}

function sectionsOf({ incidents, alerts, unwell, below }: Signs): Section[] {
  const shows = ({ kind, id, name }: Entity): Button =>
    kind === 'Incident'
      ? { title: `Show ${name}`, intent: { command: 'incident.show', args: { incident: { kind, id } } } }
      : { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } }
  const row = (one: Entity): Row<Button> => {
    const at = instantProp(one, one.kind === 'Incident' ? 'opened' : 'fired')
    const detail = dotted(severityOf(one), textProp(one, one.kind === 'AlertRule' ? 'condition' : 'state'))
    return {
      state: one.kind === 'Incident' ? 'attention' : 'warning',
      title: [one.name, textProp(one, 'title')].filter(Boolean).join(' '),
      ...(detail && { detail }),
      ...(at && { end: [{ since: at }] }),
      select: shows(one),
    }
  }
  return [
    listSection('Open incidents', incidents, row, { open: true }),
    listSection('Alerts firing', alerts, row, { open: !incidents.length }),
    listSection('Not well', unwell, row, { open: !incidents.length }),
    listSection('Below it, with an open incident', below, row, { open: !incidents.length }),
  ].filter((section) => section !== undefined)
}

const buttonsOf = (entity: Entity): Button[] => [
  ...askAbout(entity, 'Timeline of', 'timeline.show', 'entity'),
  ...askAbout(ofKind(entity, 'Service', 'Team'), "Who's on call for", 'on-call.show', 'target'),
  ...askAbout(ofKind(entity, 'Service', 'Resource'), 'What depends on', 'catalog.depends', 'entity'),
]
