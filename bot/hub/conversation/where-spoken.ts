import type { Caller } from '../caller.js'

/**
 * One person's side of a conversation: who, in which place and thread, and whether others read along. So two people in one channel do not
 * mix, nor two threads, and what somebody asked unseen is no subject where everybody reads.
 */
export const whereSpoken = ({ person, place, alone, input }: Caller): string => {
  const unseen = place.kind !== 'personal' && place.kind !== 'terminal' && (alone || input === 'click')
  return JSON.stringify([place.kind, place.id, place.thread ?? '', unseen ? 'unseen' : 'seen', person.objectId])
}
