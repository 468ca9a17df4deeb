import type { Client, MiddlewareOptions } from '@microsoft/microsoft-graph-client'
import { retryAfterIn } from '../../retry-after.js'

/** Where Microsoft Graph is, and who asks. */
export interface GraphOptions {
  /** `https://graph.microsoft.com/v1.0/` in the public cloud. */
  endpoint: string
  token(): Promise<string>
}

/** A client of Graph, made when it is first asked for, so that the hub does not start later for the SDK. */
export function graphClient(options: GraphOptions): () => Promise<Client> {
  let connected: Promise<Client> | undefined
  return () => (connected ??= connect(options))
}

async function connect({ endpoint, token }: GraphOptions): Promise<Client> {
  const { Client } = (await import('@microsoft/microsoft-graph-client')).default
  return Client.init({
    baseUrl: endpoint.replace(/\/v1\.0\/?$/, '/'),
    defaultVersion: 'v1.0',
    customHosts: new Set([new URL(endpoint).hostname]),
    authProvider: (done) =>
      token().then(
        (held) => done(null, held),
        (error: unknown) => done(error, null),
      ),
  })
}

/** What is waited at once where Graph asks for it, in milliseconds; its own client would wait in silence for minutes. */
const longestWait = 10_000

/** Has a request wait only shortly where Graph is throttled; a longer wait ends it with an error that says how long. */
export async function shortWaits(): Promise<MiddlewareOptions> {
  const { RetryHandlerOptions } = (await import('@microsoft/microsoft-graph-client')).default
  return new RetryHandlerOptions(
    undefined,
    undefined,
    (_delay, _attempt, _request, _options, answer) => (retryAfterIn(answer?.headers) ?? 0) <= longestWait,
  )
}
