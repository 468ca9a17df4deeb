/** A caller may use 200 units in five minutes before it is slowed down (learn.microsoft.com, "Rate and usage limits"). */
const [limit, window] = [200, 300_000]
/** What a request uses here; the real one weighs what it does to the databases. */
const cost = 0.05
/** Headers are sent from this part of the limit on. */
const near = 0.8
/** Seconds that a caller beyond the limit is asked to wait. */
const rest = 2

/** How much each caller used of the service lately, in units of it ("TSTU"). Real time, as of all that protects a server. */
export class Usage {
  readonly #used = new Map<string, { at: number; units: number }[]>()

  /**
   * Counts a request and answers the headers that tell its caller how it stands.
   * @param delayed whether this one counts as slowed down whatever was used
   */
  headersFor(caller: string, now: number, delayed: boolean): Record<string, string> {
    const recent = (this.#used.get(caller) ?? []).filter(({ at }) => now - at < window)
    // Requests of one second are one entry.
    const last = recent.at(-1)
    if (last && now - last.at < 1_000) last.units += cost
    else recent.push({ at: now, units: cost })
    this.#used.set(caller, recent)
    const used = recent.reduce((sum, { units }) => sum + units, 0)
    if (!delayed && used < limit * near) return {}
    const left = delayed ? 0 : Math.max(0, Math.floor(limit - used))
    return {
      'x-ratelimit-resource': 'Core/Pipelines',
      'x-ratelimit-limit': String(limit),
      'x-ratelimit-remaining': String(left),
      'x-ratelimit-reset': String(Math.ceil((now + window) / 1000)),
      ...(left === 0 && { 'x-ratelimit-delay': '0.250', 'retry-after': String(delayed ? 1 : rest) }),
    }
  }
}
