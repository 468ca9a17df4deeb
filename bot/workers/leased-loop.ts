import type { Instant } from '../../skills/kit/model.js'
import type { Fence } from '../store/lease.js'
import { StoreConflict } from '../store/errors.js'
import { createBell } from './bell.js'
import type { HeldLease } from './hold-lease.js'

/** What a loop is made of: how work is claimed from the store, and what is done with it. */
export interface LeasedLoopParts<T extends { claim: string }> {
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Most items in hand at once. */
  hands: number
  /** Milliseconds between two looks into the store, for what other hubs have left there. */
  every: number
  /** Where one hub at a time works; absent where all of them may. The loop keeps it, and leaves its release to whoever made it. */
  sole?: SoleWork
  claim(limit: number): Promise<T[]>
  /** The same text for the same item, whoever claims it. */
  nameOf(item: T): string
  /** Does the work and settles it; where it fails the claim runs out and the item is claimed again. */
  work(item: T, turn: WorkTurn): Promise<void>
  /** When there will be work again, milliseconds since 1970, where the store can say. */
  next?(): Promise<number | undefined>
  failed(error: unknown, item?: T): void
}

/** Work that one of several hubs does. */
export interface SoleWork {
  lease: HeldLease
  /** Learns at each look what a hub must know whose turn may come. */
  learn(): Promise<void>
  /** How many items wait for the hub whose turn it is. */
  left(): Promise<number>
}

/** What an item is worked on under. */
export interface WorkTurn {
  /** The grant of the loop's lease, for the writes that begin something: they are refused once another hub has a newer one. */
  fence?: Fence
  /** Aborted when nothing more is to be begun: the loop stops, or lost its lease. */
  signal: AbortSignal
}

/** A running loop over leased work. */
export interface LeasedLoop {
  /** Says that there may be work. */
  nudge(): void
  /**
   * Answers, when nothing that is due is left, how many items were worked on since the call. Where another hub works it answers when nothing
   * is left for that one, or after the time of a lease: that hub has looked by then, or is gone and this one works.
   */
  drained(): Promise<number>
  /** Takes nothing more, and answers when what was in hand is done. */
  stop(): Promise<void>
}

/** Milliseconds between two looks at what another hub has left, while somebody waits for it. */
const watchEvery = 100

/**
 * Starts a loop that claims work, does it, and looks again: at once while there is more, else after a while or when nudged. Its lease is
 * renewed at every look, also while all hands are full and while it stops.
 */
export function startLeasedLoop<T extends { claim: string }>(parts: LeasedLoopParts<T>): LeasedLoop {
  const { clock, hands, sole, failed } = parts
  const every = Math.min(parts.every, sole ? sole.lease.ttlMs / 3 : Infinity)
  const bell = createBell()
  const inHand = new Map<string, T>()
  const underWay = new Set<Promise<void>>()
  let waiting: { since: number; began: number; answer(worked: number): void }[] = []
  let worked = 0
  let stopping = false
  let turn = { fence: undefined as Fence | undefined, ending: new AbortController() }
  const now = () => Date.parse(clock.now())

  async function work(item: T): Promise<void> {
    const name = parts.nameOf(item)
    // A claim ran out while its item was worked on (business time may jump): the newer claim settles the same work.
    const mine = inHand.get(name)
    if (mine) return void (mine.claim = item.claim)
    inHand.set(name, item)
    worked++
    const { fence, ending } = turn
    try {
      await parts.work(item, { ...(fence && { fence }), signal: ending.signal })
    } catch (error) {
      if (!(error instanceof StoreConflict)) failed(error, item) // a conflict: another worker has it by now
    } finally {
      inHand.delete(name)
    }
  }

  /** Takes or renews the lease; what was begun under an earlier grant is told to begin nothing more. @returns whether this hub works */
  async function keepTurn(): Promise<boolean> {
    if (!sole) return true
    const fence = await sole.lease.keep()
    if (fence?.fence === turn.fence?.fence) return fence !== undefined
    turn.ending.abort()
    turn = { fence, ending: new AbortController() }
    if (stopping) turn.ending.abort()
    return fence !== undefined
  }

  /** One look into the store. @returns whether there may be more to claim, or all is claimed, or this hub can take nothing now */
  async function look(): Promise<'more' | 'all' | 'none'> {
    const mine = await keepTurn()
    if (stopping) return 'none'
    await sole?.learn()
    if (sole && !mine) {
      await answerForOthers(sole)
      return 'none'
    }
    const room = Math.min(100, hands - underWay.size)
    if (room <= 0) return 'none'
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
    else answer(idle)
    return items.length === room ? 'more' : 'all'
  }

  async function answerForOthers({ lease, left }: SoleWork): Promise<void> {
    if (!waiting.length) return
    const nothing = (await left()) === 0
    const late = waiting.filter(({ since }) => nothing || now() - since >= lease.ttlMs)
    waiting = waiting.filter((one) => !late.includes(one))
    answer(late)
  }

  function answer(those: typeof waiting): void {
    for (const { began, answer } of those) answer(worked - began)
  }

  async function loop(): Promise<void> {
    while (!stopping || (sole && underWay.size)) {
      const rung = bell.rung()
      let pause = every
      try {
        const seen = await look()
        if (seen === 'more') continue
        const next = seen === 'all' ? await parts.next?.() : undefined
        if (next !== undefined) pause = Math.min(every, Math.max(0, next - now()))
        if (sole && waiting.length) pause = Math.min(pause, watchEvery)
      } catch (error) {
        if (!stopping) failed(error)
      }
      await clock.until(new Date(now() + pause).toISOString(), rung).catch(() => {})
    }
  }

  const running = loop()
  return {
    nudge: () => bell.ring(),
    drained: () =>
      new Promise((resolve) => {
        if (stopping) return resolve(0)
        waiting.push({ since: now(), began: worked, answer: resolve })
        bell.ring()
      }),
    async stop() {
      stopping = true
      turn.ending.abort()
      bell.ring()
      await running
      await Promise.allSettled(underWay)
      answer(waiting.splice(0))
    },
  }
}
