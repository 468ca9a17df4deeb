import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnavailable } from '../errors.js'

/** How often something that others got in the way of is tried again. */
export const mostTries = 60

/** Tries until there is an answer; undefined means that somebody else was in between. @throws StoreUnavailable after too many times */
export async function untilAlone<T>(what: string, attempt: (n: number) => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < mostTries; n += 1) {
    const answer = await attempt(n)
    if (answer !== undefined) return answer
    if (n > 2) await delay(Math.min(n * 4, 100)) // others are quick: a few tries at once, then with a breath between
  }
  throw new StoreUnavailable(`${what} is busy: ${mostTries} times somebody else was in between; try again`)
}
