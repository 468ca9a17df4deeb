import type { Event } from '../../../skills/kit/event.js'
import type { Instant } from '../../../skills/kit/model.js'
import type { RecordWrite, WokenBy } from '../../../skills/kit/records.js'
import type { Reached } from '../../reached.js'
import type { TenantStore, Write } from '../../store/contract.js'
import type { FiredTimer } from '../../store/queues.js'
import type { TimerData } from '../../store/records/timer-records.js'
import type { HubTimer } from '../hub-timer.js'
import { startLeasedLoop, type LeasedLoop } from '../leased-loop.js'

/** What the worker is made of. */
export interface TimersParts {
  store: TenantStore
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Who claims, for people who look. */
  worker: string
  /** Wakes a skill. */
  wake(skill: string, name: string, timer: WokenBy): Promise<RecordWrite[]>
  /** A skill's writes as the store takes them. */
  writesOf(skill: string, partition: string, writes: readonly RecordWrite[]): Promise<Write[]>
  /** Lets the skills hear an event. */
  notice(event: Event): Promise<void>
  /** The hub's own timers, by name. */
  own: Record<string, HubTimer>
  failed(error: unknown, timer?: FiredTimer): void
  /** Steps of each timer: `timer.claimed`, `timer.acted` (what follows is known, nothing is written), `timer.ended`. */
  reached?: Reached
}

/** Longest a timer's work may take before another hub takes it up, in milliseconds. */
const leaseMs = 60_000

/**
 * Acts on the timers that fall due, each of them once: what follows from it and its end, or its next moment, are one commit, which only the
 * holder of the claim can make.
 */
export function startTimers(parts: TimersParts): LeasedLoop {
  const { store } = parts
  return startLeasedLoop<FiredTimer>({
    clock: parts.clock,
    hands: 8,
    every: 1_000,
    claim: (limit) => store.timers.claim({ limit, leaseMs, worker: parts.worker }),
    nameOf: ({ partition, id }) => JSON.stringify([partition, id]),
    next: () => store.timers.next(),
    failed: parts.failed,
    async work(timer) {
      await parts.reached?.('timer.claimed')
      const writes = await act(timer, parts)
      await parts.reached?.('timer.acted')
      await store.commit(timer.partition, ended(timer, writes))
      await parts.reached?.('timer.ended')
    },
  })
}

async function act(timer: FiredTimer, parts: TimersParts): Promise<Write[]> {
  const { owner, data } = timer.data as unknown as TimerData
  if ('event' in owner) {
    await parts.notice(data as unknown as Event)
    return []
  }
  if ('hub' in owner) return (await parts.own[owner.hub]?.({ ...timer, id: owner.id, data })) ?? []
  const { skill, name, id } = owner
  const partition = timer.partition.slice(skill.length + 1)
  const due = new Date(timer.due).toISOString()
  return parts.writesOf(skill, partition, await parts.wake(skill, name, { partition, id, due, data }))
}

/** What a timer led to, and its end: it is set anew where the writes say so, else cleared, each under the claim. */
function ended({ id, claim }: FiredTimer, writes: readonly Write[]): Write[] {
  const again = writes.some((write) => write.op === 'set-timer' && write.id === id)
  if (!again)
    return [
      ...writes.filter((write) => !(write.op === 'clear-timer' && write.id === id)),
      { op: 'clear-timer', id, claim },
    ]
  return writes.map((write) => (write.op === 'set-timer' && write.id === id ? { ...write, claim } : write))
}
