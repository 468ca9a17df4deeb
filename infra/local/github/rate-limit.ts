import { Refusal } from './answers.js'

const HOUR = 3_600_000
const MINUTE = 60_000
/** Requests an hour of an installation, and content-making requests a minute. Source: docs.github.com/rest, "Rate limits for the REST API". */
export const limits = { hourly: 5_000, writesPerMinute: 80 }

/** What the refusal of a secondary limit says. */
export const secondaryLimit = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  page: '/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits',
}

/** How much of its hour a who has used. */
export interface Allowance {
  limit: number
  remaining: number
  used: number
  /** Seconds since 1970. */
  reset: number
}

/**
 * Counts requests by who makes them, the app or its installation whatever token it has, in real time, as clients wait in real time.
 * Conditional requests that answer 304 are given back.
 */
export class RateLimit {
  /** @param hourly requests an hour */
  constructor(private readonly hourly = limits.hourly) {}

  readonly #windows = new Map<string, { used: number; reset: number; writes: number[] }>()

  #window(who: string) {
    const now = Date.now()
    const known = this.#windows.get(who)
    if (known && known.reset > now) return known
    const fresh = { used: 0, reset: now + HOUR, writes: [] }
    this.#windows.set(who, fresh)
    return fresh
  }

  /** Counts a request; 403 where a limit is passed, with the time to wait. */
  take(who: string, method: string, installation: number): void {
    const window = this.#window(who)
    if (window.used >= this.hourly)
      throw new Refusal(403, `API rate limit exceeded for installation ID ${installation}.`, {
        page: '/using-the-rest-api/rate-limits-for-the-rest-api',
      })
    window.used++
    if (method === 'GET' || method === 'HEAD') return
    const now = Date.now()
    window.writes = window.writes.filter((at) => at > now - MINUTE)
    if (window.writes.length >= limits.writesPerMinute)
      throw new Refusal(403, secondaryLimit.message, { headers: { 'retry-after': '60' }, page: secondaryLimit.page })
    window.writes.push(now)
  }

  /** Gives a request back. */
  giveBack(who: string): void {
    this.#window(who).used--
  }

  /** Where somebody stands. */
  allowance(who: string): Allowance {
    const { used, reset } = this.#window(who)
    return { limit: this.hourly, remaining: this.hourly - used, used, reset: Math.ceil(reset / 1000) }
  }
}
