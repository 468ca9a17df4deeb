import { mapPresses } from '../../cards/presses.js'
import type { Button, Reply } from '../../skills/kit/reply.js'

/** Drops the buttons, and the presses of rows, that lead to commands which do not exist or which this person may not use. */
export function presentable<R extends Reply>(reply: R, offered: (button: Button) => boolean): R {
  const { buttons, card } = reply
  const sections = card?.sections?.map((section) =>
    mapPresses(section, (button) => (offered(button) ? button : undefined)),
  )
  return {
    ...reply,
    ...(buttons && { buttons: buttons.filter(offered) }),
    ...(card && sections && { card: { ...card, sections } }),
  }
}
