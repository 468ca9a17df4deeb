import type { About, Draft } from '../skills/kit/delivery.js'
import type { Instant, Json } from '../skills/kit/model.js'
import type { RecordedChange } from '../skills/kit/recorded-change.js'

/** A change as the event that skills hear. Changes wait for no other: each has a thread of its own. */
export const draftChange = (
  change: RecordedChange,
  { at, id, about }: { at: Instant; id: string; about: readonly About[] },
): Draft => ({ type: 'change.recorded', at, data: change as unknown as Json, about, thread: id })
