import { isUtf8 } from 'node:buffer'
import { hash } from 'node:crypto'
import type { HttpAnswer, HttpRoute, RawRequest } from '../http-server.js'
import type { Item, WebhookSource } from './webhook-source.js'

/** Something that came, ready to be kept. */
export interface Arrived {
  source: string
  /** What makes two deliveries the same. */
  id: string
  headers: Record<string, string>
  /** The body's text, or its bytes where they are no text. */
  body: string | Buffer
}

/** What the webhooks are made of. */
export interface WebhookParts {
  sources: readonly WebhookSource[]
  /** Keeps what came; resolves when it is durable. Where it rejects, nothing was promised. */
  keep(arrived: readonly Arrived[]): Promise<void>
  /** Told of what was not taken in, and why. */
  failed(error: unknown, source: string): void
  /** Called at `webhook.kept`: between keeping and answering. */
  reached?(step: string): Promise<void> | void
}

/**
 * Largest body, in bytes: an alert of Azure Monitor has at most 256 KB (learn.microsoft.com/azure/azure-monitor, "Common alert schema"), a
 * batch of Event Grid at most 1 MB ("Event Grid output batching").
 */
export const largestWebhook = 1_048_576

/** Seconds after which a vendor is asked to come again: short, because an action group waits less than two minutes in all. */
const retryAfter = '5'

/**
 * The addresses that vendors bring their webhooks to. A body is on disk before it is accepted, and everything that is authentic and not too
 * large is accepted: what cannot be read is kept for a person to look at, because no vendor sends a better one the second time. What Nexus
 * cannot do at the moment is 503, never 500.
 */
export function webhookRoutes(parts: WebhookParts): HttpRoute[] {
  return parts.sources.flatMap((source): HttpRoute[] => {
    const path = `/webhooks/${source.name}`
    const largest = largestWebhook
    const proved = (act: (request: RawRequest) => HttpAnswer | Promise<HttpAnswer>) => async (request: RawRequest) => {
      const proof = await source.prove(request)
      if (proof === 'good') return act(request)
      return proof === 'unknown' ? later('Who sent this cannot be checked at the moment.') : unproved
    }
    const take = proved((request) => takeIn(request, source, parts))
    const { greet } = source
    return [
      { method: 'POST', path, largest, raw: take },
      ...(greet ? [{ method: 'OPTIONS' as const, path, largest, raw: proved(greet) }] : []),
    ]
  })
}

const unproved: HttpAnswer = {
  status: 401,
  body: { error: { code: 'Unauthorized', message: 'The signature or secret of this webhook does not fit.' } },
}

const later = (message: string): HttpAnswer => ({
  status: 503,
  headers: { 'retry-after': retryAfter },
  body: { error: { code: 'Unavailable', message } },
})

async function takeIn(request: RawRequest, source: WebhookSource, parts: WebhookParts): Promise<HttpAnswer> {
  const text = isUtf8(request.bytes) ? request.bytes.toString('utf8') : undefined
  const parsed = text === undefined ? undefined : parse(text)
  const answer = parsed && source.answer?.(parsed.body)
  if (answer) return answer
  const items =
    text === undefined
      ? [{ body: request.bytes }]
      : parsed
        ? itemsOf(source, parsed.body, text, request)
        : [{ body: text }]
  const headers = keptHeaders(request, source)
  try {
    await parts.keep(items.map((item) => ({ source: source.name, id: idOf(item), headers, body: item.body })))
  } catch (error) {
    parts.failed(error, source.name)
    return later('Nexus cannot keep this at the moment.')
  }
  await parts.reached?.('webhook.kept')
  return { status: 202, body: { accepted: items.length } }
}

function parse(text: string): { body: unknown } | undefined {
  try {
    return { body: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const itemsOf = (source: WebhookSource, body: unknown, text: string, request: RawRequest) =>
  (source.itemsOf?.(body, text, request) ?? [{ text }]).map(({ id, text: part }: Item) => ({ id, body: part }))

/** The vendor's id where it is a name that the store takes, else a digest: two deliveries of the same bytes are one. */
const idOf = ({ id, body }: { id?: string | undefined; body: string | Buffer }): string =>
  id !== undefined && /^[\x21-\x7e]{1,200}$/.test(id) ? id : hash('sha256', body, 'base64url')

/** A header's beginning is enough to say what came. */
const longestHeader = 200

const keptHeaders = ({ headers }: RawRequest, { keeps }: WebhookSource): Record<string, string> =>
  Object.fromEntries(
    keeps.flatMap((name) => {
      const value = headers[name]
      return typeof value === 'string' ? [[name, value.slice(0, longestHeader)]] : []
    }),
  )
