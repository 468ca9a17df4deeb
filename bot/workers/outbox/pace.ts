/** At most so many sends in any stretch of so many milliseconds. */
export interface Limit {
  sends: number
  withinMs: number
}

/** Teams' limits for what a bot sends to one thread (Microsoft, "Optimize your bot with rate limiting in Teams"). */
export const threadLimits: readonly Limit[] = [
  { sends: 7, withinMs: 1_000 },
  { sends: 8, withinMs: 2_000 },
  { sends: 60, withinMs: 30_000 },
  { sends: 1_800, withinMs: 3_600_000 },
]

/** Teams' limit for all calls of one app in one tenant (the same page). */
export const tenantLimits: readonly Limit[] = [{ sends: 50, withinMs: 1_000 }]

/** A send that is counted. */
export interface PacedSend {
  /** Says when it was answered. @returns false where that was said before */
  answered(at: number): boolean
}

/**
 * Counts sends against limits in sliding windows. Pure but for what it was told; all moments are milliseconds of one clock that never
 * goes back.
 *
 * The service counts a send at some moment between its beginning and its answer, nobody knows which. So a send under way counts as
 * now and an answered one at its answer, and a new one begins a whole window after: whenever the service counted, no window holds
 * more than its limit.
 */
export class Pace {
  readonly #answered = new Map<string, number[]>()
  readonly #underWay = new Map<string, number>()
  readonly #longest: number

  constructor(private readonly limits: readonly Limit[]) {
    this.#longest = Math.max(...limits.map(({ withinMs }) => withinMs))
  }

  /**
   * The earliest moment at which a send may begin, `now` or later; ask again then, because others may have sent meanwhile.
   * @param sends how many are to begin together
   */
  next(key: string, now: number, sends = 1): number {
    const answered = this.#answered.get(key) ?? []
    const underWay = this.#underWay.get(key) ?? 0
    const waits = this.limits.map(({ sends: most, withinMs }) => {
      // The send that must have left the window: as many from the end as the window holds beside the new ones.
      const place = most - sends - underWay
      if (place < 0) return now + withinMs
      const last = answered[answered.length - 1 - place]
      return last === undefined ? now : last + withinMs
    })
    return Math.max(now, ...waits)
  }

  /** Counts a send that begins now. */
  begin(key: string): PacedSend {
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1)
    let open = true
    return {
      answered: (at) => {
        if (!open) return false
        open = false
        this.#end(key, at)
        return true
      },
    }
  }

  /** Counts a send that was answered at a moment, perhaps another hub's and before others that are counted already. */
  remember(key: string, at: number): void {
    const answered = (this.#answered.get(key) ?? []).filter((moment) => moment > at - this.#longest)
    const place = answered.findLastIndex((moment) => moment <= at) + 1
    answered.splice(place, 0, at)
    this.#answered.set(key, answered)
  }

  /** Forgets threads in which nothing was sent for as long as the longest window. */
  forget(now: number): void {
    for (const [key, answered] of this.#answered)
      if (!this.#underWay.has(key) && (answered.at(-1) ?? 0) <= now - this.#longest) this.#answered.delete(key)
  }

  /** How many threads are remembered. */
  get size(): number {
    return this.#answered.size
  }

  #end(key: string, at: number): void {
    const left = (this.#underWay.get(key) ?? 1) - 1
    if (left) this.#underWay.set(key, left)
    else this.#underWay.delete(key)
    this.remember(key, at)
  }
}
