import { setTimeout as pause } from 'node:timers/promises'
import type { Delivery, Destination, Drawn, Undelivered, Unsaid } from '../../outgoing.js'

/** An answer as it is to be said, and how. */
export interface Answer {
  /** The same for the same answer to the same message. */
  id: string
  to: Destination
  root?: string
  only?: string
  drawn: Drawn
  /** Moment, by `ticks`, by which the turn must be over: what is not said by then is handed to the outbox. */
  deadline: number
  /** Makes one call of the channel that lasts at most `patience` ms. */
  send(patience: number): Promise<Delivery>
}

/** What speaking in a turn needs. */
export interface TurnSpeechParts {
  /** Counts a send at the pace of the outbox, which makes way for answers; `leave` says that it was answered. */
  count(to: Destination, root?: string): { leave(): void }
  /** Answers that wait in the outbox: this one itself, or earlier ones of its thread. */
  waiting(answer: Pick<Unsaid, 'id' | 'to' | 'root'>): Promise<'itself' | 'earlier' | 'none'>
  /** Puts an answer into the outbox; when it returns, the answer will be said. */
  handOver(unsaid: Unsaid): Promise<void>
  /** Real time in milliseconds that never goes back. */
  ticks(): number
  /** From 0 up to 1, by chance. */
  chance(): number
}

/** What became of an answer. */
export type Spoken = { is: 'said'; activityId: string } | { is: 'handed-over'; reason: string } | Refused
type Refused = Exclude<Undelivered, { is: 'busy' | 'unsure' }>

/** Milliseconds below which a call is not begun: it would hardly be answered before the turn is over. */
const shortestCall = 1_000
const longestCall = 10_000
const firstPause = 500

/**
 * Says answers within their turns, and makes sure that each is said once.
 *
 * A call that Teams surely did not take (429, 412, 503 …) is made again, never before `Retry-After`, as long as the turn lasts; Teams
 * sends a message again that is not answered within about 15 s. What the turn has no time for is handed to the outbox, and so is at once
 * an answer that may have arrived or not: the outbox reads first where it can. While an answer waits, later ones of its thread wait behind it.
 */
export function createTurnSpeech(parts: TurnSpeechParts) {
  /** Answers that were refused once and are tried again; who comes later in their thread lets them go first. */
  const retrying = new Map<string, Promise<unknown>>()

  return async function speak(answer: Answer): Promise<Spoken> {
    const thread = JSON.stringify([answer.to, answer.root])
    await retrying.get(thread)
    const waiting = await parts.waiting(answer)
    if (waiting === 'itself') return { is: 'handed-over', reason: 'It was handed over before.' }
    if (waiting === 'earlier') return handOver(answer, { wait: 0 }, 'Earlier answers of its thread wait in the outbox.')
    const first = await attempt(answer)
    if (first.is !== 'busy') return settle(answer, first)
    const again = Promise.resolve(retrying.get(thread)).then(() => retry(answer, first))
    const quiet = again.catch(() => {})
    retrying.set(thread, quiet)
    return again.finally(() => retrying.get(thread) === quiet && retrying.delete(thread))
  }

  async function retry(answer: Answer, refusal: Extract<Delivery, { is: 'busy' }>): Promise<Spoken> {
    let { reason, retryAfterMs } = refusal
    for (let attempts = 1; ; attempts++) {
      const wait = retryAfterMs ?? firstPause * 2 ** (attempts - 1) * (0.5 + parts.chance() / 2)
      if (parts.ticks() + wait + shortestCall > answer.deadline) return handOver(answer, { wait }, reason)
      await pause(wait)
      const next = await attempt(answer)
      if (next.is !== 'busy') return settle(answer, next)
      ;({ reason, retryAfterMs } = { retryAfterMs: undefined, ...next })
    }
  }

  async function attempt(answer: Answer): Promise<Delivery & { began: number }> {
    const turn = parts.count(answer.to, answer.root)
    const began = parts.ticks()
    const left = answer.deadline - began
    const delivery = await answer.send(Math.min(longestCall, Math.max(shortestCall, left))).finally(turn.leave)
    return { ...delivery, began }
  }

  async function settle(
    answer: Answer,
    delivery: Exclude<Delivery, { is: 'busy' }> & { began: number },
  ): Promise<Spoken> {
    if (delivery.is === 'delivered') return { is: 'said', activityId: delivery.activityId }
    if (delivery.is !== 'unsure') return delivery
    return handOver(answer, { wait: 0, begun: parts.ticks() - delivery.began }, delivery.reason)
  }

  async function handOver(answer: Answer, how: Pick<Unsaid, 'wait' | 'begun'>, reason: string): Promise<Spoken> {
    const { id, to, root, only, drawn } = answer
    const where = { to, ...(root !== undefined && { root }), ...(only !== undefined && { only }) }
    await parts.handOver({ id, drawn, ...where, ...how })
    return { is: 'handed-over', reason }
  }
}
