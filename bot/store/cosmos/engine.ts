import { setTimeout as delay } from 'node:timers/promises'
import { StoreUnavailable } from '../errors.js'
import type { Connection } from './connection.js'
import type { Moving } from './moving.js'
import type { Tickets } from './tickets.js'

/** What the parts of the Cosmos engine are made of. */
export interface Engine {
  readonly connection: Connection
  readonly tickets: Tickets
  readonly moving: Moving
  /** Milliseconds since 1970. */
  now(): number
  /** A fresh random id. */
  id(): string
}

/** Lets calls in until it is closed, and then waits for those that are in. */
export class Door {
  #closed = false
  readonly #inside = new Set<Promise<unknown>>()

  constructor(private readonly endpoint: string) {}

  /** @throws StoreUnavailable once it is closed */
  async enter<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreUnavailable(`the store at ${this.endpoint} is closed`)
    const call = work()
    this.#inside.add(call)
    return call.finally(() => this.#inside.delete(call))
  }

  /** The same functions, each through the door. */
  before<T extends object>(functions: T): T {
    const guarded = Object.entries(functions as Record<string, unknown>).map(([name, value]) => [
      name,
      typeof value === 'function'
        ? (...given: unknown[]) => this.enter(async () => (value as (...all: unknown[]) => unknown)(...given))
        : value,
    ])
    return Object.fromEntries(guarded) as T
  }

  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled([...this.#inside])
  }
}

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

/** Runs a function over a list, so many at a time. */
export async function inParallel<T, R>(list: readonly T[], run: (item: T) => Promise<R>, width = 16): Promise<R[]> {
  const results: R[] = new Array<R>(list.length)
  let next = 0
  const lane = async () => {
    for (let at = next++; at < list.length; at = next++) results[at] = await run(list[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(width, list.length) }, lane))
  return results
}
