import { setImmediate as turnOfOthers } from 'node:timers/promises'
import type { Steps } from '../language/steps.js'

/** Learning before anybody asks. */
export interface LearningAhead {
  /** From now on it is learnt; before, whatever else a start needs comes first. */
  begin(): void
  /** Goes on with what is still to be learnt, if it has begun; costs nothing where all is learnt. */
  nudge(): void
  stop(): Promise<void>
}

/**
 * Has the commands' words learnt in short steps, between which requests have their turn: it takes seconds of one processor, for which whoever asks
 * first would wait.
 * @param steps what is still to be learnt, as it is when it is asked for
 */
export function learnAhead(steps: () => Steps<void>, failed: (error: unknown) => void): LearningAhead {
  const stopping = new AbortController()
  let [hasBegun, running]: [boolean, Promise<void> | undefined] = [false, undefined]
  const learn = async (): Promise<void> => {
    for (const _ of steps()) {
      await turnOfOthers()
      if (stopping.signal.aborted) return
    }
  }
  return {
    begin: () => {
      hasBegun = true
    },
    nudge() {
      if (!hasBegun || running || stopping.signal.aborted) return
      running = learn()
        .catch(failed)
        .finally(() => {
          running = undefined
        })
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
