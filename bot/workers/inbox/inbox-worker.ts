import type { Draft, Moved, Reading, ReadDelivery, ReadMoved } from '../../../skills/kit/delivery.js'
import { Fault } from '../../../skills/kit/errors.js'
import type { Event } from '../../../skills/kit/event.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { TenantStore } from '../../store/contract.js'
import type { InboxItem } from '../../store/queues.js'
import { readDelivery } from '../../store/records/delivery-records.js'
import { startLeasedLoop, type LeasedLoop } from '../leased-loop.js'
import type { FindSubjects } from './find-subjects.js'
import { createInOrder } from './in-order.js'
import type { Ownership } from './ownership.js'

/** What became of an item, for the log. */
export interface Worked {
  source: string
  id: string
  outcome: 'heard' | 'ignored' | 'retried' | 'dead'
  /** How many events came of it. */
  events?: number
  reason?: string
}

/** What the worker is made of. */
export interface InboxParts {
  store: TenantStore
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Who claims, for people who look. */
  worker: string
  /** Whether this hub is the one that works on the inbox. */
  ownership: Ownership
  /** Reads a delivery by its source. */
  read: ReadDelivery
  /** What of the catalog a delivery moved, and who notes it durably, so that it is read anew. */
  readMoved?: ReadMoved
  want?(moved: Moved): Promise<void>
  findSubjects: FindSubjects
  /** Lets the skills hear an event; heard twice it does nothing twice. */
  notice(event: Event): Promise<void>
  report(worked: Worked): void
  failed(error: unknown, item?: InboxItem): void
  /** Called at `inbox.claimed`, and at `inbox.noticed` between hearing and done. */
  reached?(step: string): Promise<void> | void
}

/** Longest an item's work may take before it is taken up again, in milliseconds. */
const leaseMs = 60_000
/** Attempts until an item is given up: about half an hour. */
const mostAttempts = 12
const longestBackoff = 600_000

/**
 * Works on what came in: each item is read, what it is about is found in the catalog, and the skills hear of it. One hub at a time does it, so
 * that what belongs together is heard in the order of its arrival. What fails is tried again, later each time; what cannot be read, and what
 * failed too often, is dead: it stays with its body and a reason until a person looks at it.
 */
export function startInbox(parts: InboxParts): LeasedLoop {
  const { store, ownership } = parts
  const order = createInOrder()
  const loop = startLeasedLoop<InboxItem>({
    clock: parts.clock,
    hands: 16,
    every: 250,
    claim: async (limit) =>
      (await ownership.mine()) ? store.inbox.claim({ limit, leaseMs, worker: parts.worker }) : [],
    nameOf: ({ source, id }) => JSON.stringify([source, id]),
    failed: parts.failed,
    work(item) {
      // Read before anything is waited for, so that items take their place in the order in which they were claimed.
      const reading = readItem(item, parts.read)
      const names = reading.state === 'read' ? reading.drafts.map(({ thread }) => `${item.source} ${thread}`) : []
      return order.run([...new Set(names)], () => settle(item, reading, parts))
    },
  })
  return {
    ...loop,
    async stop() {
      await loop.stop()
      await ownership.release()
    },
  }
}

/** The reading of an item; a reader that fails is a fault of Nexus, and its item is not lost for it. */
function readItem(item: InboxItem, read: ReadDelivery): Reading {
  if (item.attempts > mostAttempts)
    return { state: 'unreadable', reason: 'Each time it was worked on, the hub ended before it was done.' }
  try {
    return read(readDelivery(item))
  } catch (error) {
    return { state: 'unreadable', reason: `Nexus failed to read it: ${messageOf(error)}` }
  }
}

async function settle(item: InboxItem, reading: Reading, parts: InboxParts): Promise<void> {
  const { inbox } = parts.store
  const { source, id } = item
  const report = (worked: Omit<Worked, 'source' | 'id'>) => parts.report({ source, id, ...worked })
  await parts.reached?.('inbox.claimed')
  if (reading.state === 'unreadable') {
    await inbox.dead(item, reading.reason)
    return report({ outcome: 'dead', reason: reading.reason })
  }
  try {
    const moved = parts.readMoved?.(readDelivery(item))
    if (moved) await parts.want?.(moved)
    if (reading.state === 'read') await hear(item, reading.drafts, parts)
  } catch (error) {
    const worked = await giveBack(item, error, parts)
    return report(worked)
  }
  await parts.reached?.('inbox.noticed')
  await inbox.done(item)
  if (reading.state === 'ignored') report({ outcome: 'ignored', reason: reading.reason })
  else report({ outcome: 'heard', events: reading.drafts.length })
}

/** Lets an item's events be heard, in order; their ids are the same whenever it is tried. */
async function hear(item: InboxItem, drafts: readonly Draft[], parts: InboxParts): Promise<void> {
  for (const [index, { type, at, data, about }] of drafts.entries())
    await parts.notice({
      id: `${item.source}/${item.id}${drafts.length > 1 ? `#${index}` : ''}`,
      type,
      at,
      arrived: new Date(item.at).toISOString(),
      subjects: await parts.findSubjects(about),
      data,
    })
}

async function giveBack(item: InboxItem, error: unknown, parts: InboxParts): Promise<Omit<Worked, 'source' | 'id'>> {
  const reason = error instanceof Fault ? error.message : `Nexus failed while it worked on it: ${messageOf(error)}`
  if (item.attempts >= mostAttempts) {
    await parts.store.inbox.dead(item, `Tried ${item.attempts} times. ${reason}`)
    return { outcome: 'dead', reason }
  }
  const wait = Math.min(longestBackoff, 1_000 * 2 ** (item.attempts - 1))
  await parts.store.inbox.fail(item, { retryAt: Date.parse(parts.clock.now()) + wait, reason })
  return { outcome: 'retried', reason }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 300)
