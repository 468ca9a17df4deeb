import { setTimeout as pause } from 'node:timers/promises'
import type { ResourceGraphClient } from '@azure/arm-resourcegraph'
import type { Quota } from '../../../../skills/kit/catalog-source.js'
import { unavailable } from '../../../../skills/kit/errors.js'
import { fieldsOf, type Fields } from '../../../fields.js'
import type { AzureOptions } from '../azure-options.js'
import {
  isPassing,
  QueryRefused,
  refusalIn,
  retryAfterIn,
  saidOf,
  secondsIn,
  type AnswerHeaders,
} from './graph-refusal.js'

/** One page of an answer. */
export interface GraphPage {
  rows: Fields[]
  /** Rows as they came, for what is kept whole, such as tags. */
  raw: unknown[]
  /** Where the next page begins; absent on the last. */
  next?: string
}

/** What is asked of Resource Graph. */
export interface GraphQuery {
  /** Text in Resource Graph's subset of KQL, with `id` in its projection and an order by it: so that pages are stable. */
  text: string
  /** Subscriptions it is asked of; all that the credential may see unless told. */
  subscriptions?: readonly string[]
}

/** Where an answer is read, and how many rows of it. */
interface Place {
  token: string | undefined
  top: number
}

/** Azure Resource Graph, asked within its quota. */
export interface Graph {
  /**
   * The pages of an answer, one after the other.
   * @param from the `next` of a page before
   * @throws QueryRefused where this one query cannot be answered, Fault Unavailable where none can
   */
  pages(query: GraphQuery, signal: AbortSignal, from?: string): AsyncGenerator<GraphPage>
  /** All rows of an answer that is known to be small. */
  rows(query: GraphQuery, signal: AbortSignal): Promise<Fields[]>
  /** Whether a subscription can be read, is there and closed to Nexus, or is deleted: Resource Graph itself does not tell these apart. */
  standingOf(subscription: string, signal: AbortSignal): Promise<'open' | 'closed' | 'deleted'>
  quota(): Quota | undefined
}

/** Most rows of a page ("Working with large Azure resource data sets"). */
const pageSize = 1_000
/** Queries in five seconds for each caller ("Guidance for throttled requests in Azure Resource Graph"). */
const queriesAWindow = 15
/** How often a query is asked that Resource Graph does not answer for the moment. */
const tries = 4
/** Longest that is waited for within one query, in milliseconds; what takes longer is left for the next reading. */
const longestWait = 60_000
/** What is waited where Resource Graph does not say how long, in milliseconds, doubled with each try. */
const usualWait = 1_000

/** Api-version in which Resource Manager is asked for a subscription. */
const subscriptionVersion = '2022-12-01'

/**
 * @param options where Resource Manager is
 * @param wait gives way for some milliseconds of real time, or rejects when the signal aborts
 */
export function openGraph(
  options: AzureOptions,
  wait = (ms: number, signal: AbortSignal): Promise<unknown> => pause(ms, undefined, { signal }),
): Graph {
  let connected: Promise<ResourceGraphClient> | undefined
  /** As the last answer said: queries left, and milliseconds until there are all again. */
  let left: { queries: number; renewsMs: number } | undefined

  /** One request. The first sync loads the SDK, so that the hub does not start later for it. */
  async function ask(
    { text, subscriptions }: GraphQuery,
    { top, token: skipToken }: Place,
    heard: (headers: AnswerHeaders) => void,
    signal: AbortSignal,
  ) {
    const client = await (connected ??= connect(options))
    return client.resources(
      {
        query: text,
        ...(subscriptions && { subscriptions: [...subscriptions] }),
        options: { top, resultFormat: 'objectArray', ...(skipToken && { skipToken }) },
      },
      {
        abortSignal: signal,
        onResponse: ({ headers }) => {
          heard(headers)
          const queries = Number(headers.get('x-ms-user-quota-remaining') ?? NaN)
          const renews = secondsIn(headers.get('x-ms-user-quota-resets-after'))
          if (Number.isInteger(queries)) left = { queries, renewsMs: (renews ?? 5) * 1_000 }
        },
      },
    )
  }

  /** Asks again what is refused for the moment, as long as Resource Graph says. */
  async function askPatiently(query: GraphQuery, place: Place, signal: AbortSignal) {
    for (let tried = 1; ; tried++) {
      if (left?.queries === 0) {
        await wait(left.renewsMs, signal)
        left = undefined
      }
      let headers: AnswerHeaders | undefined
      try {
        return await ask(query, place, (said) => (headers = said), signal)
      } catch (error) {
        signal.throwIfAborted()
        const refusal = refusalIn(error)
        if (refusal) throw refusal
        const asked = retryAfterIn(headers)
        const ms = asked ?? usualWait * 2 ** (tried - 1)
        if (!isPassing(error) || tried >= tries || ms > longestWait)
          throw unavailable(`Azure Resource Graph ${saidOf(error)}.`, undefined, error, asked)
        await wait(ms, signal)
        left = undefined
      }
    }
  }

  async function* pages(query: GraphQuery, signal: AbortSignal, from?: string): AsyncGenerator<GraphPage> {
    for (let place: Place = { token: from, top: pageSize }; ;) {
      const answer = await askPatiently(query, place, signal).catch((error: unknown) => {
        if (error instanceof QueryRefused && error.tooLarge && place.top > 1) return undefined
        throw error
      })
      if (!answer) {
        place = { ...place, top: Math.ceil(place.top / 2) }
        continue
      }
      const raw = Array.isArray(answer.data) ? (answer.data as unknown[]) : []
      const { skipToken } = answer
      const next = typeof skipToken === 'string' && skipToken !== place.token ? skipToken : undefined
      yield { rows: raw.map(fieldsOf), raw, ...(next && { next }) }
      if (next === undefined) return
      place = { token: next, top: Math.min(place.top * 2, pageSize) }
    }
  }

  return {
    pages,
    async rows(query, signal) {
      const rows: Fields[] = []
      for await (const page of pages(query, signal)) for (const row of page.rows) rows.push(row)
      return rows
    },
    async standingOf(subscription, signal) {
      const { pipeline } = await (connected ??= connect(options))
      const { getClient } = await import('@azure-rest/core-client')
      const asked = getClient(options.endpoint, { pipeline }).pathUnchecked('/subscriptions/{id}', subscription)
      const parameters = { queryParameters: { 'api-version': subscriptionVersion }, abortSignal: signal }
      const answer = await Promise.resolve(asked.get(parameters)).catch((error: unknown) => {
        signal.throwIfAborted()
        throw unavailable(`Azure Resource Manager ${saidOf(error)}.`, undefined, error)
      })
      return answer.status === '200' ? 'open' : answer.status === '404' ? 'deleted' : 'closed'
    },
    quota: () => left && { left: left.queries, of: queriesAWindow },
  }
}

async function connect({ endpoint, scope, credential, ca }: AzureOptions): Promise<ResourceGraphClient> {
  const { ResourceGraphClient } = await import('@azure/arm-resourcegraph')
  // The client's own retries wait in silence for as long as they are told; here the longest wait is known.
  return new ResourceGraphClient(credential, '', {
    endpoint,
    credentials: { scopes: [scope] },
    retryOptions: { maxRetries: 0 },
    ...(ca !== undefined && { tlsOptions: { ca } }),
  })
}
