/** So many calls in so many seconds. */
interface Limit {
  calls: number
  seconds: number
}

/** Teams' limits of what a bot sends to one thread (Microsoft's "optimize your bot with rate limiting", per bot per thread). */
const perThread: Limit[] = [
  { calls: 7, seconds: 1 },
  { calls: 8, seconds: 2 },
  { calls: 60, seconds: 30 },
  { calls: 1_800, seconds: 3_600 },
]
/** All calls of one app in one tenant. */
const perTenant: Limit[] = [{ calls: 50, seconds: 1 }]

/** Counts calls in sliding windows of real time; a call that is refused is not counted. */
export class Throttle {
  readonly #calls = new Map<string, number[]>()
  constructor(private readonly now: () => number) {}

  /** Takes one call to the service; answers the seconds to wait where the app's limit is reached. */
  call = (): number | undefined => this.#take('*', perTenant)

  /** Takes one send to a thread. */
  send = (conversation: string): number | undefined => this.#take(conversation, perThread)

  #take(key: string, limits: Limit[]): number | undefined {
    const now = this.now()
    const longest = Math.max(...limits.map((limit) => limit.seconds)) * 1_000
    const calls = (this.#calls.get(key) ?? []).filter((at) => at > now - longest)
    this.#calls.set(key, calls)
    for (const { calls: most, seconds } of limits) {
      const within = calls.filter((at) => at > now - seconds * 1_000)
      const first = within[within.length - most]
      if (first !== undefined) return Math.max(1, Math.ceil((first + seconds * 1_000 - now) / 1_000))
    }
    calls.push(now)
    return undefined
  }
}
