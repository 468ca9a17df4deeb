import type { Connection } from './connection.js'
import { untilAlone } from './until-alone.js'

interface Waiting {
  count: number
  resolve(first: number): void
  reject(error: unknown): void
}

const id = 'tickets'
const queue = 'tickets'

/**
 * Numbers that grow from one call to the next on every replica, so that what came in first has the lower one even where clocks differ. One
 * document a tenant counts them in the service; calls that come while one is under way share the next.
 */
export class Tickets {
  readonly #waiting = new Map<string, Waiting[]>()
  readonly #busy = new Set<string>()

  constructor(private readonly connection: Connection) {}

  /** @returns the first of `count` numbers that follow each other */
  take(tenant: string, count: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(tenant, [...(this.#waiting.get(tenant) ?? []), { count, resolve, reject }])
      if (!this.#busy.has(tenant)) void this.#serve(tenant)
    })
  }

  async #serve(tenant: string): Promise<void> {
    this.#busy.add(tenant)
    for (let group = this.#next(tenant); group.length > 0; group = this.#next(tenant))
      try {
        const total = group.reduce((sum, { count }) => sum + count, 0)
        let first = (await this.#advance(tenant, total)) - total + 1
        for (const { count, resolve } of group) {
          resolve(first)
          first += count
        }
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    this.#busy.delete(tenant)
  }

  #next(tenant: string): Waiting[] {
    const group = this.#waiting.get(tenant) ?? []
    this.#waiting.delete(tenant)
    return group
  }

  /** @returns the last number given */
  #advance(tenant: string, by: number): Promise<number> {
    const key = [tenant, queue]
    return untilAlone('the count of tickets', async () => {
      const patch = { operations: [{ op: 'incr' as const, path: '/last', value: by }] }
      const outcome = await this.connection.batch('queues', key, [{ operationType: 'Patch', id, resourceBody: patch }])
      if (!('failed' in outcome)) return (outcome.bodies[0] as { last: number }).last
      const document = { id, tenant, queue, type: 'tickets', last: 0 }
      await this.connection.batch('queues', key, [{ operationType: 'Create', resourceBody: document }])
      return undefined
    })
  }
}
