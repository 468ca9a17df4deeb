import type { Instant } from '../../../skills/kit/model.js'

/** What the worker is made of. */
export interface AuditWorkerParts {
  clock: { now(): Instant; until(at: Instant, signal: AbortSignal): Promise<void> }
  /** Milliseconds between two looks. */
  every: number
  /** The head is signed after so many entries, or so many milliseconds after the first that is not, whichever is first. */
  anchorAfter: { entries: number; ms: number }
  /** Brings the read model to the log's end. */
  follow(): Promise<void>
  /** The number of the log's last entry, and of the last one that is anchored. */
  standing(): Promise<{ head: number; anchored: number }>
  /** Signs and anchors the head, and answers whether this hub had its turn; absent where there is no key to sign with. */
  anchor?(): Promise<boolean>
  /** Writes what was gathered for the log since the last time, such as sign-ins that failed. */
  gather(): Promise<void>
  /** Milliseconds between two times. */
  gatherEvery: number
  failed(error: unknown): void
}

/** Whether the head is to be signed now. `waiting` is when an entry was first seen that is not anchored. */
function anchorDue(
  { head, anchored }: { head: number; anchored: number },
  waiting: Instant | undefined,
  now: Instant,
  after: AuditWorkerParts['anchorAfter'],
): boolean {
  if (head <= anchored) return false
  return (
    head - anchored >= after.entries || (waiting !== undefined && Date.parse(now) - Date.parse(waiting) >= after.ms)
  )
}

/**
 * Starts the loop that keeps the audit log: follows it, gathers what is counted, and has its head signed and anchored. Every hub has
 * one, and the anchoring is leased. The first look and the last, at shutdown, sign whatever is not signed yet.
 */
export function startAuditWorker(parts: AuditWorkerParts): { stop(): Promise<void> } {
  const { clock, failed } = parts
  const stopping = new AbortController()
  let waiting: Instant | undefined
  let gathered = clock.now()

  async function look(whatever: boolean): Promise<void> {
    if (whatever || Date.parse(clock.now()) - Date.parse(gathered) >= parts.gatherEvery) {
      gathered = clock.now()
      await parts.gather()
    }
    await parts.follow()
    if (!parts.anchor) return
    const standing = await parts.standing()
    waiting = standing.head > standing.anchored ? (waiting ?? clock.now()) : undefined
    const after = whatever ? { entries: 1, ms: 0 } : parts.anchorAfter
    if (!anchorDue(standing, waiting, clock.now(), after)) return
    // Another's turn may be that of a hub that died: the next look tries again.
    if (await parts.anchor()) waiting = undefined
  }

  async function loop(): Promise<void> {
    let first = true
    while (!stopping.signal.aborted) {
      await look(first).catch(failed)
      first = false
      const next = new Date(Date.parse(clock.now()) + parts.every).toISOString()
      await clock.until(next, stopping.signal).catch(() => {})
    }
  }

  const running = loop()
  return {
    async stop() {
      stopping.abort()
      await running
      await look(true).catch(failed)
    },
  }
}
