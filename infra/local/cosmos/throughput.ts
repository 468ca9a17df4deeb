import { Refusal } from './refusal.js'

/** What requests may cost together in a second of real time, as the service counts: whoever comes when it is spent waits for the next. */
export class Throughput {
  #second = 0
  #spent = 0

  /** @param most request units a second; undefined: without end */
  constructor(
    private readonly most: number | undefined,
    private readonly now: () => number = Date.now,
  ) {}

  /** @throws Refusal 429 with the time to wait, in milliseconds */
  admit(): void {
    const now = this.now()
    const second = Math.floor(now / 1000)
    if (second !== this.#second) [this.#second, this.#spent] = [second, 0]
    if (this.most === undefined || this.#spent < this.most) return
    const wait = 1000 - (now % 1000)
    throw new Refusal(429, 'TooManyRequests', 'Request rate is large. More Request Units may be needed.', {
      substatus: 3200,
      headers: { 'x-ms-retry-after-ms': String(wait) },
    })
  }

  charge(units: number): void {
    this.#spent += units
  }
}
