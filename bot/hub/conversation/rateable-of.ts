import type { Rateable } from '../../../skills/kit/rateable.js'
import type { Suggestion, Understanding } from '../../language/understanding.js'
import type { Outcome } from '../outcome.js'

/** Longest question that is kept to be rated, in characters: as much as is looked at for meaning. */
const longest = 1_000

/**
 * What is rated: answers that the classifier chose, and guesses that were offered. What a person said in a command's own words is right or
 * it is a bug, and thumbs on every card would be pressed on none.
 */
export function rateableOf(
  question: string,
  understanding: Understanding,
  { outcome, command, args }: Outcome,
): Pick<Outcome, 'rateable'> {
  const asked = { question: question.slice(0, longest), outcome }
  if (understanding.outcome === 'intent' && understanding.via === 'classifier')
    return {
      rateable: {
        ...{ ...asked, ...(command && { command, args }), certainty: understanding.certainty },
        ...commandsOf(understanding.instead),
      },
    }
  if (understanding.outcome !== 'suggest' || understanding.declined || understanding.offered) return {}
  const { suggestions } = understanding
  return { rateable: { ...asked, certainty: suggestions[0]?.certainty ?? 0, ...commandsOf(suggestions) } }
}

/** The commands of what was offered, where something was. */
function commandsOf(suggestions: readonly Suggestion[] = []): Pick<Rateable, 'offered'> {
  const offered = suggestions.map(({ intent }) => intent.command)
  return offered.length ? { offered } : {}
}
