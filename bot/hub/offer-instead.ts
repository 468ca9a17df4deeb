import type { Row } from '../../cards/model.js'
import type { Button } from '../../skills/kit/reply.js'
import type { Understanding } from '../language/understanding.js'
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
  const instead = understanding.outcome === 'intent' ? (understanding.instead ?? []) : []
  const rows = instead
    .filter(({ intent }) => offers(intent.command))
    .map(({ title, intent }): Row<Button> => ({ title, select: { title, intent } }))
  if (!rows.length || outcome.outcome !== 'answer' || !reply.card || reply.posted) return outcome
  const sections = [...(reply.card.sections ?? []), { kind: 'rows' as const, title: 'Meant something else?', rows }]
  return { ...outcome, reply: { ...reply, card: { ...reply.card, sections } } }
}
