import type { CardBody, CardSection } from '../../cards/model.js'
import { answer, count, sourcesOf, textProp } from '../kit/answer.js'
import type { Entity, RelationType } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, Reply } from '../kit/reply.js'
import { ago, clockTime } from '../kit/times.js'

const mostRows = 6

/** Says what belongs to the asker: what needs them first, then what is theirs. */
export async function showMine(turn: Turn<'catalog' | 'onCall'>): Promise<Reply> {
  const me = await turn.catalog.get({ kind: 'Person', id: turn.person.id })
  if (!me)
    return answer(
      {
        state: 'warning',
        icon: '○',
        title: 'My state',
        sentence: 'The directory has no entry for you yet, so I know nothing of yours.',
      },
      { sources: [] },
    )
  const from = async (type: RelationType, direction: 'in' | 'out', ...of: Entity[]) =>
    unique(
      (await Promise.all(of.map((one) => turn.catalog.related(one, { type, direction }))))
        .flat()
        .map(({ entity }) => entity),
    )
  const teams = await from('memberOf', 'out', me)
  const services = (await from('ownedBy', 'in', ...teams)).filter(({ kind }) => kind === 'Service')
  const incidents = (await from('affects', 'in', ...services)).filter((incident) => !textProp(incident, 'resolved'))
  const isOpen = (item: Entity) =>
    !['closed', 'merged', 'Closed', 'Resolved', 'completed', 'abandoned'].includes(textProp(item, 'state') ?? '')
  const reviews = (await from('reviewBy', 'in', me)).filter(isOpen)
  const authored = (await from('authoredBy', 'in', me)).filter((item) => item.kind === 'PullRequest' && isOpen(item))
  const work = (await from('assignedTo', 'in', me)).filter((item) => item.kind === 'WorkItem' && isOpen(item))
  const shifts = await myShifts(me, teams, turn)
  const needs = reviews.length + incidents.length
  const sections = [
    section('Broken now', incidents, (one) => [textProp(one, 'title'), since(one, 'opened', turn.now)], true),
    section(
      'To review',
      reviews,
      (one) => [
        textProp(one, 'title'),
        textProp(one, 'repository'),
        textProp(one, 'checks'),
        since(one, 'updated', turn.now),
      ],
      true,
    ),
    section('My pull requests', authored, (one) => [
      textProp(one, 'title'),
      textProp(one, 'repository'),
      textProp(one, 'checks'),
    ]),
    section('My work items', work, (one) => [textProp(one, 'title'), textProp(one, 'state')]),
    section('Services of my teams', services, (one) => [textProp(one, 'summary'), textProp(one, 'version')]),
  ].filter((one) => one !== undefined)
  const card: CardBody = {
    state: incidents.length ? 'attention' : needs ? 'warning' : 'good',
    icon: incidents.length ? '▲' : needs ? '◐' : '✓',
    title: `${turn.person.name.split(' ')[0]}, your state`,
    status: needs ? `${needs} need you` : 'nothing waits',
    sentence: sentence(incidents.length, reviews.length, services.length),
    facts: [
      ...(teams.length
        ? [{ label: teams.length === 1 ? 'Team' : 'Teams', value: teams.map(({ name }) => name).join(', ') }]
        : []),
      ...shifts,
    ],
    sections,
  }
  return answer(card, {
    buttons: buttons(teams, incidents),
    sources: sourcesOf([me, ...services, ...reviews, ...work], await turn.catalog.sources(), `mine of Person ${me.id}`),
  })
}

const unique = (entities: readonly Entity[]): Entity[] => [
  ...new Map(entities.map((entity) => [`${entity.kind}/${entity.id}`, entity])).values(),
]
const since = (entity: Entity, prop: string, now: string) => {
  const at = textProp(entity, prop)
  return at && ago(at, now)
}

function section(
  title: string,
  entities: readonly Entity[],
  notes: (entity: Entity) => (string | undefined)[],
  open = false,
): CardSection | undefined {
  if (!entities.length) return undefined
  const rows = entities
    .slice(0, mostRows)
    .map((entity) => ({ text: entity.name, note: notes(entity).filter(Boolean).join(' · ') }))
  const rest = entities.length - rows.length
  return {
    title: `${title} (${entities.length})`,
    rows: rest ? [...rows, { text: `and ${count(rest, 'other')}` }] : rows,
    ...(open && { open }),
  }
}

function sentence(incidents: number, reviews: number, services: number): string {
  const parts = [
    incidents ? `${count(incidents, 'incident')} in your services` : '',
    reviews ? `${count(reviews, 'review')} waiting for you` : '',
  ].filter(Boolean)
  return parts.length
    ? `${parts.join(' and ')}.`
    : `Nothing waits for you; your teams own ${count(services, 'service')}.`
}

/** When the asker carries the pager next, over the rotas of their teams. */
async function myShifts(
  me: Entity,
  teams: readonly Entity[],
  turn: Turn<'catalog' | 'onCall'>,
): Promise<{ label: string; value: string }[]> {
  const rotas = (await Promise.all(teams.map((team) => turn.onCall.rotas(team, turn.now)))).flat()
  const mine = rotas
    .flatMap(({ shifts }) => shifts.filter(({ person }) => person.id === me.id))
    .sort((a, b) => (a.from < b.from ? -1 : 1))[0]
  if (!mine) return []
  const { zone } = turn.person
  const value =
    mine.from <= turn.now
      ? `now, until ${clockTime(mine.to, turn.now, zone)}`
      : `${clockTime(mine.from, turn.now, zone)} to ${clockTime(mine.to, turn.now, zone)}`
  return [{ label: 'On call', value }]
}

function buttons(teams: readonly Entity[], incidents: readonly Entity[]): Button[] {
  const [team] = teams
  if (!team) return []
  const ref = { kind: 'Team', id: team.id }
  const pager: Button = {
    title: `Who's on call for ${team.name}`,
    intent: { command: 'on-call.show', args: { target: ref } },
  }
  const broken: Button = {
    title: `Incidents of ${team.name}`,
    intent: { command: 'incident.list', args: { scope: ref } },
  }
  return incidents.length ? [broken, pager] : [pager, broken]
}
