import type { Instant, Json, Place } from '../kit/model.js'
import type { Actor } from '../kit/proposal.js'
import type { Rateable } from '../kit/rateable.js'

/** Kind of the records in which this skill keeps thumbs. */
export const thumbKind = 'thumb'

/** A thumb on an answer, with what was asked and understood. */
export interface Feedback extends Rateable {
  reaction: 'like' | 'dislike'
  /** What the person wrote beside it; empty where nothing. */
  text: string
  by: Actor
  place: Pick<Place, 'kind' | 'name'>
  at: Instant
}

/**
 * A thumb as a case of the language evaluation, in the format of test/language. After a thumb up what was answered is right. After a thumb down
 * only that it was wrong is known: the note says so, and whoever takes the case in decides the command, or drops it.
 */
export function caseOf({ question, reaction, outcome, command, args, text, by, certainty }: Feedback): Json {
  const answered = command ? `${outcome} ${command}` : outcome
  const said = text ? `, who wrote: ${text}` : ''
  const told = { voice: 'feedback', set: 'tune', speaker: by.id }
  if (reaction === 'like' && command && outcome === 'answer')
    return { text: question, command, args: args ?? {}, ...told, note: `thumb up at ${certainty.toFixed(2)}${said}` }
  return {
    text: question,
    command: null,
    kind: 'out-of-scope',
    ...told,
    note: `thumb ${reaction === 'like' ? 'up' : 'down'} on ${answered} at ${certainty.toFixed(2)}${said}; decide the command and its arguments, or drop it`,
  }
}
