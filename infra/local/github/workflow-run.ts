import { jobProgress } from '../frame/job-progress.js'
import type { Run } from './state.js'

/** Where a run stands at a moment. Times are milliseconds since 1970. */
export interface Progress {
  status: 'queued' | 'in_progress' | 'completed'
  conclusion: Run['conclusion'] | null
  started: number
  /** When it ended, or will. */
  ended: number
}

const statuses = { waiting: 'queued', working: 'in_progress', ended: 'completed' } as const

/** Where a run stands, in GitHub's words. */
export function progressOf(run: Run, now: number): Progress {
  const { phase, started, ended } = jobProgress({ ...run, queued: run.created }, now)
  const conclusion = phase === 'ended' ? (run.cancelled ? 'cancelled' : run.conclusion) : null
  return { status: statuses[phase], conclusion, started, ended }
}
