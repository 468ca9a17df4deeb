import type { Instant } from '../../../skills/kit/model.js'
import type { Reached } from '../../reached.js'
import type { TenantStore } from '../../store/contract.js'
import type { Lease } from '../../store/lease.js'
import { StoreConflict, StoreUnavailable } from '../../store/errors.js'
import type { OutboxItem, Settlement } from '../../store/queues.js'
import { messageRecords } from '../../store/records/message-records.js'
import { holdLease } from '../hold-lease.js'
import { startLeasedLoop, type LeasedLoop, type WorkTurn } from '../leased-loop.js'
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
  report(report: OutboxReport): void
  /** An error of the store or of Nexus itself; the item is taken up again when its claim runs out. */
  failed(error: unknown, item?: OutboxItem): void
  /** Steps of each item: `outbox.claimed`, those of `SendingParts`, `outbox.settled`. */
  reached?: Reached
}

/** Milliseconds that a claim lasts: longer than a send may take with all that is around it. */
const claimMs = 60_000
/** Milliseconds that the sending stays with a hub that is gone. */
const holdMs = 6_000

/** Sends what is in a tenant's outbox: each line in its order, lines beside each other, at the pace Teams allows; one of the hubs on a store. */
export function startOutbox(parts: OutboxParts): LeasedLoop {
  const { store, clock, pace } = parts
  const now = () => Date.parse(clock.now())
  const at = (ms: number): Instant => new Date(now() + ms).toISOString()
  const lease = holdLease((ttlMs) => parts.lease(`outbox/${store.tenant}`, ttlMs), now, holdMs)
  /** When the next retry falls due, as far as this worker knows. */
  let nextRetry = Infinity
  const sending: SendingParts = {
    messages: messageRecords(store),
    send: parts.send,
    draw: parts.draw,
    ...(parts.findMessages && { findMessages: parts.findMessages }),
    turnstile: pace.turnstile,
    now,
    chance: parts.chance,
    ...(parts.reached && { reached: parts.reached }),
  }

  async function work(item: OutboxItem, turn: WorkTurn): Promise<void> {
    await parts.reached?.('outbox.claimed')
    const settlement = await sendItem(item, sending, turn).catch(giveBack)
    await persist(() => store.outbox.settle(item, settlement))
    await parts.reached?.('outbox.settled')
    if (settlement.state === 'retry') nextRetry = Math.min(nextRetry, settlement.notBefore)
    const { partition, id, thread, attempts } = item
    parts.report({ partition, id, thread, attempts, ...settlement })
  }

  /** An item that was to be begun under a lease which another hub has by now is that one's to send, at once. */
  function giveBack(error: unknown): Settlement {
    if (!(error instanceof StoreConflict && error.reason === 'fence')) throw error
    lease.lost()
    return { state: 'retry', notBefore: now(), reason: 'Another hub sends by now.' }
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

  const loop = startLeasedLoop<OutboxItem>({
    clock,
    hands: 16,
    every: 1_000,
    sole: { lease, learn: pace.read, left: async () => (await store.outbox.counts()).queued },
    claim(limit) {
      if (nextRetry <= now()) nextRetry = Infinity
      return store.outbox.claim({ limit, leaseMs: claimMs, worker: parts.worker })
    },
    nameOf: ({ partition, id }) => JSON.stringify([partition, id]),
    work,
    next: async () => (nextRetry < Infinity ? nextRetry : undefined),
    failed: parts.failed,
  })
  return {
    ...loop,
    async stop() {
      await loop.stop()
      await pace.stop() // before another hub sends: it is to know what was sent here
      await lease.release().catch(parts.failed)
    },
  }
}
