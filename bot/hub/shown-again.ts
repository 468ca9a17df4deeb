import type { Person } from '../../skills/kit/model.js'
import type { Reply, Section, ViewRef } from '../../skills/kit/reply.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'

/**
 * What came of a press, on the card it was pressed on: the record is drawn anew, with the words of the answer for a lock screen, and with
 * a refusal on the card itself, because nothing else there shows it. What asks something back, or a record that cannot be drawn, leaves
 * the answer as it is.
 */
export async function shownAgain(
  outcome: Outcome,
  view: ViewRef,
  { person }: Caller,
  draw: (view: ViewRef, viewer: Person) => Promise<Reply>,
): Promise<Outcome> {
  if (outcome.outcome === 'ask') return outcome
  const drawn = await draw(view, person).catch(() => undefined)
  if (!drawn?.card) return outcome
  const { text } = outcome.reply
  const refusal: Section[] = outcome.outcome === 'refuse' ? [{ kind: 'text', title: 'Not done', text }] : []
  const sections = [...refusal, ...(drawn.card.sections ?? [])]
  return { ...outcome, reply: { ...drawn, text, card: { ...drawn.card, sections }, view } }
}
