import type { Instant } from '../../skills/kit/model.js'
import { StoreConflict } from '../store/errors.js'
import { createBell } from './bell.js'

/** What a loop is made of: how work is claimed from the store, and what is done with it. */
export interface LeasedLoopParts<T extends { claim: string }> {
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Most items in hand at once. */
  hands: number
  /** Milliseconds between two looks into the store, for what other hubs have left there. */
  every: number
  claim(limit: number): Promise<T[]>
  /** The same text for the same item, whoever claims it. */
  nameOf(item: T): string
  /** Does the work and settles it; where it fails the claim runs out and the item is claimed again. */
  work(item: T): Promise<void>
  /** When there will be work again, milliseconds since 1970, where the store can say. */
  next?(): Promise<number | undefined>
  failed(error: unknown, item?: T): void
}

/** A running loop over leased work. */
export interface LeasedLoop {
  /** Says that there may be work. */
  nudge(): void
  /** Answers, when nothing that is due is left, how many items were worked on since the call. */
  drained(): Promise<number>
  /** Takes nothing more, and answers when what was in hand is done. */
  stop(): Promise<void>
}

/** Starts a loop that claims work, does it, and looks again: at once while there is more, else after a while or when nudged. */
export function startLeasedLoop<T extends { claim: string }>(parts: LeasedLoopParts<T>): LeasedLoop {
  const { clock, hands, every, failed } = parts
  const stopping = new AbortController()
  const bell = createBell()
  const inHand = new Map<string, T>()
  const underWay = new Set<Promise<void>>()
  let waiting: { began: number; answer(worked: number): void }[] = []
  let worked = 0

  async function work(item: T): Promise<void> {
    const name = parts.nameOf(item)
    // A claim ran out while its item was worked on (business time may jump): the newer claim settles the same work.
    const mine = inHand.get(name)
    if (mine) return void (mine.claim = item.claim)
    inHand.set(name, item)
    worked++
    try {
      await parts.work(item)
    } catch (error) {
      if (!(error instanceof StoreConflict)) failed(error, item) // a conflict: another worker has it by now
    } finally {
      inHand.delete(name)
    }
  }

  /** One look into the store. @returns whether there may be more to claim at once */
  async function look(): Promise<boolean> {
    const room = Math.min(100, hands - underWay.size)
    if (room <= 0) return false
    const idle = waiting
    waiting = []
    const items = await parts.claim(room).catch((error: unknown) => {
      waiting.push(...idle)
      throw error
    })
    for (const item of items) {
      const done = work(item).finally(() => {
        underWay.delete(done)
        bell.ring()
      })
      underWay.add(done)
    }
    if (underWay.size) waiting.push(...idle)
    else for (const { began, answer } of idle) answer(worked - began)
    return items.length === room
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const rung = bell.rung()
      let pause = every
      try {
        if (await look()) continue
        const next = await parts.next?.()
        if (next !== undefined) pause = Math.min(every, Math.max(0, next - Date.parse(clock.now())))
      } catch (error) {
        if (!stopping.signal.aborted) failed(error)
      }
      const until = new Date(Date.parse(clock.now()) + pause).toISOString()
      await clock.until(until, rung).catch(() => {})
    }
  }

  const running = loop()
  return {
    nudge: () => bell.ring(),
    drained: () =>
      new Promise((resolve) => {
        if (stopping.signal.aborted) return resolve(0)
        waiting.push({ began: worked, answer: resolve })
        bell.ring()
      }),
    async stop() {
      stopping.abort()
      bell.ring()
      await running
      await Promise.allSettled(underWay)
      for (const { began, answer } of waiting.splice(0)) answer(worked - began)
    },
  }
}
