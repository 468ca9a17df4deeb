import {
  threadOf,
  type Content,
  type Destination,
  type Drawn,
  type FindMessages,
  type Outgoing,
  type Send,
  type Sought,
} from '../../outgoing.js'
import type { Reached } from '../../reached.js'
import { StoreConflict } from '../../store/errors.js'
import type { OutboxItem, Settlement } from '../../store/queues.js'
import type { Message, MessageRecords } from '../../store/records/message-records.js'
import type { WorkTurn } from '../leased-loop.js'
import { decideAfterLook, decideFailure, decideSettlement, type Attempt, type Decision } from './decide-settlement.js'
import { markCard, type MarkedCard } from './mark-card.js'
import { markRepeated, markReplacing } from './mark-doubtful.js'
import { planCall, remembered, type PlannedCall } from './plan-call.js'
import type { Turnstile } from './turnstile.js'

/** What sending one item needs. */
export interface SendingParts {
  messages: MessageRecords
  send: Send
  /** Draws what a message shows, for the place it goes to, at the moment it is sent. */
  draw(content: Content, to: Destination): Promise<Drawn>
  /** Absent where no place can be read. */
  findMessages?: FindMessages
  turnstile: Turnstile
  now(): number
  /** From 0 up to 1, by chance. */
  chance(): number
  /** Steps of a sending: `outbox.sending` (the attempt is noted, the call comes next), `outbox.sent` (it was answered, nothing is noted yet). */
  reached?: Reached
}

/**
 * Sends one claimed item: plans, waits for its turn, draws, notes the attempt, calls, remembers. It is written so that a hub may die
 * between any two of its lines: what is not known then is read or said to be unknown, and nothing is sent twice silently.
 * @param hold the grant by which this hub sends, and what ends the waiting for a turn
 * @returns how the item is to be settled
 * @throws StoreConflict of the fence where another hub sends by now, and nothing was sent; other errors of the store. The item stays
 * claimed and is taken up again
 */
export async function sendItem(item: OutboxItem, parts: SendingParts, hold: WorkTurn): Promise<Settlement> {
  const outgoing = item.data as unknown as Outgoing
  if (!isOutgoing(outgoing)) return { state: 'dead', reason: 'This is not an item that the outbox can send.' }
  const attempt = (): Omit<Attempt, 'op'> => ({
    attempts: item.attempts,
    at: item.at,
    now: parts.now(),
    canRead: parts.findMessages !== undefined,
    chance: parts.chance(),
    ...(mayRepeat(outgoing) && { mayRepeat: true }),
  })
  const planned = await plan(item, outgoing, parts.messages)
  // The turn of an answer may have made the first attempt.
  const isFirst = item.attempts === 1 && !mayRepeat(outgoing)
  const earlier = isFirst ? undefined : await settleEarlier(item, outgoing, planned, parts, attempt)
  if (earlier && 'state' in earlier) return earlier
  if ('unknown' in planned) return { state: 'unknown', reason: planned.unknown }

  const turn = await parts.turnstile.enter(
    threadOf(planned.call.to, planned.call.root),
    callsOf(planned.call),
    hold.signal,
  )
  if ('notBefore' in turn) return { state: 'retry', ...turn }
  let drawn: Drawn
  try {
    drawn = await parts.draw(outgoing.content, outgoing.to)
    if (earlier) drawn = markRepeated(drawn)
    // Its first attempt was an edit, and found nothing to edit; people may still see what stood there.
    if (outgoing.op === 'edit' && planned.call.op === 'post' && item.attempts > 1) drawn = markReplacing(drawn)
    const marked = planned.call.op === 'post' ? markCard(drawn, item) : undefined
    if (marked) drawn = marked.drawn
    const sought = marked && soughtOf(planned, marked, parts.now(), earlier?.mayBeThere)
    await parts.messages.begin(item, sought, hold.fence)
  } catch (error) {
    turn.leave()
    if (error instanceof StoreConflict) throw error
    return decideFailure({ ...attempt(), op: planned.call.op }, error).settlement
  }
  await parts.reached?.('outbox.sending')
  const delivery = await parts.send({ ...planned.call, activity: drawn.activity }).finally(turn.leave)
  await parts.reached?.('outbox.sent')
  const decision = decideSettlement({ ...attempt(), op: planned.call.op }, delivery)
  // What an earlier attempt may have put there is still not known, whatever came of this one.
  const stillOpen = earlier && decision.settlement.state === 'retry' ? { keepNote: true as const } : {}
  return learn(item, planned, { ...decision, ...stillOpen }, parts)
}

