import { z } from 'zod/v4'

/** A fault to play: what it hits and what happens there. The body of `POST /local/faults`. */
export const Fault = z.strictObject({
  /**
   * A vendor's name (`graph`), a vendor and the beginning of a path below its prefix in any case (`graph/v1.0/users`), or `*`
   * for all. With a method after the vendor's name (`teams-put`) it hits only requests with that one, with `-write` those that
   * are neither GET nor HEAD, before anything is done; with `-answer` (`arm-answer`) the answers to those, when all is done.
   * Vendors have names of their own beside these, such as `arm-operation`.
   */
  target: z.string().min(1),
  /**
   * Answer with this status instead of the vendor's answer; absent, the request is only delayed. An `-answer` fault without
   * status or delay cuts the connection.
   */
  status: z.int().min(400).max(599).optional(),
  /** Share of requests that are hit, evenly spread: 0.5 hits every second one. */
  ratio: z.number().gt(0).max(1).default(1),
  /** Waits before answering, milliseconds of real time. */
  delayMs: z.int().min(0).max(600_000).optional(),
  /** After so many hits the fault is over; absent, it lasts until cleared. */
  count: z.int().positive().optional(),
  /** Seconds in `Retry-After` of a 429 or 503. */
  retryAfter: z.int().min(0).default(1),
})
export type Fault = z.output<typeof Fault>

/** The faults in force. One list for the whole tenant; the server asks it before each vendor does. */
export class Faults {
  #faults: { fault: Fault; hits: number; carry: number }[] = []
  readonly #names = new Set<string>()

  /** Says what targets there are besides `*`; where nothing was said, any name is taken. */
  know(names: string[]): void {
    for (const name of names) this.#names.add(name)
  }

  /** Takes a fault in; throws zod's error where it is not one, a RangeError where its target is nobody. */
  add(fault: z.input<typeof Fault>): Fault {
    const parsed = Fault.parse(fault)
    const name = parsed.target.split('/')[0] ?? ''
    if (name !== '*' && this.#names.size > 0 && !this.#names.has(name.toLowerCase()))
      throw new RangeError(`There is no target '${name}'. There are *, ${[...this.#names].sort().join(', ')}.`)
    this.#faults.push({ fault: parsed, hits: 0, carry: 0 })
    return parsed
  }

  /** Ends those of one target, or all. */
  clear(target?: string): void {
    this.#faults = target === undefined ? [] : this.#faults.filter(({ fault }) => fault.target !== target)
  }

  list(): (Fault & { hits: number })[] {
    return this.#faults.map(({ fault, hits }) => ({ ...fault, hits }))
  }

  /**
   * The fault that hits a request now, if any.
   * @param place vendor name and path below its prefix: `graph/v1.0/users`.
   */
  strike(place: string): Fault | undefined {
    return this.#strike((target) => target === '*' || covers(target, place))
  }

  /**
   * The same for a fault that is asked for by a name of its own, which `*` does not mean: `arm-write` and its like, and those
   * that only a vendor can play, such as `arm-operation` for a long-running operation that fails.
   */
  strikeNamed(place: string): Fault | undefined {
    return this.#strike((target) => covers(target, place))
  }

  #strike(hits: (target: string) => boolean): Fault | undefined {
    for (const entry of this.#faults) {
      const { fault } = entry
      if (!hits(fault.target)) continue
      entry.carry += fault.ratio
      if (entry.carry < 1 - 1e-9) continue
      entry.carry -= 1
      entry.hits += 1
      if (entry.hits === fault.count) this.#faults = this.#faults.filter((other) => other !== entry)
      return fault
    }
    return undefined
  }
}

function covers(target: string, place: string): boolean {
  const [wanted, asked] = [target.toLowerCase(), place.toLowerCase()]
  return asked === wanted || asked.startsWith(wanted.endsWith('/') ? wanted : `${wanted}/`)
}
