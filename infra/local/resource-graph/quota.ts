/** What a caller has left of its queries. */
export interface Quota {
  allowed: boolean
  remaining: number
  /** Seconds until the window ends. */
  resetsAfter: number
}

const queries = 15
const windowSeconds = 5

/**
 * Resource Graph's quota: 15 queries in 5 seconds for each caller (learn.microsoft.com, "Guidance for throttled requests").
 * @param seconds the machine's clock in seconds: clients wait in real time.
 */
export class QueryQuota {
  readonly #windows = new Map<string, { ends: number; used: number }>()

  constructor(readonly seconds: () => number = () => performance.now() / 1000) {}

  /** Takes one query of a caller's window. */
  take(caller: string): Quota {
    const now = this.seconds()
    const open = this.#windows.get(caller)
    const current = open && open.ends > now ? open : { ends: now + windowSeconds, used: 0 }
    this.#windows.set(caller, current)
    const allowed = current.used < queries
    if (allowed) current.used++
    return { allowed, remaining: queries - current.used, resetsAfter: Math.max(1, Math.ceil(current.ends - now)) }
  }
}

/** The two headers that every answer has. */
export const quotaHeaders = ({ remaining, resetsAfter }: Quota): Record<string, string> => ({
  'x-ms-user-quota-remaining': String(remaining),
  'x-ms-user-quota-resets-after': `00:00:${String(resetsAfter).padStart(2, '0')}`,
})
