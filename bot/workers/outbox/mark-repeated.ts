import type { Drawn } from '../../outgoing.js'

const words = 'Teams did not confirm this answer the first time, so it may stand here twice.'

/** A message that may be there already, with words that say so. */
export function markRepeated({ activity, headline }: Drawn): Drawn {
  const { text } = activity
  return { headline, activity: { ...activity, text: typeof text === 'string' && text ? `${words}\n\n${text}` : words } }
}
