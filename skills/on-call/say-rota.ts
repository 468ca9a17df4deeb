import type { Row } from '../../cards/model.js'
import { answer, fact, listSection } from '../kit/answer.js'
import type { Range } from '../kit/arguments.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Rota, Shift, Turn } from '../kit/ports.js'
import type { Button, CardBody, Reply, Section } from '../kit/reply.js'
import { coverageOf } from './gaps.js'
import { sourcesOf } from './rota-sources.js'
import { sayNobody } from './say-nobody.js'
import { mention, shiftsAt } from './say-person.js'

const days = 7

/** Says who is on call when in the week from a moment on, with every hand-over at the reader's own time, and who is next. */
export async function sayRota(target: Entity, from: Instant, turn: Turn<'catalog' | 'onCall'>): Promise<Reply> {
  const range = { from, to: new Date(Date.parse(from) + days * 86_400_000).toISOString() }
  const rotas = await turn.onCall.between(range, target)
  const [first] = rotas
  if (!first) return sayNobody(target, turn)
  const { now, next } = shiftsAt(first, from)
  const { gaps } = coverageOf(rotas, range)
  const card: CardBody = {
    state: gaps.length ? 'warning' : 'good',
    topic: 'On call',
    title: `Rota of ${target.name}`,
    status: [{ date: from }, ' to ', { date: range.to }],
    sentence: now
      ? [mention(now.person), ' until ', { time: now.to }, ...(next ? [', then ', mention(next.person), '.'] : ['.'])]
      : next
        ? ['Nobody now; ', mention(next.person), ' from ', { time: next.from }, '.']
        : 'Nobody is on call.',
    facts: fact('Ask next', first.escalation.map(({ name }) => name).join(', then ')),
    sections: rotas.flatMap((rota) => sectionOf(rota, range, rotas.length > 1) ?? []),
  }
  const query = `rota of ${target.kind} ${target.id} from ${range.from} to ${range.to}`
  return answer(card, {
    headline: now
      ? [
          `${now.person.name} is on call for ${target.name} until `,
          { time: now.to },
          ...(next ? [`, then ${next.person.name}`] : []),
        ]
      : `Nobody is on call for ${target.name}.`,
    buttons: buttonsFor(target),
    sources: sourcesOf(rotas, query),
  })
}

/** The shifts of a rota in a range, the gaps among them. */
function sectionOf(rota: Rota, range: Range, named: boolean): Section | undefined {
  const shifts = rota.shifts.filter(({ from, to }) => from < range.to && to > range.from)
  const gaps = coverageOf([rota], range).gaps
  const rows = [...shifts.map((shift) => ({ shift })), ...gaps.map((gap) => ({ gap }))].sort((a, b) =>
    beginOf(a) < beginOf(b) ? -1 : 1,
  )
  const title = named ? `${rota.schedule.name}, ${rota.source.title}` : rota.schedule.name
  const section = listSection(title, rows, (one) => ('shift' in one ? shiftRow(one.shift, range) : gapRow(one.gap)), {
    open: true,
    most: 16,
  })
  return section && { ...section, title }
}

const beginOf = (row: { shift: Shift } | { gap: Range }): Instant => ('shift' in row ? row.shift.from : row.gap.from)

const shiftRow = ({ person, from, to }: Shift, range: Range): Row<Button> => ({
  title: [{ strong: person.name }],
  detail: from < range.from ? ['until ', { time: to }] : [{ time: from }, ' to ', { time: to }],
  select: {
    title: `Shifts of ${person.name}`,
    intent: { command: 'on-call.shifts', args: { person: { kind: 'Person', id: person.id } } },
  },
})

const gapRow = ({ from, to }: Range): Row<Button> => ({
  state: 'attention',
  title: 'Nobody',
  detail: [{ time: from }, ' to ', { time: to }],
})

function buttonsFor({ kind, id, name }: Entity): Button[] {
  const ref = { kind, id }
  return [
    { title: 'My shifts', intent: { command: 'on-call.shifts', args: {} } },
    ...(kind === 'Team'
      ? [{ title: `Gaps of ${name}`, intent: { command: 'on-call.gaps', args: { team: ref } } }]
      : []),
    { title: `Show ${name}`, intent: { command: 'catalog.show', args: { entity: ref } } },
  ]
}
