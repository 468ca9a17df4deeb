import { createHash } from 'node:crypto'
import { threadOf, type Destination, type Outgoing, type Unsaid } from '../../outgoing.js'
import type { TenantStore, Write } from '../../store/contract.js'
import { StoreConflict } from '../../store/errors.js'
import type { Json } from '../../store/json.js'
import { beginWrite, messageWrite } from '../../store/records/message-records.js'

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url')

/**
 * Partition of a thread's answers, and their line: one of their own, because somebody waits for them, and what Nexus says unasked may be
 * put off to tomorrow.
 */
const partitionOf = (to: Destination, root?: string): string => `answers/${digest(threadOf(to, root))}`

/**
 * Puts an answer into the outbox that its turn had no time for; one that is there already is left as it is.
 * @param now milliseconds since 1970
 */
export async function enqueueAnswer(store: TenantStore, unsaid: Unsaid, now: number): Promise<void> {
  const { to, root, only, drawn, wait, begun } = unsaid
  const partition = partitionOf(to, root)
  const id = digest(unsaid.id)
  const more = { to, content: drawn, mayRepeat: true as const, ...(only !== undefined && { only }) }
  const outgoing: Outgoing = root === undefined ? { op: 'post', ...more } : { op: 'reply', root, ...more }
  const writes: Write[] = [
    { op: 'enqueue', id, thread: partition, data: outgoing as unknown as Json, notBefore: now + Math.ceil(wait) },
  ]
  // Somebody else began the thread: its first message is known by its activity id.
  if (root !== undefined) writes.push(messageWrite(root, { fate: 'sent', activityId: root, item: id }))
  if (begun !== undefined)
    writes.push(
      beginWrite(id, { to, headline: drawn.headline, since: now - begun, ...(root !== undefined && { root }) }),
    )
  await store.commit(partition, writes).catch((error: unknown) => {
    if (!(error instanceof StoreConflict && error.reason === 'exists')) throw error
  })
}

/** Whether an answer is in the outbox itself, or has to wait behind earlier ones of its thread. */
export async function waitingAnswers(
  store: TenantStore,
  { id, to, root }: Pick<Unsaid, 'id' | 'to' | 'root'>,
): Promise<'itself' | 'earlier' | 'none'> {
  const partition = partitionOf(to, root)
  if (await store.outbox.get(partition, digest(id))) return 'itself'
  return (await store.outbox.waiting(partition)).length ? 'earlier' : 'none'
}
