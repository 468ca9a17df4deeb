import { createHash } from 'node:crypto'
import type { Json } from '../../skills/kit/model.js'
import type { Catalog } from '../../skills/kit/ports.js'
import type { Reply } from '../../skills/kit/reply.js'
import { createButtonBook } from '../hub/buttons.js'
import type { Caller } from '../hub/caller.js'
import type { Hub } from '../hub/hub.js'
import { present } from '../hub/present.js'
import { pressButton } from '../hub/press-button.js'
import type { Store } from '../store/contract.js'
import { buttonRecords } from '../store/records/button-records.js'

/** A tenant's buttons, from the card that shows them to the press: a card has only their ids. */
export function keepButtons(store: Store, tenant: string, hub: Hub, catalog: Catalog) {
  const book = createButtonBook(
    buttonRecords((id) => store.forTenant(id)),
    (text) => createHash('sha256').update(text).digest('base64url'),
  )
  return {
    book,
    /** A reply's card, its buttons kept. */
    show: (reply: Reply) => present(reply, (button) => book.keep(tenant, button), catalog),
    press: (id: string, inputs: Record<string, unknown>, caller: Caller) =>
      pressButton(id, inputs as Record<string, Json>, caller, hub, book),
  }
}
