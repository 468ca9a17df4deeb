/** A job that an agent or runner works on: a build, a workflow run. */
export interface Job {
  /** When it was asked for, milliseconds since 1970 in business time, as are all moments here. */
  queued: number
  /** How long it works. */
  seconds: number
  /** When it was cancelled, where it was. */
  cancelled?: number
}

/** Where a job stands at a moment. */
export interface JobProgress {
  phase: 'waiting' | 'working' | 'ended'
  started: number
  /** When it ended, or will. */
  ended: number
}

/** How long a job waits for an agent, in milliseconds. */
const queue = 5_000

/**
 * Where a job stands: it waits, works for its time, and ends. It follows from the clock alone, so that a moved clock or a
 * restart of the local tenant finds it where it belongs.
 */
export function jobProgress({ queued, seconds, cancelled }: Job, now: number): JobProgress {
  const started = queued + queue
  const ended = cancelled ?? started + seconds * 1000
  return { phase: now >= ended ? 'ended' : now < started ? 'waiting' : 'working', started, ended }
}
