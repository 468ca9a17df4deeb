import { createHash } from 'node:crypto'
import type { Json } from '../../skills/kit/model.js'
import type { Reply } from '../../skills/kit/reply.js'
import { createButtonBook } from '../hub/buttons.js'
import type { Caller } from '../hub/caller.js'
import type { Hub } from '../hub/hub.js'
import type { ReadBy } from '../hub/hub-parts.js'
import { present } from '../hub/present.js'
import { pressButton } from '../hub/press-button.js'
import type { Store } from '../store/contract.js'
import { buttonRecords } from '../store/records/button-records.js'

/** A tenant's buttons, from the card that shows them to the press: a card has only their ids. */
export function keepButtons(store: Store, tenant: string, hub: Hub) {
  const book = createButtonBook(
    buttonRecords((id) => store.forTenant(id)),
    (text) => createHash('sha256').update(text).digest('base64url'),
  )
  return {
    book,
    /** A reply's card, its buttons kept, with the choices that whoever reads it may see. */
    show: async (reply: Reply, by: ReadBy) =>
      present(reply, (button) => book.keep(tenant, button), await hub.catalogFor(by)),
    press: (id: string, inputs: Record<string, unknown>, caller: Caller) =>
      pressButton(id, inputs as Record<string, Json>, caller, hub, book),
  }
}
