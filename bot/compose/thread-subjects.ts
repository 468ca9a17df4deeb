import type { Kind, Ref } from '../../skills/kit/model.js'
import type { Caller } from '../hub/caller.js'
import type { MessageRecords } from '../store/records/message-records.js'

/** Whose partitions hold the messages of which kind of record: the skill's name, or the hub's own. */
const kindsOf: Readonly<Record<string, { kind: Kind; idOf(id: string): string }>> = {
  // The catalog writes ids of incidents in lower case.
  incident: { kind: 'Incident', idOf: (id) => id.toLowerCase() },
  change: { kind: 'Proposal', idOf: (id) => id },
}

/**
 * Finds what people speak of without naming it: the records whose message is answered, else those whose messages stand in the thread.
 * In a chat nothing is spoken of unless a message is answered, because everything stands there.
 */
export const threadSubjects =
  (messages: Pick<MessageRecords, 'partitionsOf'>) =>
  async ({ place, answers }: Pick<Caller, 'place' | 'answers'>): Promise<Ref[]> => {
    const first = answers ?? place.thread
    return first === undefined ? [] : (await messages.partitionsOf(first)).flatMap(subjectOf)
  }

function subjectOf(partition: string): Ref[] {
  const [owner = '', ...rest] = partition.split('/')
  const known = kindsOf[owner]
  return known && rest.length ? [{ kind: known.kind, id: known.idOf(rest.join('/')) }] : []
}
