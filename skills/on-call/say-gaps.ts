import type { Row, Text } from '../../cards/model.js'
import { answer, count, lasted, listSection } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply } from '../kit/reply.js'
import { sourcesOf } from './rota-sources.js'
import { coverageOf, type Coverage } from './gaps.js'
import { refKey } from '../kit/ref-key.js'

/** Days ahead that are looked at. */
const ahead = 7

/** Says in which stretches of the coming week nobody is on call: of a team, or of all that have a rota. */
export async function sayGaps(team: Entity | undefined, turn: Turn<'catalog' | 'onCall'>): Promise<Reply> {
  const range = { from: turn.now, to: new Date(Date.parse(turn.now) + ahead * 86_400_000).toISOString() }
  const rotas = await turn.onCall.between(range, team)
  const groups = await groupsOf(rotas, turn)
  const found = groups.map((group) => ({ ...group, ...coverageOf(group.rotas, range) }))
  const open = found.filter(({ gaps, unknown }) => gaps.length + unknown.length)
  const gaps = found.flatMap((group) => group.gaps.map((gap) => ({ ...group, gap })))
  const unknown = found.filter((group) => group.unknown.length)
  const whose = team ? team.name : count(groups.length, 'rota')
  const state = gaps.length ? 'attention' : unknown.length || !groups.length ? 'warning' : 'good'
  const sections = [
    listSection('Nobody on call', gaps, ({ name, ref, gap }) => row(name, ref, gap), { open: true, most: 12 }),
    listSection('Not known', unknown, ({ name, unknown: [first] }) => ({ title: name, detail: sayRange(first!) }), {
      open: true,
    }),
  ]
  const card: CardBody = {
    state,
    topic: 'On call',
    title: team ? `Gaps of ${team.name}` : 'Gaps of the coming week',
    status: gaps.length
      ? count(gaps.length, 'gap')
      : unknown.length
        ? 'not all known'
        : groups.length
          ? 'covered'
          : 'no rota',
    sentence: sentenceOf(whose, gaps.length, open.length, found),
    sections: sections.filter((section) => section !== undefined),
  }
  const query = `gaps of ${team ? `${team.kind} ${team.id}` : 'all'} from ${range.from} to ${range.to}`
  return answer(card, {
    buttons: team ? [{ title: `Rota of ${team.name}`, intent: rotaOf(team) }] : [],
    sources: sourcesOf(rotas, query),
  })
}

function sentenceOf(whose: string, gaps: number, open: number, all: readonly Coverage[]): string {
  if (!all.length) return 'No on-call schedule is known, so nobody is on call at any time.'
  if (gaps)
    return `There ${gaps === 1 ? 'is' : 'are'} ${count(gaps, 'gap')} in the next ${ahead} days: nobody is on call then.`
  if (open) return `No gap is known, but not every source says who is on call for all of the next ${ahead} days.`
  return `Somebody is on call at every time of the next ${ahead} days: ${whose}.`
}

interface Group {
  name: string
  ref: Pick<Entity, 'kind' | 'id'>
  rotas: Rota[]
}

/** The rotas by whose they are; one that is for some services only stands by itself. */
async function groupsOf(rotas: readonly Rota[], { catalog }: Turn<'catalog'>): Promise<Group[]> {
  const groups = new Map<string, Group>()
  for (const rota of rotas) {
    const { schedule } = rota
    const owner = (await catalog.related(schedule, { type: 'ownedBy', direction: 'out' }))[0]?.entity
    const whose = owner && !schedule.props.services ? owner : schedule
    const group = groups.get(refKey(whose)) ?? { name: whose.name, ref: whose, rotas: [] }
    group.rotas.push(rota)
    groups.set(refKey(whose), group)
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

const rotaOf = ({ kind, id }: Pick<Entity, 'kind' | 'id'>) => ({
  command: 'on-call.rota',
  args: { target: { kind, id } },
})

const row = (name: string, ref: Pick<Entity, 'kind' | 'id'>, gap: Range): Row<Button> => ({
  title: name,
  detail: sayRange(gap),
  end: lasted(gap.from, gap.to),
  select: { title: `Rota of ${name}`, intent: rotaOf(ref) },
})

const sayRange = ({ from, to }: { from: Instant; to: Instant }): Text => [{ time: from }, ' to ', { time: to }]
