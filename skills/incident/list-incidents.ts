import type { CardBody } from '../../cards/model.js'
import { answer, count, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Reply } from '../kit/reply.js'
import { ago, duration } from '../kit/times.js'

type Which = 'open' | 'recent' | 'all' | 'past' | 'resolved' | undefined

/** Past incidents are shown this many at a time; the foot of the list says how many more there are. */
const page = 10

/** Says which incidents are open, and which were lately. */
export async function listIncidents(scope: Entity | undefined, which: Which, turn: Turn<'catalog'>): Promise<Reply> {
  const incidents = (await within(scope, turn)).sort((a, b) => (opened(a) < opened(b) ? 1 : -1))
  const open = incidents.filter((incident) => !textProp(incident, 'resolved'))
  const past = which === 'open' ? [] : incidents.filter((incident) => textProp(incident, 'resolved'))
  const shownOpen = which === 'past' || which === 'resolved' ? [] : open
  const of = scope ? ` of ${scope.name}` : ''
  const worst = open.map((incident) => textProp(incident, 'severity') ?? '').sort()[0]
  const card: CardBody = {
    state: open.length ? 'attention' : 'good',
    icon: open.length ? '▲' : '✓',
    title: `Incidents${of}`,
    status: open.length ? `${open.length} open` : 'none open',
    sentence: open.length
      ? `${count(open.length, 'incident')}${of} ${open.length === 1 ? 'is' : 'are'} open${worst ? `, the worst ${worst.toUpperCase().replace('SEV', 'SEV ')}` : ''}.`
      : `No incident${of} is open${past.length ? `; the last was ${ago(opened(past[0]!), turn.now)}` : ''}.`,
    sections: [
      ...(shownOpen.length
        ? [{ title: 'Open', rows: shownOpen.map((incident) => row(incident, turn.now)), open: true }]
        : []),
      ...(past.length
        ? [
            {
              title: past.length > page ? `Last ${page} of ${past.length}` : 'Before',
              rows: past.slice(0, page).map((incident) => row(incident, turn.now)),
              open: !shownOpen.length,
            },
          ]
        : []),
    ],
  }
  const buttons = open.slice(0, 2).map((incident) => ({
    title: `Show ${incident.name}`,
    intent: { command: 'catalog.show', args: { entity: { kind: 'Incident', id: incident.id } } },
  }))
  const query = `Incident${scope ? ` where affects ${scope.kind} ${scope.id}` : ''}${which ? ` ${which}` : ''} order by opened desc`
  return answer(card, { buttons, sources: sourcesOf(incidents, await turn.catalog.sources(), query) })
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

function row(incident: Entity, now: string): { text: string; note: string } {
  const resolved = textProp(incident, 'resolved')
  const severity = textProp(incident, 'severity')?.toUpperCase().replace('SEV', 'SEV ')
  const length = resolved
    ? `took ${duration(Date.parse(resolved) - Date.parse(opened(incident)))}`
    : (textProp(incident, 'state') ?? 'open')
  return {
    text: `${incident.name} ${textProp(incident, 'title') ?? ''}`.trim(),
    note: [severity, textProp(incident, 'service'), ago(opened(incident), now), length].filter(Boolean).join(' · '),
  }
}
