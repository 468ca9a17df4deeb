import type { Text } from '../../../cards/model.js'
import { lasted } from '../answer.js'
import type { Shift } from '../ports.js'
import type { Matter } from './matter.js'

/** How far ahead it is said who carries the pager. */
const ahead = 7 * 86_400_000

/** When the person carries the pager this week, over the schedules of their teams and services; undefined where they do not. */
export async function myShifts({ person: me, mine: { schedules }, turn }: Matter): Promise<Text | undefined> {
  const rotas = await Promise.all(schedules.map((schedule) => turn.onCall.rotas(schedule, turn.now)))
  const until = new Date(Date.parse(turn.now) + ahead).toISOString()
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
