import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@azure-rest/core-client'
import type { Quota } from '../../../../skills/kit/catalog-source.js'
import { unavailable } from '../../../../skills/kit/errors.js'
import { fieldsOf } from '../../../fields.js'
import { retryAfterIn } from '../../../retry-after.js'
import type { AzureOptions } from '../azure-options.js'
import { trustsOnly } from '../trusts-only.js'

/** Resource Manager answers, and not this: it is not there, is closed to Nexus, or is asked wrongly. */
export class ArmRefused extends Error {
  constructor(
    /** HTTP status. */
    readonly status: number,
    /** The code of its error body. */
    readonly code: string | undefined,
    path: string,
  ) {
    super(`Azure Resource Manager refuses ${path}: ${status} ${code ?? ''}`.trim())
    this.name = 'ArmRefused'
  }
}

/** Azure Resource Manager, read within its limits. */
export interface ArmReader {
  /**
   * One thing.
   * @param path below the endpoint, without api-version
   * @throws ArmRefused where this cannot be read, Fault Unavailable where nothing can
   */
  one(path: string, query: ArmQuery, signal: AbortSignal): Promise<unknown>
  /** The rows of a list, page by page, in the same way. */
  pages(path: string, query: ArmQuery, signal: AbortSignal): AsyncGenerator<unknown[]>
  quota(): Quota | undefined
}

export type ArmQuery = { 'api-version': string } & Record<string, string>

/** How often a thing is asked for that Resource Manager does not answer for the moment. */
const tries = 4
/** Longest that is waited for within one request, in milliseconds; what takes longer is left for the next reading. */
const longestWait = 60_000
/** What is waited where Resource Manager does not say how long, in milliseconds, doubled with each try. */
const usualWait = 1_000
/** Milliseconds until a request counts as not answered. */
const patience = 30_000
/**
 * Reads of a subscription that are left to others, and what is waited below that, in milliseconds. The limit is a bucket of 250 that
 * fills by 25 a second ("Understand how Azure Resource Manager throttles requests").
 */
const reserve = 25
const refill = 1_000

/**
 * @param options where Resource Manager is
 * @param wait gives way for some milliseconds of real time, or rejects when the signal aborts
 */
export function openArm(
  options: AzureOptions,
  wait = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal }),
): ArmReader {
  let connected: Promise<Client> | undefined
  const trusted = trustsOnly(options.endpoint)
  /** Reads that the subscription asked last has left. */
  let left: number | undefined

  /** One request; undefined where no answer came. */
  async function ask(url: string, query: ArmQuery | undefined, signal: AbortSignal) {
    const client = await (connected ??= connect(options))
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    try {
      const asked = client.pathUnchecked(url).get({ ...(query && { queryParameters: query }), abortSignal: timeout })
      const { status, headers, body } = await asked
      const said = Number(headers['x-ms-ratelimit-remaining-subscription-reads'] ?? NaN)
      if (Number.isInteger(said)) left = said
      return { status: Number(status), headers, body: body as unknown }
    } catch (error) {
      signal.throwIfAborted()
      return { status: 0, headers: {} as Record<string, string | undefined>, body: undefined, error }
    }
  }

  async function askPatiently(url: string, query: ArmQuery | undefined, signal: AbortSignal): Promise<unknown> {
    for (let tried = 1; ; tried++) {
      if (left !== undefined && left < reserve) await wait(refill, signal)
      const answer = await ask(url, query, signal)
      const { status, headers } = answer
      if (status >= 200 && status < 300) return answer.body
      if (status >= 400 && status < 500 && ![401, 408, 429].includes(status))
        throw new ArmRefused(status, fieldsOf(answer.body).object('error').text('code'), url)
      const asked = retryAfterIn({ get: (name) => headers[name] })
      const ms = asked ?? usualWait * 2 ** (tried - 1)
      if (status === 401 || isUnauthenticated(answer.error) || tried >= tries || ms > longestWait)
        throw unavailable(`Azure Resource Manager ${saidOf(status, answer.error)}.`, undefined, answer.error, asked)
      await wait(ms, signal)
    }
  }

  return {
    one: askPatiently,
    async *pages(path, query, signal) {
      const seen = new Set<string>()
      for (let [url, more]: [string, ArmQuery | undefined] = [path, query]; ;) {
        const { value, nextLink: next } = ((await askPatiently(url, more, signal)) ?? {}) as Record<string, unknown>
        yield Array.isArray(value) ? (value as unknown[]) : []
        // A link to somewhere else would take the token there, and one that was followed before never ends.
        if (typeof next !== 'string' || !trusted(next) || seen.has(next)) return
        seen.add(next)
        ;[url, more] = [next, undefined]
      }
    },
    quota: () => (left === undefined ? undefined : { left }),
  }
}

async function connect({ endpoint, scope, credential, ca }: AzureOptions): Promise<Client> {
  const { getClient } = await import('@azure-rest/core-client')
  // The client's own retries wait in silence for as long as they are told; here the longest wait is known.
  return getClient(endpoint, credential, {
    credentials: { scopes: [scope] },
    userAgentOptions: { userAgentPrefix: 'nexus' },
    retryOptions: { maxRetries: 0 },
    ...(ca !== undefined && { tlsOptions: { ca } }),
  })
}

/** Entra gave no token. */
const isUnauthenticated = (error: unknown): boolean =>
  /^(Aggregate)?Authentication|CredentialUnavailable/.test((error as Error | undefined)?.name ?? '')

/** What the service did, in plain words. */
function saidOf(status: number, error: unknown): string {
  if (status === 429) return 'asks to wait: its quota is used up'
  return status === 401 || isUnauthenticated(error) ? "refuses Nexus's credential" : 'does not answer'
}
