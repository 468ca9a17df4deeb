import { conflict } from '../../skills/kit/errors.js'
import type { Json } from '../../skills/kit/model.js'
import type { ViewRef } from '../../skills/kit/reply.js'
import type { ButtonBook } from './buttons.js'
import { drawnView } from './draw-intent.js'
import type { Hub } from './hub.js'
import type { Caller } from './caller.js'
import type { Outcome } from './outcome.js'
import { refuse } from './replies.js'

/** Runs a stored button for whoever presses it. An id that this tenant did not store is a very old card, or a forged one. */
export async function pressButton(
  id: string,
  inputs: Record<string, Json>,
  caller: Caller,
  hub: Pick<Hub, 'press' | 'draw'>,
  book: ButtonBook,
): Promise<Outcome> {
  const button = await book.find(caller.person.tenant, id)
  if (button) {
    const view = drawnView(button)
    return view ? drawFor(view, caller, hub) : hub.press(button, inputs, caller)
  }
  return sayTooOld()
}

/** What is said to somebody who presses what this tenant never stored. */
export function sayTooOld(): Outcome {
  const gone = conflict('This card is too old for its buttons to work.', 'Ask again, and use the new card.')
  return refuse(undefined, 'This button', gone)
}

/** A card that asks for its newest state, as it is for whoever looks; Teams asks by itself. */
async function drawFor(view: ViewRef, { person }: Caller, hub: Pick<Hub, 'draw'>): Promise<Outcome> {
  try {
    return { outcome: 'answer', args: {}, reply: await hub.draw(view, person) }
  } catch (error) {
    return refuse(undefined, 'This card', error)
  }
}
