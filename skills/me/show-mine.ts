import type { Fact, Row } from '../../cards/model.js'
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
import { belongingsOf, follow } from '../kit/belongings.js'
import type { Entity, RelationType } from '../kit/model.js'
import type { Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'

type MineTurn = Turn<'catalog' | 'onCall'>

/** Says what belongs to the asker: what needs them first, then what is theirs. */
export async function showMine(turn: MineTurn): Promise<Reply> {
  const me = await turn.catalog.get({ kind: 'Person', id: turn.person.id })
  if (!me)
    return answer({
      state: 'warning',
      topic: 'My state',
      title: turn.person.name,
      sentence: 'The directory has no entry for you yet, so I know nothing of yours.',
    })
  const mine = await gather(me, turn)
  const needs = mine.reviews.length + mine.incidents.length
  const card: CardBody = {
    state: mine.incidents.length ? 'attention' : needs ? 'warning' : 'good',
    topic: 'My state',
    title: turn.person.name,
    status: needs ? `${needs} ${needs === 1 ? 'needs' : 'need'} you` : 'nothing waits',
    sentence: sentence(mine),
    facts: [
      ...fact(mine.teams.length === 1 ? 'Team' : 'Teams', mine.teams.map(({ name }) => name).join(', ')),
      ...(await nextShift(me, mine.teams, turn)),
    ],
    sections: sectionsOf(mine),
  }
  const sources = sourcesOf(
    [me, ...mine.services, ...mine.reviews, ...mine.work],
    await turn.catalog.sources(),
    `mine of Person ${me.id}`,
  )
  return answer(card, { buttons: buttonsFor(mine), sources })
}

/** What hangs on a person, by what it is. */
interface Mine {
  teams: Entity[]
  services: Entity[]
  incidents: Entity[]
  reviews: Entity[]
  pulls: Entity[]
  work: Entity[]
}

async function gather(me: Entity, { catalog }: MineTurn): Promise<Mine> {
  const { teams, services } = await belongingsOf(me, catalog)
  const mine = (type: RelationType) => follow(type, 'in', [me], catalog)
  const incidents = await follow('affects', 'in', services, catalog)
  return {
    teams,
    services,
    incidents: incidents.filter((incident) => !textProp(incident, 'resolved')),
    reviews: await mine('reviewBy'),
    pulls: (await mine('authoredBy')).filter(({ kind }) => kind === 'PullRequest'),
    work: (await mine('assignedTo')).filter(({ kind }) => kind === 'WorkItem'),
  }
}

function sectionsOf({ incidents, reviews, pulls, work, services }: Mine): Section[] {
  const titled = (entity: Entity, ...props: string[]): Row<Button> => {
    const { kind, id, name } = entity
    const title = textProp(entity, 'title')
    const updated = instantProp(entity, 'updated')
    const detail = dotted(title && name, ...props.map((prop) => textProp(entity, prop)), updated && [{ ago: updated }])
    return {
      title: title ?? name,
      ...(detail && { detail }),
      select: { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: { kind, id } } } },
    }
  }
  const sections = [
    listSection('Broken now', incidents, (one) => ({ ...titled(one, 'service'), end: severityOf(one) ?? 'open' }), {
      open: true,
    }),
    listSection('To review', reviews, (one) => titled(one), { open: true }),
    listSection('My pull requests', pulls, (one) => titled(one, 'state')),
    listSection('My work items', work, (one) => titled(one, 'state')),
    listSection('Services of my teams', services, (one) => titled(one, 'summary')),
  ]
  return sections.filter((section) => section !== undefined)
}

function sentence({ incidents, reviews, services }: Mine): string {
  const parts = [
    incidents.length ? `${count(incidents.length, 'incident')} in your services` : '',
    reviews.length ? `${count(reviews.length, 'review')} waiting for you` : '',
  ]
  const said = parts.filter(Boolean).join(' and ')
  if (said) return `${said}.`
  return services.length
    ? `Nothing waits for you; your teams own ${count(services.length, 'service')}.`
    : 'Nothing waits for you.'
}

/** When the asker carries the pager next, over the rotas of their teams. */
async function nextShift(me: Entity, teams: readonly Entity[], turn: MineTurn): Promise<Fact[]> {
  const rotas = (await Promise.all(teams.map((team) => turn.onCall.rotas(team, turn.now)))).flat()
  const shifts = rotas.flatMap(({ shifts }) => shifts.filter(({ person }) => person.id === me.id))
  const next = shifts.sort((a, b) => (a.from < b.from ? -1 : 1))[0]
  if (!next) return []
  return fact(
    'On call',
    next.from <= turn.now ? ['now, until ', { time: next.to }] : [{ time: next.from }, ' to ', { time: next.to }],
  )
}

function buttonsFor({ teams, incidents }: Mine): Button[] {
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
