import type { Client, RequestParameters } from '@azure-rest/core-client'
import { notAllowed, notFound, unavailable } from '../../../skills/kit/errors.js'
import type { Instant, Json } from '../../../skills/kit/model.js'
import type { Cloud, CloudActivity, CloudAnswer, CloudRequest } from '../../../skills/kit/ports.js'
import type { AzureOptions } from './azure-options.js'
import { activitiesIn, activityQuery, nextPage } from './cloud-activity.js'
import { afterAsking, afterSending, waitIn, type CloudOperation, type Turnout } from './cloud-operation.js'
import { refusalIn, type ArmAnswer } from './cloud-refusals.js'
import { isObject } from './json-object.js'
import { trustsOnly } from './trusts-only.js'

export interface CloudOptions extends AzureOptions {
  /** Business time: what is to be asked again is said in it. */
  clock: { now(): Instant }
  /** Milliseconds until a request counts as not answered; 15 s for reads and 30 s for changes unless told. */
  patience?: { read: number; change: number }
}

/** Most pages of a list or of the activity log that are read. */
const mostPages = 10

/** The way to Azure Resource Manager, over Microsoft's generic REST client: one package for every operation there is. */
export function azureCloud(options: CloudOptions): Cloud {
  const { endpoint, scope, credential, clock, patience = { read: 15_000, change: 30_000 } } = options
  let connected: Promise<{ reads: Client; changes: Client }> | undefined
  const clients = () => (connected ??= connect(options))
  const trusted = trustsOnly(endpoint)
  const later = (ms: number): Instant => new Date(Date.parse(clock.now()) + ms).toISOString()

  async function ask(url: string): Promise<ArmAnswer> {
    const { reads } = await clients()
    return perform(reads, 'GET', url, patience.read)
  }

  async function look(url: string): Promise<Json> {
    const answer = await ask(url)
    if (answer.status < 300) return answer.body
    const refusal = refusalIn(answer)
    if (answer.status === 404) throw notFound(refusal!.message)
    if (refusal && (answer.status === 401 || answer.status === 403)) throw notAllowed(refusal.message)
    throw unavailable(refusal?.message ?? 'Azure does not answer as it should.', undefined, causeOf(answer))
  }

  async function settle(turnout: Turnout, answer: ArmAnswer): Promise<CloudAnswer> {
    switch (turnout.is) {
      case 'done':
        return { state: 'done', body: turnout.body }
      case 'look':
        // The operation has ended well, which does not hang on whether its result can be read in this moment.
        return { state: 'done', body: await look(turnout.url).catch(() => null) }
      case 'working': {
        const { operation, afterMs, progress } = turnout
        const went = progress === undefined ? {} : { progress }
        return { state: 'working', operation: { ...operation }, askAgain: later(afterMs), ...went }
      }
      case 'failed':
        return { state: 'failed', code: turnout.code, message: 'Azure began it and could not finish it.' }
      case 'refused': {
        const { code, message, passing } = turnout.refusal
        return { state: 'failed', code, message, ...(passing && { again: later(waitIn(answer.headers)) }) }
      }
      case 'unknown':
        throw unavailable('Azure gave no answer that says how it went.', undefined, causeOf(answer))
    }
  }

  /** The rest of a list that comes in pages. */
  async function whole(first: Json): Promise<Json> {
    if (!isObject(first) || !Array.isArray(first.value)) return first
    const value = [...first.value]
    let next = nextPage(first)
    for (let page = 1; next !== undefined; page++) {
      if (page >= mostPages || !trusted(next)) throw unavailable('Azure has more of these than Nexus reads at once.')
      const rows: Json = await look(next)
      value.push(...(isObject(rows) && Array.isArray(rows.value) ? rows.value : []))
      next = nextPage(rows)
    }
    return { ...first, value }
  }

  return {
    read: async ({ path, apiVersion }) => whole(await look(withVersion(path, apiVersion))),

    async send(request, correlation) {
      const { path, apiVersion, method, body } = request
      try {
        // Before anything is sent: where there is no token nothing can have been changed, and that is sure.
        await credential.getToken(scope)
      } catch {
        return notSent(later(30_000))
      }
      const { changes } = await clients()
      const more: RequestParameters = {
        headers: { 'x-ms-client-request-id': correlation, 'x-ms-correlation-request-id': correlation },
        ...(body !== undefined && { body, contentType: 'application/json' }),
      }
      try {
        const answer = await perform(changes, method, withVersion(path, apiVersion), patience.change, more)
        return await settle(afterSending(request, answer, trusted), answer)
      } catch (error) {
        if (neverLeft(error)) return notSent(later(30_000))
        throw error
      }
    },

    async poll(operation) {
      const known = operationIn(operation)
      const answer = await ask(known.url)
      return settle(afterAsking(known, answer, trusted), answer)
    },

    async activity(resource, correlation, since) {
      const found: CloudActivity[] = []
      let url: string | undefined = activityQuery(resource, since, clock.now())
      for (let page = 0; url !== undefined && page < mostPages; page++) {
        const rows: Json = await look(url)
        found.push(...activitiesIn(rows, correlation))
        const next = nextPage(rows)
        url = next !== undefined && trusted(next) ? next : undefined
      }
      return found.sort((a, b) => (a.at < b.at ? -1 : 1))
    },
  }
}

