import { textProp } from '../answer.js'
import type { Entity } from '../model.js'

const words: Record<string, string> = {
  passing: 'CI green',
  failing: 'CI red',
  pending: 'CI running',
}

/** How a pull request's checks stand, where its source says it. */
export const sayChecks = (pull: Entity): string | undefined => words[textProp(pull, 'checks') ?? '']
