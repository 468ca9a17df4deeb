import { parse } from 'yaml'
import { unprocessable } from './answers.js'

/** An input that a workflow's `workflow_dispatch` trigger declares. */
interface Input {
  required?: boolean
  default?: unknown
  type?: string
  options?: unknown[]
}

/** A workflow's file where the organisation does not give one. */
export const workflowSource = ({ name, dispatch }: { name: string; dispatch: boolean }): string =>
  [
    `name: ${JSON.stringify(name)}`,
    'on:',
    '  push:',
    '    branches: [main]',
    ...(dispatch ? ['  workflow_dispatch: {}'] : []),
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v4',
    '      - name: Build and test',
    '        run: make ci',
    '',
  ].join('\n')

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(source: string): Record<string, unknown> {
  try {
    const value: unknown = parse(source)
    return isObject(value) ? value : {}
  } catch {
    return {} // GitHub shows such a workflow and runs none of it
  }
}

/** The jobs of a workflow's file with the names of their steps; one job where it names none. */
export function jobsOf(source: string): { name: string; steps: string[] }[] {
  const { jobs } = parsed(source)
  if (!isObject(jobs) || Object.keys(jobs).length === 0) return [{ name: 'build', steps: ['Set up job'] }]
  return Object.entries(jobs).map(([key, job]) => {
    const steps = isObject(job) && Array.isArray(job.steps) ? job.steps.filter(isObject) : []
    const nameOf = ({ name, uses, run }: Record<string, unknown>) =>
      String(name ?? (uses ? `Run ${uses}` : `Run ${run}`))
    return { name: isObject(job) && job.name ? String(job.name) : key, steps: ['Set up job', ...steps.map(nameOf)] }
  })
}

/** The inputs that the file declares for dispatch; undefined where it cannot be dispatched. */
function declaredInputs(source: string): Record<string, Input> | undefined {
  const { on } = parsed(source)
  if (on === 'workflow_dispatch' || (Array.isArray(on) && on.includes('workflow_dispatch'))) return {}
  if (!isObject(on) || !('workflow_dispatch' in on)) return undefined
  const trigger = on.workflow_dispatch
  return isObject(trigger) && isObject(trigger.inputs) ? (trigger.inputs as Record<string, Input>) : {}
}

/**
 * The inputs a dispatched run gets: what was given, checked against the workflow's file as GitHub does, and the defaults.
 * Refuses a workflow without the trigger, inputs it does not declare, missing required ones and values outside a choice.
 */
export function dispatchInputs(source: string, given: Record<string, unknown>): Record<string, string> {
  const declared = declaredInputs(source)
  if (!declared) throw unprocessable("Workflow does not have 'workflow_dispatch' trigger")
  if (Object.keys(given).length > 25) throw unprocessable('Invalid request.\n\nNo more than 25 properties are allowed.')
  const unexpected = Object.keys(given).filter((name) => !Object.hasOwn(declared, name))
  if (unexpected.length > 0) throw unprocessable(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`)
  const values: Record<string, string> = {}
  for (const [name, input] of Object.entries(declared)) {
    const value = given[name] ?? input?.default
    if (value === undefined || value === '') {
      if (input?.required) throw unprocessable(`Required input '${name}' not provided`)
      continue
    }
    checkValue(name, input, String(value))
    values[name] = String(value)
  }
  return values
}

function checkValue(name: string, input: Input, value: string): void {
  if (input.type === 'choice' && !(input.options ?? []).map(String).includes(value))
    throw unprocessable(`Provided value '${value}' for input '${name}' not in the list of allowed values`)
  if (input.type === 'boolean' && value !== 'true' && value !== 'false')
    throw unprocessable(`Provided value '${value}' for input '${name}' is not a boolean`)
  if (input.type === 'number' && !Number.isFinite(Number(value)))
    throw unprocessable(`Provided value '${value}' for input '${name}' is not a number`)
}
