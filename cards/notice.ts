import { limits } from './limits.js'
import type { CardData, State } from './model.js'
import { english, type Fault, type Words } from './words.js'

const states: Record<Fault, State> = {
  NotFound: 'emphasis',
  NotAllowed: 'warning',
  BadInput: 'emphasis',
  Conflict: 'warning',
  Unavailable: 'attention',
}

/**
 * The card for what did not work out: what it was in one line, and the way on.
 * @param about what was asked for, such as "Who is on call for a service or team"
 * @param says one sentence, never a vendor's message
 * @param wayOn what to do about it
 */
export function notice(
  fault: Fault,
  about: string,
  says: string,
  wayOn?: string,
  words: Words = english,
): CardData<never> {
  const sentence = [says, wayOn].filter(Boolean).join(' ')
  const fits = sentence.length <= limits.sentence
  const icon = fault === 'Unavailable' ? 'failing' : fault === 'NotAllowed' ? 'failed' : 'unknown'
  return {
    state: states[fault],
    icon,
    topic: words.faults[fault],
    title: about,
    sentence: fits ? sentence : says,
    ...(!fits && wayOn && { sections: [{ kind: 'text', text: wayOn }] }),
  }
}
