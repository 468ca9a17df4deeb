import { plainName } from './entity-ids.js'
import type { Ref } from './model.js'

/** The environments most organisations have, by the name that policies and manifests use, with what else people call them. */
const usual: Record<string, readonly string[]> = {
  production: ['prod', 'prd', 'live'],
  staging: ['stage', 'stg', 'preprod', 'pre-production'],
  test: ['tst', 'testing', 'qa'],
  dev: ['development', 'develop'],
}

/** The usual name of an environment: `production` for `prd`; one that is not among the usual has its own, in plain form. */
export function environmentName(name: string): string {
  const plain = plainName(name)
  return Object.keys(usual).find((one) => one === plain || usual[one]!.includes(plain)) ?? plain
}

/** The usual environment that a word means, however people call it; undefined where it is the name of none of them. */
export const usualEnvironment = (word: string): string | undefined => {
  const name = environmentName(word)
  return Object.hasOwn(usual, name) ? name : undefined
}

/** What else people call an environment: `production`, `prod` and `live` for `prd`. */
export const environmentAliases = (name: string): string[] => {
  const usualName = environmentName(name)
  return [usualName, ...(usual[usualName] ?? [])].filter((one) => one !== plainName(name))
}

/** An environment, however it is written where it is named: `prd` and `Production` are one. */
export const environmentRef = (name: string): Ref => ({ kind: 'Environment', id: environmentName(name) })
