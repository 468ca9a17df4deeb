import type { Reply } from '../../../skills/kit/reply.js'
import type { Destination } from '../../outgoing.js'
import type { TenantStore } from '../../store/contract.js'
import { StoreConflict } from '../../store/errors.js'
import type { Conversation } from '../../store/records/conversation-records.js'
import { enqueueWrite } from './enqueue.js'

const kind = 'welcome'

/** An install is of a whole team or of one chat; Teams tells of it twice, for a team perhaps with two of its channels. */
const partitionOf = ({ id, teamId }: Conversation): string => `install/${teamId ?? id}`

/**
 * Puts the welcome into the outbox, once for each install, however often Teams tells of it.
 * @param newId makes an id that was never used
 * @returns whether it was the first to hear of this install
 */
export async function enqueueWelcome(
  store: TenantStore,
  conversation: Conversation,
  content: Reply,
  newId: () => string,
): Promise<boolean> {
  const partition = partitionOf(conversation)
  try {
    await store.commit(partition, [
      { op: 'put', kind, id: kind, data: { conversation: conversation.id }, ifAbsent: true },
      enqueueWrite(partition, newId(), { op: 'post', to: destinationOf(conversation), content }),
    ])
    return true
  } catch (error) {
    if (error instanceof StoreConflict && error.reason === 'exists') return false
    throw error
  }
}

/** After an uninstall the next install is a new one, and is welcomed again. */
export async function forgetWelcome(store: TenantStore, conversation: Conversation): Promise<void> {
  await store.commit(partitionOf(conversation), [{ op: 'delete', kind, id: kind }])
}

/** A conversation as the outbox names it: a person's chat by the person, wherever that is known. */
export function destinationOf({ kind, id, objectId }: Conversation): Destination {
  if (kind === 'channel') return { channel: id }
  return kind === 'personal' && objectId ? { person: objectId } : { chat: id }
}
