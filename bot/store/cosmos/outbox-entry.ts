import type { OutboxEntry } from '../queues.js'
import type { ItemDocument } from './documents.js'

/** An item as it is told of. */
export function toEntry({
  partition,
  name: id,
  thread,
  at,
  attempts,
  state,
  data,
  reason,
  result,
}: ItemDocument): OutboxEntry {
  return {
    ...{ partition, id, thread, at, attempts, state, data },
    ...(reason !== undefined && { reason }),
    ...(result !== undefined && { result }),
  }
}
