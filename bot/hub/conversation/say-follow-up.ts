import type { Button } from '../../../skills/kit/reply.js'
import type { Suggestion } from '../../language/understanding.js'
import type { Outcome } from '../outcome.js'

/** Says that what was asked for is not there, though it was understood: a page behind the last one, a fourth of three. */
export const sayNothingMore = (sentence: string): Outcome => ({
  outcome: 'none',
  args: {},
  reply: {
    text: sentence,
    card: { lean: true, state: 'emphasis', icon: 'quiet', topic: 'This list', title: 'This list', sentence },
  },
})

/** Offers what words seem to ask for by what was spoken of before: a press says it, because the words do not name it. */
export function sayOffered(suggestions: readonly Suggestion[]): Outcome {
  const [only, ...more] = suggestions
  const sentence = more.length
    ? 'Which of these? Press it, or say it with its name.'
    : 'You have not named it, so I ask first: press it, or say it with its name.'
  return {
    outcome: 'suggest',
    args: {},
    reply: {
      text: `Did you mean: ${suggestions.map(({ title }) => `“${title}”`).join(' or ')}? ${sentence}`,
      card: {
        state: 'emphasis',
        icon: 'unknown',
        topic: 'Question',
        title: more.length ? 'Which of these do you mean?' : `${only?.title ?? 'This'}?`,
        sentence,
      },
      buttons: suggestions.map(({ title, intent }): Button => ({ title, intent })),
    },
  }
}
