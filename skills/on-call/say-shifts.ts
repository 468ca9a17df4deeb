import { answer, count, lasted, listSection } from '../kit/answer.js'
import type { Entity } from '../kit/model.js'
import type { Shift, Turn } from '../kit/ports.js'
import type { CardBody, Reply } from '../kit/reply.js'
import { sourcesOf } from './rota-sources.js'

const days = 21

/** Says when somebody carries a pager in the coming three weeks, by every schedule. */
export async function sayShifts(person: Pick<Entity, 'id' | 'name'>, turn: Turn<'onCall'>): Promise<Reply> {
  const range = { from: turn.now, to: new Date(Date.parse(turn.now) + days * 86_400_000).toISOString() }
  const rotas = await turn.onCall.between(range)
  const shifts = rotas
    .flatMap((rota) => rota.shifts.map((shift) => ({ rota, shift })))
    .filter(({ shift }) => shift.person.id === person.id)
    .sort((a, b) => (a.shift.from < b.shift.from ? -1 : 1))
  const [first] = shifts
  const own = person.id === turn.person.id
  const section = listSection(
    'Shifts',
    shifts,
    ({ rota, shift }) => ({
      title: [{ time: shift.from }, ' to ', { time: shift.to }],
      detail: `${rota.schedule.name} · ${rota.source.title}`,
      end: lasted(shift.from, shift.to),
    }),
    { open: true, most: 12 },
  )
  const isNow = first !== undefined && first.shift.from <= turn.now
  const card: CardBody = {
    state: isNow ? 'accent' : 'good',
    topic: 'On call',
    title: own ? 'My shifts' : `Shifts of ${person.name}`,
    status: isNow ? 'on call now' : first ? count(shifts.length, 'shift') : 'none',
    sentence: first ? sentenceOf(own, person.name, first.shift, isNow) : none(own, person.name),
    sections: section ? [section] : [],
  }
  return answer(card, {
    buttons: [{ title: 'Gaps of the coming week', intent: { command: 'on-call.gaps', args: {} } }],
    sources: sourcesOf(rotas, `shifts of Person ${person.id} until ${range.to}`),
  })
}

const sentenceOf = (own: boolean, name: string, { from, to }: Shift, isNow: boolean) => {
  const [be, carry] = own ? ['You are', 'You carry'] : [`${name} is`, `${name} carries`]
  return isNow
    ? [`${be} on call until `, { time: to }, '.']
    : [`${carry} the pager next from `, { time: from }, ' to ', { time: to }, '.']
}

const none = (own: boolean, name: string): string =>
  `${own ? 'You carry' : `${name} carries`} no pager in the next ${days} days.`
