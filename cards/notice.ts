import type { Button, CardData, Fact, Foot, State, Text } from './model.js'
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
 * @param about what was asked for, such as "restart of checkout-web"
 * @param says one sentence, never a vendor's message
 */
export function notice<B = Button>(
  fault: Fault,
  about: string,
  says: Text,
  way: { facts?: Fact[]; buttons?: B[]; foot?: Foot } = {},
  words: Words = english,
): CardData<B> {
  const icon = fault === 'Unavailable' ? 'failing' : fault === 'NotAllowed' ? 'failed' : 'unknown'
  return { state: states[fault], icon, topic: words.faults[fault], title: about, sentence: says, ...way }
}
