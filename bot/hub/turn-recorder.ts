import { Question } from '../../skills/kit/question.js'
import type { Intent } from '../../skills/kit/reply.js'
import { askQuestion } from './ask-question.js'
import type { Caller } from './caller.js'
import type { HubParts } from './hub-parts.js'
import type { Outcome } from './outcome.js'
import { refuse } from './replies.js'
import { recordOf } from './turn-record.js'

/** A turn that ran within another one, and is in the log already. */
interface Recorded {
  recorded: Outcome
}

/** How turns end. */
export interface TurnRecorder {
  /** Ends a turn with what it came to, a failure included, and one line of the log. */
  record(
    caller: Caller,
    intent: Intent | undefined,
    work: (id: string) => Promise<Outcome | Recorded>,
  ): Promise<Outcome>
  /** What is said of a failure; the intent is absent where none was understood. */
  refusalOf(intent: Intent | undefined, error: unknown): Outcome
}

/**
 * Ends turns.
 * @param inPlace cuts an outcome to what those see who read it
 */
export function turnRecorder(
  parts: Pick<HubParts, 'newId' | 'record' | 'registry'>,
  inPlace: (outcome: Outcome, caller: Caller) => Promise<Outcome>,
): TurnRecorder {
  const refusalOf = (intent: Intent | undefined, error: unknown): Outcome => {
    const info = intent && parts.registry.find(intent.command)?.info
    return refuse(intent, intent ? (info?.summary ?? intent.command) : 'Your message', error, info)
  }
  return {
    refusalOf,
    async record(caller, intent, work) {
      const id = parts.newId()
      const finish = async (outcome: Outcome, thrown?: unknown): Promise<Outcome> => {
        await parts.record(recordOf(id, caller.person, outcome, thrown))
        return inPlace(outcome, caller)
      }
      try {
        const done = await work(id)
        return 'recorded' in done ? done.recorded : await finish(done)
      } catch (error) {
        if (intent && error instanceof Question) return finish(askQuestion(intent, error))
        return finish(refusalOf(intent, error), error)
      }
    },
  }
}
