import type { CardData } from '../../../cards/model.js'
import { pressable } from '../../../cards/actions.js'
import { plainWriter } from '../../../cards/spans.js'
import { renderText } from '../../../cards/text.js'
import { wordsFor } from '../../../cards/tongues/translate.js'
import type { Json } from '../../../skills/kit/model.js'
import type { Outcome } from '../../hub/outcome.js'

/** What the terminal prints with `--json`, as DESIGN's interface has it. */
export interface TerminalAnswer {
  outcome: Outcome['outcome']
  command: string | null
  /** An entity is `{kind, id, name}`, a moment an ISO instant, a range `{from, to}`. */
  args: Record<string, Json>
  /** Everything the card says, as lines. */
  text: string
  card: CardData
  /** In the order of their numbers in the text. */
  buttons: { title: string; id: string }[]
}

/** The ids of what has a number in an answer's text, in their order; null where one only opens an address. */
export const numberedIds = (card: CardData): (string | null)[] =>
  pressable(card).map((button) => (button.kind === 'open-url' ? null : button.id))

/** An outcome as words for one reader. */
export function terminalAnswer(
  outcome: Outcome,
  args: Record<string, Json>,
  card: CardData,
  { language, ...where }: { now: string; zone: string; language?: string; width?: number; colour?: boolean },
): TerminalAnswer {
  const reader = { ...where, words: wordsFor(language) }
  const write = plainWriter(reader)
  const headline = write(outcome.reply.text, 1000, true)
  const said = renderText(card, reader)
  // Nothing is said twice: a headline that is the card's own sentence stands on the card.
  const told = headline === write(card.sentence, 1000, true) ? said : `${headline}\n\n${said}`
  const buttons = pressable(card).flatMap((button) =>
    button.kind === 'open-url' ? [] : [{ title: button.title, id: button.id }],
  )
  return {
    outcome: outcome.outcome,
    command: outcome.command ?? null,
    args,
    text: told,
    card,
    buttons,
  }
}
