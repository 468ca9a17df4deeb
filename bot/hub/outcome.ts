import type { Json } from '../../skills/kit/model.js'
import type { Tongue } from '../../skills/kit/tongues.js'
import type { Reply } from '../../skills/kit/reply.js'
import type { Rateable } from '../../skills/kit/rateable.js'
import type { FaultCode } from '../../skills/kit/errors.js'

/**
 * What a turn came to, whichever way it was asked.
 * `answer` a read ran; `note` Nexus's own records moved; `propose` a change waits for a click; `ask` something is missing or
 * ambiguous; `suggest` the nearest commands; `refuse` a rule or a failure stood against it; `none` nothing was understood.
 */
export interface Outcome {
  outcome: 'answer' | 'note' | 'propose' | 'ask' | 'suggest' | 'refuse' | 'none'
  /** Id of the command, where one was meant. */
  command?: string
  args: Record<string, Json>
  /** The language it was asked in, where that is not English. */
  tongue?: Tongue
  /** Set with `refuse`. */
  fault?: FaultCode
  reply: Reply
  /** Set where the answer asks to be rated: what a thumb on it is about. */
  rateable?: Rateable
  /** What of the reply everyone may see in the place where it was asked, where that is not all of it. */
  forAll?: Reply
}
