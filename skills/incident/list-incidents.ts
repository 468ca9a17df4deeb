import type { Section } from '../../cards/model.js'
import { answer, count, dotted, lasted, listSection, severityOf, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { CardBody, Reply } from '../kit/reply.js'

type Which = 'open' | 'recent' | 'all' | 'past' | 'resolved' | undefined

/** Past incidents shown at a time. */
const page = 10

/** Says which incidents are open, and which were lately. */
export async function listIncidents(scope: Entity | undefined, which: Which, turn: Turn<'catalog'>): Promise<Reply> {
  const incidents = (await within(scope, turn)).sort((a, b) => (opened(a) < opened(b) ? 1 : -1))
  const open = incidents.filter((incident) => !textProp(incident, 'resolved'))
  const past = incidents.filter((incident) => textProp(incident, 'resolved'))
  const pastOnly = which === 'past' || which === 'resolved'
  const sections = [
    pastOnly ? undefined : listSection('Open', open, row, { open: true, most: page }),
    which === 'open' ? undefined : listSection('Before', past, row, { open: pastOnly || !open.length, most: page }),
  ].filter((section): section is Section => section !== undefined)
  const card: CardBody = {
    state: open.length ? 'attention' : 'good',
    topic: 'Incidents',
    title: scope?.name ?? 'All services',
    status: open.length ? `${open.length} open` : 'none open',
    sentence: sentence(scope, open, past),
    sections,
  }
  const show = open.slice(0, 2).map(({ id, name }) => ({
    title: `Show ${name}`,
    intent: { command: 'catalog.show', args: { entity: { kind: 'Incident', id } } },
  }))
  const query = ['Incident', scope && `affects ${scope.kind} ${scope.id}`, which, 'order by opened desc']
    .filter(Boolean)
    .join(' ')
  return answer(card, { buttons: show, sources: sourcesOf(incidents, await turn.catalog.sources(), query) })
}

function sentence(scope: Entity | undefined, open: readonly Entity[], past: readonly Entity[]): CardBody['sentence'] {
  const of = scope ? ` of ${scope.name}` : ''
  if (open.length) {
    const worst = [...open].sort((a, b) => ((severityOf(a) ?? '') < (severityOf(b) ?? '') ? -1 : 1))[0]!
    const severity = severityOf(worst)
    return `${count(open.length, 'incident')}${of} ${open.length === 1 ? 'is' : 'are'} open${severity ? `, the worst ${severity}` : ''}.`
  }
  return past[0]
    ? [`No incident${of} is open; the last was `, { ago: opened(past[0]) }, '.']
    : `No incident${of} is known.`
}

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

const opened = (incident: Entity): string => textProp(incident, 'opened') ?? ''

function row(incident: Entity) {
  const resolved = textProp(incident, 'resolved')
  const detail = dotted(severityOf(incident), textProp(incident, 'service'), [{ ago: opened(incident) }])
  const end = resolved ? `took ${lasted(opened(incident), resolved)}` : textProp(incident, 'state')
  return {
    title: `${incident.name} ${textProp(incident, 'title') ?? ''}`.trim(),
    ...(detail && { detail }),
    ...(end && { end }),
  }
}
