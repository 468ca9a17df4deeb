import { Fault } from './errors.js'
import type { Json } from './model.js'

/** One answer to a question: what its button says, and the arguments it sets in the intent. */
export interface Choice {
  title: string
  /** What tells it from the others, in a few words. */
  detail?: string
  args: Record<string, Json>
}

/**
 * Thrown by a command that cannot go on without knowing which of several was meant: the hub asks, a button each, and runs the same intent
 * with what was chosen. Where nobody can be asked, such as before the start of an approved change, it is a refusal like any other.
 */
export class Question extends Fault {
  /** @param message the question as a sentence: "Which web app of checkout do you mean?" */
  constructor(
    message: string,
    readonly choices: readonly Choice[],
    wayOn?: string,
  ) {
    super('BadInput', message, wayOn)
  }
}
