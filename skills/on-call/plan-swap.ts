import { badInput } from '../kit/errors.js'
import type { Entity, Instant } from '../kit/model.js'
import type { Plan } from '../kit/plan.js'
import type { Turn } from '../kit/ports.js'
import { textProp } from '../kit/answer.js'
import { dayIn } from '../kit/zoned-time.js'
import { farthest, findDuty, type Found } from './find-duty.js'
import { planHandOver, type HandOverPorts } from './hand-over.js'
import { cut } from '../kit/shifts-of.js'
import { dutyOfDay, sameHoursLater, sayStretch } from './stretches.js'

/** What somebody wants to swap. */
export interface SwapArgs {
  /** A moment of the day that they give away. */
  from: Instant
  /** With whom. */
  with: Entity
  /** A moment of the day that they take; the other's same hours on the first day that has them, unless told. */
  to?: Instant | undefined
  team?: Entity | undefined
}

/** Plans a swap of two stretches of one schedule between its asker and somebody else, who has to agree. */
export async function planSwap(args: SwapArgs, turn: Turn<HandOverPorts>): Promise<Plan> {
  const { person, now, onCall } = turn
  const other = args.with
  if (other.id === person.id) throw badInput('You cannot swap with yourself.', 'Name somebody else of the rota.')
  const wanted = { person, called: 'You', now, zone: person.zone, ...(args.team && { team: args.team }) }
  const given = await findDuty({ ...wanted, from: args.from }, onCall)
  const taken = await findReturn(args, given, turn)
  const title = `Swap ${sayStretch(given.stretch, person.zone).split(',')[0]} with ${other.name}`
  const undo = {
    command: 'on-call.swap',
    args: {
      from: taken.from,
      to: given.stretch.from,
      with: { kind: 'Person', id: other.id },
      team: { kind: 'Schedule', id: given.rota.schedule.id },
    },
  }
  return planHandOver(
    {
      rota: given.rota,
      handOvers: [
        { ...given.stretch, now: person, then: other },
        { ...taken, now: other, then: await personOf(person.id, turn) },
      ],
      title,
      other,
      undo,
    },
    turn,
  )
}

async function personOf(id: string, { catalog }: Turn<HandOverPorts>): Promise<Entity> {
  const found = await catalog.get({ kind: 'Person', id })
  if (!found) throw badInput('The directory has no entry for you.', 'Ask an Admin of Nexus to add you.')
  return found
}

/** What the asker takes in return. */
async function findReturn({ to, with: other }: SwapArgs, given: Found, turn: Turn<HandOverPorts>) {
  const { person, now, onCall } = turn
  const { schedule } = given.rota
  const end = new Date(Date.parse(now) + (farthest + 7) * 86_400_000).toISOString()
  const [rota] = await onCall.between({ from: now, to: end }, schedule)
  const shifts = rota?.shifts ?? []
  if (to !== undefined) {
    const taken = dutyOfDay(shifts, other.id, dayIn(person.zone, to), person.zone)
    if (!taken || taken.to <= now)
      throw badInput(
        `${other.name} does not carry the pager of ${schedule.name} on that day.`,
        `Look at the rota of ${schedule.name} for a day that is theirs.`,
      )
    if (cut(taken, given.stretch.from, given.stretch.to)) throw badInput('The two stretches overlap.', 'Name two days.')
    return taken
  }
  const zone = textProp(schedule, 'zone') ?? person.zone
  const taken = sameHoursLater(given.stretch, shifts, other.id, { zone, most: farthest })
  if (!taken)
    throw badInput(
      `${other.name} has no such hours in ${schedule.name} in the ${farthest} days after.`,
      `Say which day you take: “swap my Friday with ${other.name}’s Monday”; or ask ${other.name} to cover for you.`,
    )
  return taken
}
