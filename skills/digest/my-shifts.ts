import type { Text } from '../../cards/model.js'
import { lasted } from '../kit/answer.js'
import type { Shift } from '../kit/ports.js'
import { dayMoment, type Matter } from './contents.js'

/** Days ahead for which a digest says who carries the pager. */
const ahead = 7

/** When the person carries the pager this week, over the rotas of their teams and services; undefined where they do not. */
export async function myShifts({ me, teams, services, turn }: Matter): Promise<Text | undefined> {
  const rotas = await Promise.all([...teams, ...services].map((target) => turn.onCall.rotas(target, turn.now)))
  const until = dayMoment(turn.now, ahead)
  const mine = rotas
    .flat()
    .flatMap(({ shifts }) => shifts)
    .filter(({ person, from }) => person.id === me.id && from < until)
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  const [first] = mine
  if (!first) return undefined
  const later = new Set(mine.map(({ from }) => from)).size - 1
  return [...sayShift(first, turn.now), ...(later > 0 ? [`, and ${later} more this week`] : [])]
}

const sayShift = ({ from, to }: Shift, now: string) =>
  from <= now
    ? ['you, until ', { time: to } as const]
    : ['you, from ', { time: from } as const, ` for ${lasted(from, to)}`]
