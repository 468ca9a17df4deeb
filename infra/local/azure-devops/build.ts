import { jobProgress } from '../frame/job-progress.js'
import { Refusal } from './answers.js'
import type { Build, Definition } from './state.js'

/** Where a build stands at a moment. Times are milliseconds since 1970. */
export interface Progress {
  status: 'notStarted' | 'inProgress' | 'completed'
  result: Build['result'] | undefined
  started: number
  finished: number
}

const statuses = { waiting: 'notStarted', working: 'inProgress', ended: 'completed' } as const

/** Where a build stands, in Azure DevOps' words. */
export function progressOf(build: Build, now: number): Progress {
  const { phase, started, ended: finished } = jobProgress(build, now)
  const result = phase === 'ended' ? (build.cancelled ? 'canceled' : build.result) : undefined
  return { status: statuses[phase], result, started, finished }
}

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
