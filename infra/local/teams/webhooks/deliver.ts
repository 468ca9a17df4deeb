import { isObject } from '../card-check.js'
import type { TeamsContext } from '../context.js'
import { Refusal } from '../refusal.js'
import { signers, validationCode } from './signers.js'

/** What the hub answered to a webhook. */
export interface Delivered {
  status: number
  /** For Event Grid's validation event: whether the hub gave the code back. */
  handshake?: boolean
}

/** How long a vendor waits for an answer; GitHub's ten seconds are the least of them. */
const patienceMs = 10_000

/** Brings a webhook to the hub as its vendor would: signed, to `/webhooks/{source}`; once, as a failed one is the vendor's to repeat. */
export async function deliver(
  context: TeamsContext,
  source: unknown,
  body: unknown,
  headers: Headers,
): Promise<Delivered> {
  const known = signers(context.options.secrets ?? {})
  const sign = typeof source === 'string' && Object.hasOwn(known, source) ? known[source] : undefined
  if (!sign) {
    const sources = Object.keys(known).join(', ')
    throw new Refusal(400, `\`source\` is one of those with a secret here: ${sources || 'none has one'}.`)
  }
  if (body === undefined) throw new Refusal(400, '`body` is what the vendor sends.')
  const signed = await sign(body, headers)
  // What the caller says wins over what the vendor would send: so a wrong signature can be tried.
  const sent = new Headers(signed.headers)
  headers.forEach((value, name) => sent.set(name, value))
  const at = context.services.clock.now().toISOString()
  const began = performance.now()
  const init = { method: 'POST', headers: sent, body: signed.rawBody, signal: AbortSignal.timeout(patienceMs) }
  const response = await context.hubs.ask(signed.path, init).catch(() => undefined)
  const answer = await response?.json().catch(() => undefined)
  const status = response?.status ?? 0
  const ms = Math.round(performance.now() - began)
  const path = `/webhooks/${String(source)}`
  context.wire.record({ at, direction: 'to-bot', method: 'POST', path, status, ms, body, answer })
  if (!response) throw new Refusal(409, `The hub at ${context.options.hub} did not answer. Is it running?`)
  const code = validationCode(body)
  return code ? { status, handshake: isObject(answer) && answer['validationResponse'] === code } : { status }
}
