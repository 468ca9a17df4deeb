import { setTimeout as pause } from 'node:timers/promises'
import type { Octokit } from '@octokit/rest'
import type { Quota } from '../../../skills/kit/catalog-source.js'
import { unavailable, type Fault } from '../../../skills/kit/errors.js'

/** Longest wait for a limit to end, in milliseconds; what takes longer is left for the next try, and others are read meanwhile. */
const longestWait = 10_000
/** How long GitHub wants to be left alone after a secondary limit that names no time ("Best practices for using the REST API"). */
const usualWait = 60_000
/** Waits for one request. */
const mostWaits = 2
/** The part of the hour's quota that is left for what people ask meanwhile. */
const reserve = 0.1

/** What GitHub says of a limit, in the headers of an answer. */
export interface LimitHeaders {
  date?: string
  'retry-after'?: string
  'x-ratelimit-limit'?: string
  'x-ratelimit-remaining'?: string
  'x-ratelimit-reset'?: string
}

/** A refusal because of a limit: how long to wait, in milliseconds; undefined where it is refused for another reason. */
export function waitFor(status: number, headers: LimitHeaders, message: string): number | undefined {
  if (status !== 403 && status !== 429) return undefined
  const named = Number(headers['retry-after'])
  if (headers['retry-after'] !== undefined && Number.isFinite(named)) return named * 1000
  if (headers['x-ratelimit-remaining'] === '0') return untilReset(headers) ?? usualWait
  return status === 429 || /rate limit|abuse/i.test(message) ? usualWait : undefined
}

/** Milliseconds from the answer to the next hour of the quota, both by GitHub's clock; undefined where it says neither. */
function untilReset(headers: LimitHeaders): number | undefined {
  const wait = Number(headers['x-ratelimit-reset']) * 1000 - Date.parse(headers.date ?? '')
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined
}

/** How a reader stands with its quota. */
export interface Allowance {
  /** Refuses to go on where the reader has used up its part of the hour. @throws Fault Unavailable saying when it goes on */
  check(): void
  /** What the last answer said of the hour; undefined before the first. */
  standing(): Quota | undefined
}

/**
 * Keeps a client within GitHub's limits: a refusal that says how long to wait is waited for and tried again, where that is short;
 * and what is left of the hour's quota is known (docs.github.com, "Rate limits for the REST API").
 * @param wait gives way for some milliseconds, or rejects when the signal aborts
 */
export function stayWithinQuota(
  octokit: Octokit,
  wait = (ms: number, signal?: AbortSignal) => pause(ms, undefined, { signal }),
): Allowance {
  let last: LimitHeaders = {}
  octokit.hook.wrap('request', async (request, options) => {
    for (let waits = 0; ; waits++)
      try {
        const answer = await request(options)
        last = answer.headers as LimitHeaders
        return answer
      } catch (error) {
        const { status = 0, message, response } = error as Refused
        last = response?.headers ?? last
        const ms = waitFor(status, response?.headers ?? {}, message)
        if (ms === undefined) throw error
        if (ms > longestWait || waits >= mostWaits) throw leftAlone(ms, last, error)
        await wait(ms, options.request?.signal as AbortSignal | undefined)
      }
  })
  return {
    check() {
      const [limit, remaining] = [Number(last['x-ratelimit-limit']), Number(last['x-ratelimit-remaining'])]
      const wait = untilReset(last) ?? 0
      if (limit > 0 && remaining < limit * reserve && wait > 0) throw leftAlone(wait, last)
    },
    standing() {
      const [of, left] = [Number(last['x-ratelimit-limit']), Number(last['x-ratelimit-remaining'])]
      const reset = Number(last['x-ratelimit-reset'])
      if (!(of > 0) || !Number.isFinite(left)) return undefined
      return { left, of, ...(reset > 0 && { renews: new Date(reset * 1000).toISOString() }) }
    },
  }
}

interface Refused {
  status?: number
  message: string
  response?: { headers: LimitHeaders }
}

/** GitHub wants to be left alone for some milliseconds: the hour's quota is used up, or too much was asked at a time. */
function leftAlone(ms: number, headers: LimitHeaders, cause?: unknown): Fault {
  const reset = Number(headers['x-ratelimit-reset'])
  const isSecondary = cause !== undefined && headers['x-ratelimit-remaining'] !== '0'
  const until = Number.isFinite(reset) ? ` until ${minuteOf(reset * 1000)}` : ''
  return unavailable(
    isSecondary ? 'GitHub asks Nexus to slow down.' : `GitHub's quota for Nexus's app is used up${until}.`,
    'Reading goes on by itself from where it stopped.',
    cause,
    ms,
  )
}

/** A moment to the minute. */
const minuteOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`