const notSent = (again: Instant): CloudAnswer => ({
  state: 'failed',
  code: 'NotSent',
  message: 'Azure could not be reached, so nothing was sent.',
  again,
})

/** Loads the SDK with the first request. Changes are never repeated by the client: whether one was taken is found out by reading. */
async function connect({ endpoint, scope, credential, ca }: CloudOptions): Promise<{ reads: Client; changes: Client }> {
  const { getClient } = await import('@azure-rest/core-client')
  const settings = {
    credentials: { scopes: [scope] },
    userAgentOptions: { userAgentPrefix: 'nexus' },
    ...(ca !== undefined && { tlsOptions: { ca } }),
  }
  return {
    reads: getClient(endpoint, credential, { ...settings, retryOptions: { maxRetries: 1, maxRetryDelayInMs: 2_000 } }),
    changes: getClient(endpoint, credential, { ...settings, retryOptions: { maxRetries: 0 } }),
  }
}

/** @throws Fault Unavailable where no answer came; the cause says why, for the log */
async function perform(
  client: Client,
  method: CloudRequest['method'],
  url: string,
  patience: number,
  more: RequestParameters = {},
): Promise<ArmAnswer> {
  const verb = method.toLowerCase() as Lowercase<typeof method>
  try {
    const answer = await client.pathUnchecked(url)[verb]({ ...more, abortSignal: AbortSignal.timeout(patience) })
    const body = (answer.body as Json | undefined) ?? null
    return { status: Number(answer.status), headers: answer.headers, body: body === '' ? null : body }
  } catch (error) {
    throw unavailable('Azure does not answer.', 'Try again in a minute.', error)
  }
}

/** Whether the connection was never made, so that no byte of a request can have arrived. */
function neverLeft(error: unknown): boolean {
  const code = ((error as Error).cause as { code?: unknown } | undefined)?.code
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN'
}

const withVersion = (path: string, apiVersion: string): string =>
  `${path}${path.includes('?') ? '&' : '?'}api-version=${encodeURIComponent(apiVersion)}`

function operationIn(kept: Json): CloudOperation {
  if (!isObject(kept) || typeof kept.url !== 'string' || typeof kept.style !== 'string')
    throw new Error('This is not an operation that was kept before')
  return kept as unknown as CloudOperation
}

const causeOf = ({ status, headers, body }: ArmAnswer): Error =>
  Object.assign(new Error(`Azure answered ${status}`), { request: headers['x-ms-request-id'], body })
