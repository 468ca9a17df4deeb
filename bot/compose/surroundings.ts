import type { Skill } from '../../skills/kit/command.js'
import type { MovableClock } from '../clock.js'
import type { Log } from '../log.js'
import type { Reached } from '../reached.js'
import type { Store } from '../store/contract.js'

/** What compose is given beside the configuration. */
export interface Surroundings {
  store: Store
  skills: readonly Skill[]
  clock: MovableClock
  log: Log
  fetch: typeof globalThis.fetch
  /** Told each named step of the workers and webhooks, so that a test can end the hub there. */
  reached?: Reached
}
