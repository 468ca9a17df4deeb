import { Fault } from '../../../skills/kit/errors.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { FiredTimer } from '../../store/queues.js'
import type { Write } from '../../store/contract.js'
import { timerWrite } from '../../store/records/timer-records.js'
import { changeTimers } from '../../store/records/change-records.js'
import type { LockRecords } from '../../store/records/lock-records.js'
import { hasEnded, isOver, type Change } from '../../hub/change/change.js'
import type { ChangeBook } from '../../hub/change/change-book.js'
import type { ChangeData } from '../../hub/change/change-data.js'
import type { ChangeSteps } from '../../hub/change/change-steps.js'
import { decideExpiry } from '../../hub/change/decide-expiry.js'
import { decideStart, type Standing } from '../../hub/change/decide-start.js'
import {
  decideCancelled,
  decideStep,
  mayEndUnasked,
  unansweredOf,
  type StepOutcome,
} from '../../hub/change/decide-step.js'
import type { HubTimer } from '../hub-timer.js'
import { attemptsOf, Overtaken, type StepNotes } from './attempts.js'

/** What driving runs needs. */
export interface RunParts {
  book: ChangeBook
  locks: LockRecords
  steps: Pick<ChangeSteps, 'step'>
  /** How things stand for the start of an approved change. @throws Fault Unavailable where that cannot be found out now */
  standing(change: Change): Promise<Standing>
  clock: { now(): Instant }
  newId(): string
  /** Errors that are Nexus's own. */
  failed(error: unknown, proposal: string): void
  /** Named steps at which tests end the hub. */
  reached?(step: string): Promise<void> | void
}

/** Milliseconds between two looks of a run that waits for another one's end. */
const queuePause = 5_000
/** How long a run asks a vendor that does not answer, in milliseconds, before a person has to look. */
const vendorPatience = 15 * 60_000
const mostPause = 60_000

/**
 * The timers that drive changes. Each move is a commit of its own under the etag it was decided on, and safe to come to again; the timer
 * is cleared, or set to the next step, after it.
 */
