import { jobProgress, type JobProgress } from '../frame/job-progress.js'
import { Refusal } from './answers.js'
import { isWaiting } from './environment.js'
import type { Build, Definition } from './state.js'

/** Where a build stands at a moment. Times are milliseconds since 1970. */
export interface Progress {
  status: 'notStarted' | 'inProgress' | 'completed'
  result: Build['result'] | undefined
  started: number
  finished: number
}

const statuses = { waiting: 'notStarted', working: 'inProgress', ended: 'completed' } as const

/** Where a build stands, in Azure DevOps' words. One that waits for approval goes on for its whole time once it has it. */
export function progressOf(build: Build, now: number): Progress {
  const { queued, seconds, approval, cancelled } = build
  const held = Math.max(0, (approval?.decided ?? queued) - queued)
  const job = jobProgress({ queued, seconds: seconds + held / 1000, ...(cancelled && { cancelled }) }, now)
  if (isWaiting(build))
    return { status: job.phase === 'waiting' ? 'notStarted' : 'inProgress', result: undefined, ...times(job) }
  if (approval?.status === 'rejected')
    return { status: 'completed', result: 'failed', started: job.started, finished: approval.decided! }
  const result = job.phase === 'ended' ? (cancelled ? 'canceled' : build.result) : undefined
  return { status: statuses[job.phase], result, ...times(job) }
}

const times = ({ started, ended }: JobProgress) => ({ started, finished: ended })

/** The values a run's template parameters get; refuses what the pipeline does not declare and what it misses. */
export function templateParameters({ parameters }: Definition, given: Record<string, unknown>): Record<string, string> {
  const refusal = (message: string) =>
    new Refusal(400, 'PipelineValidationException', `/azure-pipelines.yml: ${message}`)
  for (const name of Object.keys(given))
    if (!parameters.some((parameter) => parameter.name === name)) throw refusal(`Unexpected parameter '${name}'`)
  return Object.fromEntries(
    parameters.map(({ name, type, default: value }) => {
      const text = given[name] ?? value
      if (text === undefined) throw refusal(`A value for the '${name}' parameter must be provided.`)
      if (type === 'boolean' && !/^(true|false)$/i.test(String(text)))
        throw refusal(`The '${name}' parameter value '${String(text)}' is not a valid Boolean.`)
      if (type === 'number' && !Number.isFinite(Number(text)))
        throw refusal(`The '${name}' parameter value '${String(text)}' is not a valid Number.`)
      return [name, String(text)]
    }),
  )
}
