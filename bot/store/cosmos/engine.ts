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