export function runTimers(parts: RunParts): Record<string, HubTimer> {
  const { book, clock } = parts
  const later = (id: string, at: Instant): Write[] => [timerWrite({ hub: changeTimers.run, id }, at, null)]
  const inMs = (ms: number): Instant => new Date(Date.parse(clock.now()) + ms).toISOString()

  async function expire({ id }: { id: string }): Promise<Write[]> {
    await book.move(id, (data) => moved(data, decideExpiry(data.change, clock.now())))
    return []
  }

  async function run({ id, claim }: FiredTimer): Promise<Write[]> {
    const data = await book.get(id)
    if (!data) return []
    const { proposal } = data.change
    if (proposal.state === 'approved') {
      const waits = await begin(data)
      if (waits) return later(id, waits)
    }
    return proceed(id, claim)
  }

  /** Takes an approved change to its start. @returns when to look again, where it is not its turn yet */
  async function begin({ change, trouble }: ChangeData): Promise<Instant | undefined> {
    const { id, plan } = change.proposal
    const expired = await book.move(id, (data) => moved(data, decideExpiry(data.change, clock.now())))
    if (expired.change.proposal.state !== 'approved') return undefined
    const holder = await parts.locks.take(plan.target, id, async (other) => isFree((await book.get(other))?.change))
    if (holder !== undefined) {
      await say(id, `Waits for ${holder}, which is at work on the same target.`)
      return inMs(queuePause)
    }
    await parts.reached?.('run.locked')
    try {
      const standing = await parts.standing(change)
      await parts.reached?.('run.planned')
      const started = await book.move(id, (data) => calm(moved(data, decideStart(data.change, standing))))
      await parts.reached?.('run.started')
      if (isOver(started.change)) await parts.locks.release(plan.target, id)
      return undefined
    } catch (error) {
      if (!isUnavailable(error)) throw error
      await say(id, `Waits: ${error.message}`)
      return retry(id, trouble)
    }
  }

  /** One step of a run that has started. */
  async function proceed(id: string, claim: string): Promise<Write[]> {
    const { change } = await book.move(id, (data) => takeUp(data, claim))
    const { proposal, run } = change
    if (proposal.state !== 'started' || !run) return []
    if (hasEnded(run)) return finish(change)
    await parts.reached?.('run.taken')
    const notes = attemptsOf(change, claim, parts)
    const outcome = await step(change, notes)
    if (outcome === undefined) return later(id, await retry(id, (await book.get(id))?.trouble, claim))
    await parts.reached?.('run.stepped')
    const { unanswered, answered } = notes
    const learnt = unanswered && !('unknown' in outcome) ? [unanswered.id, ...answered] : answered
    const after = await book.move(id, (data) => {
      if (data.taken !== claim) throw new Overtaken(id)
      return calm(moved(data, decideStep(data.change, outcome, clock.now(), learnt)))
    })
    await parts.reached?.('run.recorded')
    return hasEnded(after.change.run)
      ? finish(after.change)
      : later(id, 'next' in outcome ? outcome.next : inMs(queuePause))
  }

  /** @returns undefined where a vendor does not answer and there is time to ask again */
  async function step(change: Change, { answered: _learnt, ...attempts }: StepNotes): Promise<StepOutcome | undefined> {
    const { proposal, run } = change
    try {
      return await parts.steps.step(proposal.intent.command, proposal.plan, run!.step, attempts)
    } catch (error) {
      if (error instanceof Overtaken) throw error
      const now = await book.get(proposal.id)
      if (isUnavailable(error)) {
        const since = now?.trouble?.since ?? clock.now()
        if (Date.parse(clock.now()) - Date.parse(since) < vendorPatience) return undefined
        return { unknown: `Nobody could say how it went on for 15 minutes: ${error.message}` }
      }
      if (error instanceof Fault) return { failed: { message: error.message } }
      parts.failed(error, proposal.id)
      const open = now?.change.run && unansweredOf(now.change.run)
      const own = 'Something in Nexus failed while doing this.'
      return open
        ? { unknown: `${own} A request was sent, and its answer is not known.` }
        : { failed: { message: own } }
    }
  }

  async function finish({ proposal }: Change): Promise<Write[]> {
    await parts.locks.release(proposal.plan.target, proposal.id)
    return []
  }

  /** Counts a vain try, and says when the next one is: soon at first, then every minute. */
  async function retry(id: string, trouble: ChangeData['trouble'], claim?: string): Promise<Instant> {
    const times = (trouble?.times ?? 0) + 1
    await book.move(id, (data) => {
      if (data.taken !== claim) throw new Overtaken(id)
      return { ...data, trouble: { since: trouble?.since ?? clock.now(), times } }
    })
    return inMs(Math.min(mostPause, 1_000 * 2 ** Math.min(times, 10)))
  }

  async function say(id: string, text: string): Promise<void> {
    await book.move(id, (data) => {
      const { run } = data.change
      if (!run || run.progress.text === text) return data
      return { ...data, change: { ...data.change, run: { ...run, progress: { text } } } }
    })
  }

  /** Takes the present step in hand; a run that is to be cancelled and has nothing open ends here. */
  function takeUp(data: ChangeData, claim: string): ChangeData {
    const { proposal, run } = data.change
    if (proposal.state !== 'started' || !run || hasEnded(run)) return data
    if (mayEndUnasked(run)) return moved(data, decideCancelled(data.change, clock.now()))
    return { ...data, taken: claim }
  }

  return { [changeTimers.expiry]: expire, [changeTimers.run]: run }
}

/** A target is free where the change that had it is over, or was never started. */
const isFree = (holder: Change | undefined): boolean => !holder || isOver(holder)

const moved = (data: ChangeData, change: Change): ChangeData => (change === data.change ? data : { ...data, change })

/** The same without the memory of a trouble that is over. */
function calm(data: ChangeData): ChangeData {
  if (!data.trouble) return data
  const { trouble: _over, ...rest } = data
  return rest
}

const isUnavailable = (error: unknown): error is Fault => error instanceof Fault && error.code === 'Unavailable'