async function plan(item: OutboxItem, outgoing: Outgoing, messages: MessageRecords) {
  const { partition, id } = item
  const root = outgoing.op === 'post' ? undefined : outgoing.root
  const [message, rootMessage] = await Promise.all([
    messages.get({ partition, key: outgoing.key ?? id }),
    root === undefined ? undefined : messages.get({ partition, key: root }),
  ])
  const planned = planCall(outgoing, id, message, rootMessage)
  return 'unknown' in planned ? planned : { ...planned, before: message }
}

/** Looks for what an earlier attempt may have left: a remembered message, or a note of an attempt without an answer. */
async function settleEarlier(
  item: OutboxItem,
  outgoing: Outgoing,
  planned: (PlannedCall & { before: Message | undefined }) | { unknown: string },
  parts: SendingParts,
  attempt: () => Omit<Attempt, 'op'>,
): Promise<Settlement | { mayBeThere: Sought } | undefined> {
  const { messages, findMessages } = parts
  if (!('unknown' in planned) && outgoing.op !== 'edit') {
    const { before } = planned
    if (before?.fate === 'sent' && before.item === item.id)
      return { state: 'sent', result: { activityId: before.activityId } }
  }
  const sought = await messages.begun(item)
  if (!sought) return undefined
  const found = findMessages ? await findMessages(sought).catch(() => 'later' as const) : 'never'
  const unclaimed = Array.isArray(found) ? await unknownOf(found, messages) : found
  const decision = decideAfterLook({ ...attempt(), op: 'post' }, unclaimed, sought.tried ?? sought.since)
  if (!decision) return Array.isArray(unclaimed) ? undefined : { mayBeThere: sought }
  if ('unknown' in planned) return decision.settlement
  return learn(item, { ...planned, call: postOf(sought, planned) }, decision, parts)
}

/** The call that an earlier attempt made: what is remembered is where that one went. */
const postOf = (sought: { to: Destination; root?: string }, { call }: PlannedCall): PlannedCall['call'] => ({
  op: 'post',
  to: sought.to,
  ...(sought.root !== undefined && { root: sought.root }),
  ...(call.op === 'post' && call.only !== undefined && { only: call.only }),
})

async function unknownOf(ids: readonly string[], messages: MessageRecords): Promise<string[]> {
  const known = await Promise.all(ids.map((id) => messages.isKnown(id)))
  return ids.filter((_, index) => !known[index])
}

/** Writes what an attempt taught, before the item is settled. */
async function learn(
  item: OutboxItem,
  planned: PlannedCall,
  { settlement, keepNote, forget }: Decision,
  { messages }: SendingParts,
): Promise<Settlement> {
  const learnt = new Map<string, Message | undefined>()
  if (settlement.state === 'sent') {
    const { activityId } = settlement.result as { activityId: string }
    for (const [key, message] of remembered(planned, activityId, item.id)) learnt.set(key, message)
  } else if (settlement.state === 'unknown') learnt.set(planned.key, { fate: 'unknown', item: item.id })
  if (forget && planned.leansOn !== undefined) learnt.set(planned.leansOn, undefined)
  if (learnt.size || planned.call.op === 'post') await messages.end(item, learnt, keepNote)
  return settlement
}

const soughtOf = (
  { call }: PlannedCall,
  { drawn, mark }: MarkedCard,
  now: number,
  earlier: Sought | undefined,
): Sought => ({
  to: call.to,
  ...(call.root !== undefined && { root: call.root }),
  ...(call.op === 'post' && call.only !== undefined && { targeted: true }),
  ...(mark !== undefined && { mark }),
  headline: drawn.headline,
  since: earlier?.since ?? now,
  ...(earlier && { tried: now }),
})

/** A person's chat is opened before the message is sent. */
const callsOf = ({ op, to }: PlannedCall['call']): number => (op === 'post' && 'person' in to ? 2 : 1)

const mayRepeat = (outgoing: Outgoing): boolean => outgoing.op !== 'edit' && outgoing.mayRepeat === true

const isOutgoing = (value: unknown): value is Outgoing =>
  typeof value === 'object' &&
  value !== null &&
  'content' in value &&
  'to' in value &&
  'op' in value &&
  ['post', 'reply', 'edit'].includes(String(value.op))
