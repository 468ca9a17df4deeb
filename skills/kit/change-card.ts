import type { Place } from './model.js'
import type { Proposal } from './proposal.js'
import type { Reply } from './reply.js'

/** Whether a change's card stands in the place where somebody speaks, because it was asked for there. */
const standsIn = ({ place: asked }: Proposal, place: Place): boolean =>
  (place.kind === 'channel' || place.kind === 'group') && place.id === asked.id

/**
 * An answer about a change: where its card stands before everybody's eyes a sentence is enough, because that card follows; elsewhere the card
 * is shown.
 * @param said what is said beside the card, such as which button to press
 */
export function besideItsCard(proposal: Proposal, said: string, place: Place): Reply {
  const { id, plan } = proposal
  if (!standsIn(proposal, place)) return { text: said, view: { kind: 'Proposal', id } }
  const card = { lean: true, state: 'emphasis', topic: `Change ${id}`, title: plan.title, sentence: said } as const
  return { text: said, card }
}
