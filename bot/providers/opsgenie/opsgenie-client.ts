import { conflict, notFound, unavailable } from '../../../skills/kit/errors.js'
import type { Json } from '../../../skills/kit/model.js'
import { retryAfterIn, type AnswerHeaders } from '../../retry-after.js'

/** Where Opsgenie's REST API v2 is, and the key it takes. */
export interface OpsgenieOptions {
  /** `https://api.opsgenie.com`, or `https://api.eu.opsgenie.com` for accounts in Europe */
  endpoint: string
  key: string
  fetch: typeof globalThis.fetch
}

/**
 * Talks to Opsgenie's REST API v2. Each throws Fault Unavailable where it does not answer, refuses the key or asks to wait, NotFound where
 * there is no such thing, Conflict where it refuses what was sent.
 */
export interface OpsgenieClient {
  /** Reads the `data` of an answer. */
  get<T>(path: string, query?: Record<string, string>, signal?: AbortSignal): Promise<T>
  /** Reads a list page by page, 100 each. */
  list<T>(path: string, signal?: AbortSignal): Promise<T[]>
  /** Sends a change. */
  post(path: string, body: Json): Promise<void>
}

interface Envelope {
  data?: unknown
  paging?: { next?: string }
  message?: string
  errors?: Record<string, string>
}

const pageSize = 100
/** Opsgenie refuses offsets beyond this; an account with more users is not read to the end. */
const farthestOffset = 20_000
const requestTimeout = 20_000

export function createOpsgenieClient({ endpoint, key, fetch }: OpsgenieOptions): OpsgenieClient {
  async function call(path: string, query: Record<string, string>, init: RequestInit): Promise<Envelope> {
    const url = new URL(`${endpoint.replace(/\/$/, '')}${path}`)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    const timeout = AbortSignal.timeout(requestTimeout)
    let answer: Response
    try {
      answer = await fetch(url, {
        ...init,
        headers: { authorization: `GenieKey ${key}`, accept: 'application/json', ...init.headers },
        signal: init.signal ? AbortSignal.any([init.signal, timeout]) : timeout,
      })
    } catch (cause) {
      throw unavailable('Opsgenie does not answer.', undefined, cause)
    }
    const body = (await answer.json().catch(() => ({}))) as Envelope
    if (answer.ok) return body
    throw failureOf(answer, body)
  }

  return {
    async get<T>(path: string, query: Record<string, string> = {}, signal?: AbortSignal) {
      return (await call(path, query, { ...(signal && { signal }) })).data as T
    },
    async list<T>(path: string, signal?: AbortSignal) {
      const found: T[] = []
      for (let offset = 0; offset < farthestOffset; offset += pageSize) {
        const query = { limit: String(pageSize), offset: String(offset) }
        const { data, paging } = await call(path, query, { ...(signal && { signal }) })
        found.push(...(data as T[]))
        if (!paging?.next) break
      }
      return found
    },
    async post(path, body) {
      await call(
        path,
        {},
        {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        },
      )
    },
  }
}

function failureOf(
  { status, headers }: { status: number; headers: AnswerHeaders },
  { message, errors }: Envelope,
): Error {
  if (status === 404) return notFound('Opsgenie has no such thing.')
  if (status === 401 || status === 403) return unavailable("Opsgenie refuses Nexus's key.")
  // What is throttled is counted by a second or a minute, which the answer says ("Rate Limiting").
  const wait = retryAfterIn(headers, 'x-ratelimit-period-in-sec')
  if (status === 429) return unavailable('Opsgenie asks to wait: too many requests.', undefined, undefined, wait)
  if (status >= 500) return unavailable(`Opsgenie answers with ${status}.`, undefined, undefined, retryAfterIn(headers))
  const [field] = Object.entries(errors ?? {})
  const reason = field ? `${field[0]} ${field[1]}` : (message ?? 'no reason given')
  return conflict(`Opsgenie refuses it: ${reason.slice(0, 200).replace(/\.$/, '')}.`)
}
