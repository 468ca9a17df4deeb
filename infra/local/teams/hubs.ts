import { Refusal } from './refusal.js'

/**
 * The hubs behind the bot's address. Several on one store stand behind a load balancer in the cloud; here they are asked in turn: the one
 * that answered last, and the next where it cannot be reached.
 */
export class Hubs {
  readonly #addresses: string[]
  #current = 0

  /** @param first address of the hub that there always is: `http://127.0.0.1:3978`. */
  constructor(first: string) {
    this.#addresses = [first]
  }

  /** Takes another hub in. @returns false where it was known. */
  add(address: string): boolean {
    if (this.#addresses.includes(address)) return false
    this.#addresses.push(address)
    return true
  }

  list(): readonly string[] {
    return this.#addresses
  }

  /** Asks one of them. A hub that was reached has its answer, whatever it is. @throws where none can be reached, or none answers in time */
  async ask(path: string, init: RequestInit): Promise<Response> {
    for (let tried = 1; ; tried += 1) {
      const chosen = this.#current
      try {
        return await fetch(new URL(path, this.#addresses[chosen]), init)
      } catch (error) {
        if (!isUnreachable(error) || tried === this.#addresses.length) throw error
        // Another request may have gone on to the next one meanwhile.
        if (this.#current === chosen) this.#current = (chosen + 1) % this.#addresses.length
      }
    }
  }

  /**
   * Moves the business time of all that can be reached, and settles when each has done what fell due.
   * @throws Refusal where none can be reached, or one cannot follow
   */
  async moveClocks(now: Date): Promise<void> {
    const moved = await Promise.all(this.#addresses.map((address) => moveClock(address, now)))
    if (!moved.includes(true))
      throw new Refusal(409, `The hub at ${this.#addresses.join(', ')} did not answer. Is it running?`)
  }
}

/** Moves one hub's business time. @returns false where it cannot be reached */
export async function moveClock(address: string, now: Date): Promise<boolean> {
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: now.toISOString() }),
  }
  // One that dies while it works is as gone as one that was not there.
  const answer = await fetch(new URL('/clock', address), init).catch(() => undefined)
  if (answer && !answer.ok)
    throw new Refusal(409, `The hub at ${address} answered ${answer.status} when its clock was to be moved.`)
  return answer !== undefined
}

/** Whether nobody took the request: nothing listens there. A hub that died with it in hand may have done it. */
const isUnreachable = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'ECONNREFUSED'
