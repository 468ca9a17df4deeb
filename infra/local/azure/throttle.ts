import { ArmRefusal } from './refusals.js'

interface Bucket {
  tokens: number
  at: number
}

type Kind = 'reads' | 'writes' | 'deletes'

/** Size and refill a second of a subscription's buckets, one a caller (learn.microsoft.com, "Throttling Resource Manager requests"). */
const limits: Record<Kind, { size: number; refill: number }> = {
  reads: { size: 250, refill: 25 },
  writes: { size: 200, refill: 10 },
  deletes: { size: 200, refill: 10 },
}

const kindOf = (method: string): Kind =>
  method === 'GET' || method === 'HEAD' ? 'reads' : method === 'DELETE' ? 'deletes' : 'writes'

/**
 * The token buckets of Resource Manager's throttling. They run on real time, as clients' retries do.
 * @param seconds the machine's clock in seconds, injectable for tests.
 */
export class Throttle {
  readonly #buckets = new Map<string, Bucket>()

  constructor(readonly seconds: () => number = () => performance.now() / 1000) {}

  /** Takes a token and gives the header that says how many are left; 429 with `Retry-After` when there is none. */
  take(method: string, subscription: string | undefined, caller: string): Record<string, string> {
    const kind = kindOf(method)
    const { size, refill } = limits[kind]
    const now = this.seconds()
    const key = `${kind} ${subscription ?? ''} ${caller}`
    const bucket = this.#buckets.get(key) ?? { tokens: size, at: now }
    bucket.tokens = Math.min(size, bucket.tokens + (now - bucket.at) * refill)
    bucket.at = now
    this.#buckets.set(key, bucket)
    if (bucket.tokens < 1) {
      const wait = Math.max(1, Math.ceil((1 - bucket.tokens) / refill))
      const message = `Number of '${kind}' requests for subscription '${subscription ?? ''}' actor '${caller}' exceeded. Please try again after '${wait}' seconds after additional tokens are available. Refill rate is '${refill}', remaining tokens are '0' and max size is '${size}'.`
      throw new ArmRefusal(429, 'SubscriptionRequestsThrottled', message, { headers: { 'retry-after': String(wait) } })
    }
    bucket.tokens -= 1
    return {
      [`x-ms-ratelimit-remaining-${subscription ? 'subscription' : 'tenant'}-${kind}`]: String(
        Math.floor(bucket.tokens),
      ),
    }
  }
}
