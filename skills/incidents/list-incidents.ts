import type { Row } from '../../cards/model.js'
import { answer, count, dotted, lasted, listSection, severityOf, sourceOf, textProp } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import type { Filter } from '../kit/catalog/filter.js'
import { during } from '../kit/catalog/filter-parts.js'
import { printFilter } from '../kit/catalog/print-filter.js'
import type { Entity } from '../kit/model.js'
import type { SourceState, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'

type Which = 'open' | 'recent' | 'all' | 'past' | 'resolved' | undefined

/** Past incidents shown at a time. */
const page = 10

/** Which incidents are asked for: of a team or a service, by how they stand, and by what else they are. */
interface Asked {
  scope?: Entity | undefined
  which?: Which
  /** When they were opened. */
  range?: Range | undefined
  filter?: Filter | undefined
  /** The id of the last past one that was shown: only those before it are asked for. */
  after?: string | undefined
}

/** Says which incidents are open, and which were lately. */
export async function listIncidents(asked: Asked, turn: Turn<'catalog'>): Promise<Reply> {
  const { scope, which, after } = asked
  const filter = filterOf(asked)
  const all = await meeting(filter, await within(scope, turn), turn)
  const incidents = all.sort((a, b) => (opened(a) < opened(b) ? 1 : -1))
  const open = incidents.filter((incident) => !textProp(incident, 'resolved'))
  const past = incidents.filter((incident) => textProp(incident, 'resolved'))
  const pastOnly = which === 'past' || which === 'resolved' || after !== undefined
  const sections = [
    pastOnly ? undefined : listSection('Open', open, rowFor(scope), { open: true, most: page }),
    which === 'open' ? undefined : pastSection(past, asked, pastOnly || !open.length),
  ].filter((section): section is Section => section !== undefined)
  const states = await sourcesOfIncidents(turn)
  const silent = states.find(({ asOf, down }) => down || !asOf)
  const calm = silent
    ? ({ state: 'warning', status: 'none known' } as const)
    : ({ state: 'good', status: 'none open' } as const)
  const from = firstOf(past, after)
  const card: CardBody = {
    ...(open.length ? { state: 'attention', status: `${open.length} open` } : calm),
    topic: 'Incidents',
    title: scope?.name ?? 'All services',
    sentence: from
      ? `${count(past.length, 'incident')}${ofScope(scope)} are over; these are from number ${from + 1} on.`
      : sentence(scope, open, past, silent),
    sections,
  }
  const query = [
    filter ? printFilter(onlyIncidents(filter)) : 'Incident',
    scope && `affects ${scope.kind} ${scope.id}`,
    ...[which, 'order by opened desc'],
  ]
    .filter(Boolean)
    .join(' ')
  return answer(card, {
    buttons: scope ? buttonsFor(scope) : [],
    sources: states.flatMap((state) => sourceOf(state, query)),
  })
}

/** What is asked of them beside whose they are. */
function filterOf({ range, filter }: Asked): Filter | undefined {
  const opened = range && during('opened', range)
  return opened && filter ? { all: [opened, filter] } : (opened ?? filter)
}

/** A page of those that are over, and what shows the next one. @param past the newest first */
function pastSection(
  past: readonly Entity[],
  { scope, range, filter, after }: Asked,
  open: boolean,
): Section | undefined {
  const from = firstOf(past, after)
  const rows = past.slice(from, from + page)
  const last = rows.at(-1)
  if (!last) return undefined
  const args = {
    ...(scope && { scope: { kind: scope.kind, id: scope.id } }),
    ...(range && { range: { ...range } }),
    ...(filter && { filter: printFilter(filter) }),
    ...{ which: 'past', after: last.id },
  }
  return {
    kind: 'rows',
    title: `Before (${past.length})`,
    fold: open ? 'open' : 'closed',
    rows: rows.map(rowFor(scope)),
    ...(past.length > from + page && {
      total: past.length - from,
      more: { title: 'Show earlier incidents', intent: { command: 'incident.list', args } },
    }),
  }
}

/** Where a page begins: behind the one that was shown last; at the newest where that one is none of them. */
const firstOf = (past: readonly Entity[], after: string | undefined): number =>
  after === undefined ? 0 : past.findIndex(({ id }) => id === after) + 1

/** The sources that incidents come from; before there is any, PagerDuty, which would bring them. */
async function sourcesOfIncidents({ catalog }: Turn<'catalog'>): Promise<SourceState[]> {
  const all = await catalog.all('Incident')
  const named = new Set(all.flatMap(({ sources }) => sources.map(({ source }) => source)))
  return (await catalog.sources()).filter(({ source }) => (all.length ? named.has(source) : source === 'pagerduty'))
}

/** @param silent a source that does not answer, so that nothing known is not nothing there */
function sentence(
  scope: Entity | undefined,
  open: readonly Entity[],
  past: readonly Entity[],
  silent: SourceState | undefined,
): CardBody['sentence'] {
  const of = ofScope(scope)
  if (open.length) {
    const worst = [...open].sort((a, b) => ((severityOf(a) ?? none) < (severityOf(b) ?? none) ? -1 : 1))[0]!
    const severity = severityOf(worst)
    if (open.length === 1) return `One incident${of} is open${severity ? `, ${severity}` : ''}.`
    return `${count(open.length, 'incident')}${of} are open${severity ? `, the worst ${severity}` : ''}.`
  }
  if (silent)
    return silent.down
      ? [
          `I know of no open incident${of}, but ${silent.title} has not answered since `,
          { time: silent.down.since },
          '.',
        ]
      : `I know of no open incident${of}, but ${silent.title} was not read yet.`
  return past[0]
    ? [`No incident${of} is open; the last was `, { ago: opened(past[0]) }, '.']
    : `No incident${of} is known.`
}

const ofScope = (scope: Entity | undefined): string => (scope ? ` of ${scope.name}` : '')

/** Sorts after every severity. */
const none = '~'

async function within(scope: Entity | undefined, { catalog }: Turn<'catalog'>): Promise<Entity[]> {
  const all = (await catalog.all('Incident')).filter((incident) => opened(incident))
  if (!scope) return all
  const owned =
    scope.kind === 'Team'
      ? (await catalog.related(scope, { type: 'ownedBy', direction: 'in' })).map(({ entity }) => entity)
      : [scope]
  const affected = await Promise.all(
    owned.map((service) => catalog.related(service, { type: 'affects', direction: 'in' })),
  )
  const ids = new Set(affected.flat().map(({ entity }) => entity.id))
  return all.filter(({ id }) => ids.has(id))
}

/** Most that a filter is asked for. */
const mostAsked = 1_000

const onlyIncidents = (filter: Filter): Filter => ({ all: [{ kinds: ['Incident'] }, filter] })

/** Those of the incidents that meet a filter; all of them without one. */
async function meeting(
  filter: Filter | undefined,
  incidents: Entity[],
  { catalog }: Turn<'catalog'>,
): Promise<Entity[]> {
  if (!filter) return incidents
  const { entities } = await catalog.find({
    filter: onlyIncidents(filter),
    order: { by: 'opened', descending: true },
    limit: mostAsked,
  })
  const met = new Set(entities.map(({ id }) => id))
  return incidents.filter(({ id }) => met.has(id))
}

const opened = (incident: Entity): string => textProp(incident, 'opened') ?? ''

/** An incident in a list: a tap shows it. The service is not said where all are of one. */
const rowFor =
  (scope: Entity | undefined) =>
  (incident: Entity): Row<Button> => {
    const resolved = textProp(incident, 'resolved')
    const state = textProp(incident, 'state')
    const service = scope?.kind === 'Service' ? undefined : textProp(incident, 'service')
    const stands = resolved ? `took ${lasted(opened(incident), resolved)}` : state
    const { id, name } = incident
    return {
      state: resolved ? 'good' : state === 'acknowledged' ? 'warning' : 'attention',
      ...(resolved && { icon: 'done' }),
      title: `${name} ${textProp(incident, 'title') ?? ''}`.trim(),
      detail: dotted(severityOf(incident), service, stands),
      end: [resolved ? { ago: opened(incident) } : { since: opened(incident) }],
      select: {
        title: `Show ${name}`,
        intent: { command: 'incident.show', args: { incident: { kind: 'Incident', id } } },
      },
    }
  }

function buttonsFor({ kind, id, name }: Entity): Button[] {
  const ref = { kind, id }
  return [
    { title: `Who's on call for ${name}`, intent: { command: 'on-call.show', args: { target: ref } } },
    { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: ref } } },
  ]
}
