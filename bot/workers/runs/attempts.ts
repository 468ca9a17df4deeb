import { Fault, unavailable } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { Change } from '../../hub/change/change.js'
import type { ChangeBook } from '../../hub/change/change-book.js'
import type { StepAttempts } from '../../hub/change/change-steps.js'
import { begin, unansweredOf } from '../../hub/change/decide-step.js'
import { StoreConflict } from '../../store/errors.js'

/** Another hub has taken the step over, because this one was silent for longer than its claim. */
export class Overtaken extends StoreConflict {
  constructor(proposal: string) {
    super('claim', `the run of ${proposal}`, 'is in the hands of another hub')
  }
}

/** What attempts need. */
export interface AttemptParts {
  book: ChangeBook
  clock: { now(): Instant }
  newId(): string
  reached?(step: string): Promise<void> | void
}

/** A recorded attempt is sent within this time, in milliseconds, or not at all: another hub may have begun to find out what became of it. */
const freshness = 20_000

/** The attempts of one step, and the ids of those whose outcome it learnt. */
export interface StepNotes extends StepAttempts {
  answered: string[]
}

/**
 * The attempts of one step: each is in the store before it is sent. That it was answered is written together with what the step makes of
 * the answer, by whoever calls this: written by itself, a hub that died between the two would not know the answer and send again.
 */
export function attemptsOf(change: Change, claim: string, parts: AttemptParts): StepNotes {
  const { book, clock } = parts
  const { id } = change.proposal
  const unanswered = change.run && unansweredOf(change.run)
  const answered: string[] = []

  const record = (attempt: string, sent: Instant) =>
    book.move(id, (data) => {
      const { run } = data.change
      if (data.taken !== claim || !run) throw new Overtaken(id)
      return { ...data, change: { ...data.change, run: begin(run, attempt, sent) } }
    })

  return {
    answered,
    async attempt(send) {
      const attempt = parts.newId()
      const sent = clock.now()
      await record(attempt, sent)
      await parts.reached?.('run.attempt-recorded')
      if (Date.parse(clock.now()) - Date.parse(sent) > freshness)
        throw unavailable('Nexus was held up before it could send.', 'It looks again by itself.')
      try {
        const result = await send(attempt)
        answered.push(attempt)
        await parts.reached?.('run.sent')
        return result
      } catch (error) {
        // What was surely refused is answered; only silence leaves an attempt open.
        if (error instanceof Fault && error.code !== 'Unavailable') answered.push(attempt)
        throw error
      }
    },
    ...(unanswered && { unanswered }),
  }
}
