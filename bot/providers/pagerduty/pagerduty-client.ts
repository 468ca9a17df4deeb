import { unavailable } from '../../../skills/kit/errors.js'

/** Where PagerDuty's REST API v2 is, and the token it takes. */
export interface PagerDutyOptions {
  /** `https://api.pagerduty.com` */
  endpoint: string
  token: string
  fetch: typeof globalThis.fetch
}

/** Reads lists of PagerDuty's REST API v2, page by page (classic pagination: offset, limit, more; 100 at most). */
export interface PagerDutyClient {
  list<T>(path: string, field: string, query: Record<string, string | string[]>, signal: AbortSignal): Promise<T[]>
}

const pageSize = 100
/** PagerDuty refuses offsets beyond this; what is older is not read. */
const farthestOffset = 10_000
const requestTimeout = 20_000

export function createPagerDutyClient({ endpoint, token, fetch }: PagerDutyOptions): PagerDutyClient {
  async function get(url: URL, signal: AbortSignal): Promise<Record<string, unknown>> {
    let answer: Response
    try {
      const headers = { authorization: `Token token=${token}`, accept: 'application/vnd.pagerduty+json;version=2' }
      answer = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)]) })
    } catch (cause) {
      throw unavailable('PagerDuty does not answer.', undefined, cause)
    }
    if (answer.ok) return (await answer.json()) as Record<string, unknown>
    const reason =
      answer.status === 401 || answer.status === 403
        ? "refuses Nexus's token"
        : answer.status === 429
          ? 'asks to wait: too many requests'
          : `answers with ${answer.status}`
    throw unavailable(`PagerDuty ${reason}.`)
  }
  return {
    async list<T>(
      path: string,
      field: string,
      query: Record<string, string | string[]>,
      signal: AbortSignal,
    ): Promise<T[]> {
      const found: T[] = []
      for (let offset = 0; offset < farthestOffset; offset += pageSize) {
        const url = new URL(`${endpoint.replace(/\/$/, '')}${path}`)
        for (const [name, value] of Object.entries({ ...query, limit: String(pageSize), offset: String(offset) }))
          for (const one of [value].flat()) url.searchParams.append(name, one)
        const page = await get(url, signal)
        found.push(...(page[field] as T[]))
        if (page.more !== true) break
      }
      return found
    },
  }
}
