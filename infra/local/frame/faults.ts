import { z } from 'zod/v4'

/** A fault to play: what it hits and what happens there. The body of `POST /local/faults`. */
export const Fault = z.strictObject({
  /** A vendor's name (`graph`), a vendor and the beginning of a path below its prefix (`graph/v1.0/users`), or `*` for all. */
  target: z.string().min(1),
  /** Answer with this status instead of the vendor's answer; absent, the request is only delayed. */
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

  /** Takes a fault in; throws zod's error where it is not one. */
  add(fault: z.input<typeof Fault>): Fault {
    const parsed = Fault.parse(fault)
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
   * The fault that hits a request now, if any. A vendor may ask by a name of its own as well, for faults that only it can
   * play, such as `arm/operation` for a long-running operation that fails.
   * @param place vendor name and path below its prefix: `graph/v1.0/users`.
   */
  strike(place: string): Fault | undefined {
    for (const entry of this.#faults) {
      const { fault } = entry
      if (!covers(fault.target, place)) continue
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

const covers = (target: string, place: string): boolean =>
  target === '*' || place === target || place.startsWith(target.endsWith('/') ? target : `${target}/`)
