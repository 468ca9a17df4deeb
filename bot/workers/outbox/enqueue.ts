import { nameOf, type Outgoing } from '../../outgoing.js'
import type { Write } from '../../store/contract.js'
import type { Json } from '../../store/json.js'

/**
 * The write that puts a message into the outbox, to be committed with the record it tells of. Several edits of a message that wait
 * become one.
 * @param partition the commit's; an edit or a reply is of the same partition as the message it names
 * @param id never used before in this partition: with an id made of what happened, a repeated commit says nothing twice
 * @param notBefore when it may go out, milliseconds since 1970; at once unless told
 */
export function enqueueWrite(partition: string, id: string, outgoing: Outgoing, notBefore?: number): Write {
  return {
    op: 'enqueue',
    id,
    thread: lineOf(partition, id, outgoing),
    data: outgoing as unknown as Json,
    ...(outgoing.op === 'edit' && { coalesce: `edit ${outgoing.key}` }),
    ...(notBefore !== undefined && { notBefore }),
  }
}

/**
 * The line an item waits in, which is sent in order: a chat is one line, and in a channel each thread, which begins with the post that
 * opens it and has no activity id while that waits. A person's chat is another line than the same chat by its conversation id, so name
 * it one way.
 */
export function lineOf(partition: string, id: string, outgoing: Outgoing): string {
  const place = nameOf(outgoing.to)
  if (!('channel' in outgoing.to)) return place
  const thread =
    outgoing.op === 'post' ? (outgoing.key ?? id) : (outgoing.root ?? ('key' in outgoing ? outgoing.key! : id))
  return `${place} ${partition}/${thread}`
}
