import type { Row } from '../../cards/model.js'
import type { Button, Section } from '../../skills/kit/reply.js'
import type { Suggestion, Understanding } from '../language/understanding.js'
import type { Outcome } from './outcome.js'

/**
 * An answer, and below it what may have been meant instead where that is not sure: whoever asked something else gets there with one press.
 * What is asked back, refused or posted by itself stays as it is.
 * @param offers whether the asker may use a command
 */
export function offeringInstead(
  outcome: Outcome,
  understanding: Understanding,
  offers: (command: string) => boolean,
): Outcome {
  const { reply } = outcome
  const below = understanding.outcome === 'intent' ? insteadRows(understanding.instead, offers) : []
  if (!below.length || outcome.outcome !== 'answer' || !reply.card || reply.posted) return outcome
  const sections = [...(reply.card.sections ?? []), ...below]
  return { ...outcome, reply: { ...reply, card: { ...reply.card, sections } } }
}

const title = 'Meant something else?'

/** Whether a section holds what may have been meant instead: it is none of what was found, and answers no question. */
export const isInstead = (section: Section): boolean => section.title === title

/** What may have been meant instead as a section of a card, a row to tap for each that the asker may use; none where there is nothing. */
export function insteadRows(instead: readonly Suggestion[] = [], offers: (command: string) => boolean): Section[] {
  const rows = instead
    .filter(({ intent }) => offers(intent.command))
    .map(({ title, intent }): Row<Button> => ({ title, select: { title, intent } }))
  return rows.length ? [{ kind: 'rows', title, rows }] : []
}
