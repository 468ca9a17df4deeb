import type { Instant } from '../../../skills/kit/model.js'
import type { Lease, TenantStore } from '../../store/contract.js'
import { StoreConflict, StoreUnavailable } from '../../store/errors.js'
import type { OutboxItem, Settlement } from '../../store/queues.js'
import { messageRecords } from '../../store/records/message-records.js'
import { createBell } from '../bell.js'
import { holdLease } from './hold-lease.js'
import { sendItem, type SendingParts } from './send-item.js'
import type { SharedPace } from './shared-pace.js'

/** What became of an item, for the log and for people: `retry` is on its way, `unknown` and `dead` wait for a person. */
export type OutboxReport = { partition: string; id: string; thread: string; attempts: number } & Settlement

/** What the worker is made of. */
export interface OutboxParts extends Pick<SendingParts, 'send' | 'draw' | 'findMessages'> {
  store: TenantStore
  /** Takes the lease on a tenant's sending for so many milliseconds: of several hubs on one store one sends. */
  lease(name: string, ttlMs: number): Promise<Lease | undefined>
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** The pace that Teams allows, which this hub's answers count towards as well. */
  pace: SharedPace
  /** From 0 up to 1, by chance, to spread retries. */
  chance(): number
  /** Who claims, for people who look. */
  worker: string
  /** Most items in hand at once; 16 unless told. */
  hands?: number
  /** Milliseconds a claim lasts; longer than a send may take with all that is around it. 60 s unless told. */
  leaseMs?: number
  /** Milliseconds between two looks into the store, for what other hubs have enqueued; 1 s unless told. */
  every?: number
  report(report: OutboxReport): void
  /** An error of the store or of Nexus itself; the item is taken up again when its claim runs out. */
  failed(error: unknown, item?: OutboxItem): void
}

/** The running outbox of a tenant. */
export interface OutboxWorker {
  /** Says that something was enqueued. */
  nudge(): void
  /**
   * Answers, when everything that is due now is settled or put off to a later moment, how many items were worked on since the call. Where another hub sends it answers after the time of
   * a lease: that hub has looked by then, or is gone and this one sends.
   */
  drained(): Promise<number>
  /** Takes nothing more, and answers when what was in hand is settled. */
  stop(): Promise<void>
}

/** Milliseconds that a lease on the sending lasts without being renewed: so long nobody sends when a hub dies. */
const holdMs = 6_000

/** Sends what is in a tenant's outbox: each line in its order, lines beside each other, at the pace Teams allows; one of the hubs on a store. */
export function startOutbox(parts: OutboxParts): OutboxWorker {
  const { store, clock, hands = 16, leaseMs = 60_000, every = 1_000 } = parts
  const stopping = new AbortController()
  const bell = createBell()
  const inHand = new Map<string, OutboxItem>()
  const underWay = new Set<Promise<void>>()
  let waiting: { since: number; began: number; answer(worked: number): void }[] = []
  let worked = 0
  const now = () => Date.parse(clock.now())
  const lease = holdLease(() => parts.lease(`outbox/${store.tenant}`, holdMs), now, holdMs)
  /** When the next retry falls due, as far as this worker knows. */
  let nextRetry = Infinity
  const sending: SendingParts = {
    messages: messageRecords(store),
    send: parts.send,
    draw: parts.draw,
    ...(parts.findMessages && { findMessages: parts.findMessages }),
    turnstile: parts.pace.turnstile,
    fence: () => lease.fence(),
    now,
    chance: parts.chance,
  }

  async function work(item: OutboxItem): Promise<void> {
    const name = JSON.stringify([item.partition, item.id])
    // A claim ran out while its item was being sent (business time may jump): the newer claim settles the same attempt.
    const mine = inHand.get(name)
    if (mine) return void (mine.claim = item.claim)
    inHand.set(name, item)
    worked++
    try {
      await settle(item, await sendItem(item, sending, stopping.signal).catch(giveBack))
    } catch (error) {
      if (!(error instanceof StoreConflict)) parts.failed(error, item) // a conflict: another worker has it by now
    } finally {
      inHand.delete(name)
    }
  }

  /** An item that was to be begun under a lease which another hub has by now is that one's to send, at once. */
  function giveBack(error: unknown): Settlement {
    if (!(error instanceof StoreConflict && error.reason === 'fence')) throw error
    lease.lost()
    return { state: 'retry', notBefore: now(), reason: 'Another hub sends by now.' }
  }

  async function settle(item: OutboxItem, settlement: Settlement): Promise<void> {
    await persist(() => store.outbox.settle(item, settlement))
    if (settlement.state === 'retry') nextRetry = Math.min(nextRetry, settlement.notBefore)
    const { partition, id, thread, attempts } = item
    parts.report({ partition, id, thread, attempts, ...settlement })
  }

  /** A store that is busy for a moment must not cost the knowledge that a message was sent. */
  async function persist(write: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++)
      try {
        return await write()
      } catch (error) {
        if (!(error instanceof StoreUnavailable) || attempt >= 5) throw error
        await clock.until(at(attempt * 200), new AbortController().signal)
      }
  }

  const at = (ms: number): Instant => new Date(now() + ms).toISOString()

  /** One look into the store. @returns whether there may be more to claim at once */
  async function claim(): Promise<boolean> {
    if (nextRetry <= now()) nextRetry = Infinity
    const role = await lease.keep()
    await parts.pace.read() // also where another hub sends: this one may be next
    if (role === 'elsewhere') return leaveToOthers()
    const room = Math.min(100, hands - underWay.size)
    if (room <= 0) return false
    const idle = waiting
    waiting = []
    const items = await store.outbox.claim({ limit: room, leaseMs, worker: parts.worker }).catch((error: unknown) => {
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

  function leaveToOthers(): false {
    const late = waiting.filter(({ since }) => now() - since >= holdMs)
    waiting = waiting.filter((one) => !late.includes(one))
    for (const { began, answer } of late) answer(worked - began)
    return false
  }

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      const rung = bell.rung()
      try {
        if (await claim()) continue
      } catch (error) {
        if (!stopping.signal.aborted) parts.failed(error)
      }
      await clock.until(at(Math.min(every, Math.max(0, nextRetry - now()))), rung).catch(() => {})
    }
  }

  const running = loop()
  return {
    nudge: () => bell.ring(),
    drained: () =>
      new Promise((resolve) => {
        if (stopping.signal.aborted) return resolve(0)
        waiting.push({ since: now(), began: worked, answer: resolve })
        bell.ring()
      }),
    async stop() {
      stopping.abort()
      bell.ring()
      await running
      await Promise.allSettled(underWay)
      await parts.pace.stop()
      await lease.release().catch(parts.failed)
      for (const { began, answer } of waiting.splice(0)) answer(worked - began)
    },
  }
}
