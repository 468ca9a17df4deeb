import type { Run } from './state.js'

/** How long a run waits for a runner, in milliseconds of business time. */
export const QUEUE = 5_000

/** Where a run stands at a moment. Times are milliseconds since 1970. */
export interface Progress {
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Run['conclusion'] | null
  started: number
  /** When it ended, or will. */
  ended: number
}

/**
 * Where a run stands: it waits, works for its time, and ends. It follows from the clock alone, so that a moved clock or
 * a restart of the local tenant finds it where it belongs.
 */
export function progressOf(run: Run, now: number): Progress {
  const started = run.created + QUEUE
  const ended = run.cancelled ?? started + run.seconds * 1000
  if (now >= ended)
    return { status: 'completed', conclusion: run.cancelled ? 'cancelled' : run.conclusion, started, ended }
  return { status: now < started ? 'queued' : 'in_progress', conclusion: null, started, ended }
}
