import { ArmRefusal } from '../refusals.js'

/** Query processing units a caller has (learn.microsoft.com, "Assign access and automate costs", data latency and rate limits). */
const windows = [
  { name: 'QueriesPerHour', seconds: 3600, units: 600 },
  { name: 'QueriesPerMin', seconds: 60, units: 60 },
  { name: 'QueriesPer10Sec', seconds: 10, units: 12 },
]

const prefix = 'x-ms-ratelimit-microsoft.costmanagement-qpu'

/**
 * Cost Management's throttling: a query uses one unit for each month of data it asks for. On real time, as clients' retries.
 * @param seconds the machine's clock in seconds, injectable for tests.
 */
export class QueryUnits {
  readonly #used = new Map<string, { at: number; units: number }[]>()

  constructor(readonly seconds: () => number = () => performance.now() / 1000) {}

  /** Takes units and gives the headers that say what is left; 429 with the seconds to wait where there are too few. */
  take(caller: string, units: number): Record<string, string> {
    const now = this.seconds()
    const used = (this.#used.get(caller) ?? []).filter(({ at }) => at > now - 3600)
    this.#used.set(caller, used)
    const left = windows.map((window) => {
      const inside = used.filter(({ at }) => at > now - window.seconds)
      return { ...window, inside, left: window.units - inside.reduce((sum, each) => sum + each.units, 0) }
    })
    const short = left.find((window) => window.inside.length > 0 && window.left < units)
    if (short) {
      const wait = String(Math.max(1, Math.ceil(short.inside[0]!.at + short.seconds - now)))
      const headers = { [`${prefix}-retry-after`]: wait, [`${prefix}-remaining`]: said(left) }
      throw new ArmRefusal(429, '429', 'Too many requests. Please retry.', { headers })
    }
    used.push({ at: now, units })
    return {
      [`${prefix}-consumed`]: String(units),
      [`${prefix}-remaining`]: said(left.map((window) => ({ ...window, left: window.left - units }))),
    }
  }
}

const said = (left: { name: string; left: number }[]): string =>
  left.map((window) => `${window.name}:${Math.max(0, window.left)}`).join(',')
