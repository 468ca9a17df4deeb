import { apiReleaseEffects } from './api-releases.js'
import { clusterEffects } from './clusters.js'
import { databaseEffects } from './databases.js'
import type { Effect, Effects } from './effect.js'
import { keyEffects } from './keys.js'
import { machineEffects } from './machines.js'
import { siteEffects } from './sites.js'

const registry: Effects = {
  ...machineEffects,
  ...siteEffects,
  ...clusterEffects,
  ...databaseEffects,
  ...keyEffects,
  ...apiReleaseEffects,
}

/** The effect of an action, by type and action in any case; an action without one only answers. */
export const actionEffect = (type: string, action: string): Effect => registry[`${type}/${action}`.toLowerCase()] ?? {}

/** The effect that follows a PUT or PATCH of a type. */
export const writeEffect = (type: string, method: string): Effect => registry[`${type}#${method}`.toLowerCase()] ?? {}

/** The names under which effects are found. */
export const effectNames = (): string[] => Object.keys(registry)
