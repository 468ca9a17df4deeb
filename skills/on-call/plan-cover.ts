import { badInput } from '../kit/errors.js'
import type { Entity, Instant, Person } from '../kit/model.js'
import type { Plan } from '../kit/plan.js'
import type { Turn } from '../kit/ports.js'
import { findDuty } from './find-duty.js'
import { planHandOver, type HandOverPorts } from './hand-over.js'
import { sayStretch } from './stretches.js'

/** Which stretch is handed over. */
export interface CoverArgs {
  /** The beginning, or a moment of the day; the present shift unless told. */
  from?: Instant | undefined
  /** The end; the day's unless told. */
  to?: Instant | undefined
  team?: Entity | undefined
}

/**
 * Plans that somebody carries another's pager for a stretch: the asker is one of the two, the other has to agree.
 * @param whose pager it is
 * @param cover who carries it instead
 */
export async function planCover(
  { whose, cover }: { whose: Entity; cover: Entity },
  args: CoverArgs,
  turn: Turn<HandOverPorts>,
): Promise<Plan> {
  const { person, now, onCall } = turn
  if (whose.id === cover.id) throw badInput('Nobody covers for themselves.', 'Name somebody else of the rota.')
  const { rota, stretch } = await findDuty(
    {
      person: whose,
      called: whose.id === person.id ? 'You' : whose.name,
      now,
      zone: person.zone,
      ...(args.from !== undefined && { from: args.from }),
      ...(args.to !== undefined && { to: args.to }),
      ...(args.team && { team: args.team }),
    },
    onCall,
  )
  return planHandOver(
    {
      rota,
      handOvers: [{ ...stretch, now: whose, then: cover }],
      title: titleOf(person, { whose, cover }, sayStretch(stretch, person.zone).split(',')[0]!),
      other: whose.id === person.id ? cover : whose,
      undo: takeBack(person, { whose, cover }, { ...stretch, schedule: rota.schedule.id }),
    },
    turn,
  )
}

const titleOf = (
  { id }: Pick<Person, 'id'>,
  { whose, cover }: { whose: Entity; cover: Entity },
  when: string,
): string => (id === cover.id ? `Cover for ${whose.name} ${when}` : `Hand over ${when} to ${cover.name}`)

function takeBack(
  asker: Pick<Person, 'id'>,
  { whose, cover }: { whose: Entity; cover: Entity },
  { from, to, schedule }: { from: Instant; to: Instant; schedule: string },
): { command: string; args: Record<string, string | { kind: string; id: string }> } {
  const rest = { from, to, team: { kind: 'Schedule', id: schedule } }
  if (asker.id === whose.id)
    return { command: 'on-call.cover', args: { person: { kind: 'Person', id: cover.id }, ...rest } }
  return { command: 'on-call.override', args: { with: { kind: 'Person', id: whose.id }, ...rest } }
}
