import type { Instant } from '../../../skills/kit/model.js'
import type { Write } from '../contract.js'
import type { Json } from '../json.js'

/** Whose timer it is: a skill's by name, the hub's own, or an event that is to be heard. */
export type TimerOwner = { skill: string; name: string; id: string } | { hub: string; id: string } | { event: string }

/** What a timer of the store carries. */
export interface TimerData {
  owner: TimerOwner
  data: Json
}

/** The write that sets a timer; one of the same owner is moved. An event is heard at once. */
export function timerWrite(owner: TimerOwner, due: Instant, data: Json): Extract<Write, { op: 'set-timer' }> {
  return { op: 'set-timer', id: nameOf(owner), due: Date.parse(due), data: { owner, data } as unknown as Json }
}

/** The id under which the store keeps a timer, within its partition. */
export const nameOf = (owner: TimerOwner): string =>
  'event' in owner
    ? `event/${owner.event}`
    : 'hub' in owner
      ? `hub/${owner.hub}/${owner.id}`
      : `${owner.skill}/${owner.name}/${owner.id}`
