import { notFound, unavailable } from '../../../skills/kit/errors.js'
import type { Json } from '../../../skills/kit/model.js'
import { retryAfterIn } from '../../retry-after.js'

/** Where PagerDuty's REST API v2 is, and the token it takes. */
export interface PagerDutyOptions {
  /** `https://api.pagerduty.com` */
  endpoint: string
  token: string
  fetch: typeof globalThis.fetch
}

/** Talks to PagerDuty's REST API v2. @throws Fault Unavailable where it does not answer or refuses the token */
export interface PagerDutyClient {
  /** Reads a list page by page (classic pagination: offset, limit, more; 100 at most). */
  list<T>(path: string, field: string, query: Record<string, string | string[]>, signal: AbortSignal): Promise<T[]>
  /** Reads one document. @throws Fault NotFound */
  get<T>(path: string, field: string): Promise<T>
  /**
   * Sends a change.
   * @param from mail address of the user who makes it; PagerDuty refuses changes without one
   * @throws PagerDutyRefusal where it refuses what was sent, Fault NotFound
   */
  send<T>(method: 'POST' | 'PUT', path: string, body: Json, from: string): Promise<T>
}

/** PagerDuty refused a change, with the code that its documentation lists. */
export class PagerDutyRefusal extends Error {
  constructor(
    readonly code: number | undefined,
    /** What it says is wrong; English, without secrets. */
    readonly reasons: readonly string[],
  ) {
    super(`PagerDuty refuses: ${reasons.join('; ')}`)
  }
}

const pageSize = 100
/** PagerDuty refuses offsets beyond this; what is older is not read. */
const farthestOffset = 10_000
const requestTimeout = 20_000

export function createPagerDutyClient({ endpoint, token, fetch }: PagerDutyOptions): PagerDutyClient {
  const urlOf = (path: string): URL => new URL(`${endpoint.replace(/\/$/, '')}${path}`)

  async function call(url: URL, init: RequestInit, signal?: AbortSignal): Promise<Record<string, unknown>> {
    let answer: Response
    const timeout = AbortSignal.timeout(requestTimeout)
    try {
      answer = await fetch(url, {
        ...init,
        headers: {
          authorization: `Token token=${token}`,
          accept: 'application/vnd.pagerduty+json;version=2',
          ...init.headers,
        },
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      })
    } catch (cause) {
      throw unavailable('PagerDuty does not answer.', undefined, cause)
    }
    if (answer.ok) return (await answer.json()) as Record<string, unknown>
    throw await failureOf(answer)
  }

  const get = (url: URL, signal?: AbortSignal) => call(url, {}, signal)

  return {
    async list<T>(
      path: string,
      field: string,
      query: Record<string, string | string[]>,
      signal: AbortSignal,
    ): Promise<T[]> {
      const found: T[] = []
      for (let offset = 0; offset < farthestOffset; offset += pageSize) {
        const url = urlOf(path)
        for (const [name, value] of Object.entries({ ...query, limit: String(pageSize), offset: String(offset) }))
          for (const one of [value].flat()) url.searchParams.append(name, one)
        const page = await get(url, signal)
        found.push(...(page[field] as T[]))
        if (page.more !== true) break
      }
      return found
    },
    async get<T>(path: string, field: string): Promise<T> {
      return (await get(urlOf(path)))[field] as T
    },
    async send<T>(method: 'POST' | 'PUT', path: string, body: Json, from: string): Promise<T> {
      const headers = { 'content-type': 'application/json', from }
      return (await call(urlOf(path), { method, headers, body: JSON.stringify(body) })) as T
    },
  }
}

async function failureOf(answer: Response): Promise<Error> {
  const { status } = answer
  if (status === 404) return notFound('PagerDuty has no such thing.')
  if (status === 401 || status === 403) return unavailable("PagerDuty refuses Nexus's token.")
  // `ratelimit-reset` has the seconds until the quota begins anew ("REST API Rate Limits").
  const wait = retryAfterIn(answer.headers, 'ratelimit-reset')
  if (status === 429) return unavailable('PagerDuty asks to wait: too many requests.', undefined, undefined, wait)
  if (status >= 500)
    return unavailable(`PagerDuty answers with ${status}.`, undefined, undefined, retryAfterIn(answer.headers))
  const body = (await answer.json().catch(() => ({}))) as {
    error?: { code?: number; message?: string; errors?: string[] }
  }
  const { code, message, errors } = body.error ?? {}
  return new PagerDutyRefusal(code, [...(errors ?? []), ...(message ? [message] : [])])
}
