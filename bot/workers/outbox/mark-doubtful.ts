import type { Drawn } from '../../outgoing.js'

/** A message that may be there already, with words that say so. */
export const markRepeated = (drawn: Drawn): Drawn =>
  withWords(drawn, 'Teams did not confirm this answer the first time, so it may stand here twice.')

/** A message in place of one that can be edited no more, with words that say so: the earlier one may still stand there. */
export const markReplacing = (drawn: Drawn): Drawn =>
  withWords(drawn, 'This takes the place of an earlier message that Teams can no longer change.')

/** A message with a sentence before its own words. */
function withWords({ activity, headline }: Drawn, words: string): Drawn {
  const { text } = activity
  return { headline, activity: { ...activity, text: typeof text === 'string' && text ? `${words}\n\n${text}` : words } }
}
