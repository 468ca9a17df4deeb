import { Refusal } from './answers.js'
import type { Build, Definition } from './state.js'

/** How long a build waits for an agent, in milliseconds of business time. */
export const QUEUE = 5_000

/** Where a build stands at a moment. */
export interface Progress {
  status: 'notStarted' | 'inProgress' | 'completed'
  result: Build['result'] | undefined
  started: number
  finished: number
}

/** Where a build stands: it follows from the clock alone, so that a moved clock or a restart finds it where it belongs. */
export function progressOf(build: Build, now: number): Progress {
  const started = build.queued + QUEUE
  const finished = build.cancelled ?? started + build.seconds * 1000
  if (now >= finished)
    return { status: 'completed', result: build.cancelled ? 'canceled' : build.result, started, finished }
  return { status: now < started ? 'notStarted' : 'inProgress', result: undefined, started, finished }
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
