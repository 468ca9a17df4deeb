import type { Destination, Outgoing } from '../../outgoing.js'
import type { Message } from '../../store/records/message-records.js'

/** What is to be called, still without the drawn activity, and what the answer's activity id will be remembered as. */
export interface PlannedCall {
  call:
    | { op: 'post'; to: Destination; root?: string; only?: string }
    | { op: 'edit'; to: Destination; root?: string; activityId: string; targeted?: true }
  /** Key of the message itself. */
  key: string
  /** Key of a thread's first message that is gone, whose place in the thread this one takes. */
  anchors?: string
  /** Key of the message that must be there for the call to work. */
  leansOn?: string
}

/**
 * Works out what an item means now, from what is remembered of the messages it names.
 * @param id the item's, the key of a message that has no other
 * @param message what is remembered under the item's key
 * @param root what is remembered of the thread's first message
 * @returns the call, or why nobody can say what it would do
 */
export function planCall(
  outgoing: Outgoing,
  id: string,
  message: Message | undefined,
  root: Message | undefined,
): PlannedCall | { unknown: string } {
  const { to, key = id } = outgoing
  if (outgoing.op === 'edit' && message?.fate === 'sent') return { call: editOf(to, message), key, leansOn: key }
  if (outgoing.op === 'edit' && message?.fate === 'unknown')
    return { unknown: 'Nobody knows whether the message that this edits is there.' }
  if (outgoing.op === 'edit' && message?.fate === 'anchored')
    return { call: { op: 'post', to, root: message.activityId }, key, leansOn: key }
  const only = outgoing.op !== 'edit' && outgoing.only ? { only: outgoing.only } : {}
  if (outgoing.op === 'post' || outgoing.root === undefined) return { call: { op: 'post', to, ...only }, key }
  if (root?.fate === 'unknown') return { unknown: 'Nobody knows whether the thread that this belongs to is there.' }
  if (!root) return { call: { op: 'post', to, ...only }, key, anchors: outgoing.root }
  return { call: { op: 'post', to, root: threadOf(root), ...only }, key, leansOn: outgoing.root }
}

const threadOf = (message: Exclude<Message, { fate: 'unknown' }>): string =>
  message.fate === 'sent' && message.root !== undefined ? message.root : message.activityId

const editOf = (to: Destination, message: Extract<Message, { fate: 'sent' }>): PlannedCall['call'] => ({
  op: 'edit',
  to,
  activityId: message.activityId,
  root: threadOf(message),
  ...(message.targeted && { targeted: true }),
})

/** What is to be remembered once a planned call was answered with an activity id. */
export function remembered(
  { call, key, anchors }: PlannedCall,
  activityId: string,
  item: string,
): Map<string, Message> {
  if (call.op === 'edit') return new Map()
  const message: Message = {
    fate: 'sent',
    activityId,
    item,
    ...(call.root !== undefined && { root: call.root }),
    ...(call.only !== undefined && { targeted: true }),
  }
  const learnt = new Map<string, Message>([[key, message]])
  // What one person alone sees is no place for a thread.
  if (anchors !== undefined && anchors !== key && call.only === undefined)
    learnt.set(anchors, { fate: 'anchored', activityId, item })
  return learnt
}
