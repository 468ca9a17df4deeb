import type { IncomingMessage } from 'node:http'
import type { Json } from '../model.js'
import { Refusal } from '../refusal.js'
import { isObject } from '../card-check.js'

const largestBody = 1_024 * 1_024

/**
 * Refuses what does not come from this machine's own page or scripts: another Host (a foreign name that resolves to
 * loopback, "DNS rebinding") and requests that another site's page makes in somebody's browser.
 */
export function guard(request: IncomingMessage, port: number): void {
  const remote = request.socket.remoteAddress ?? ''
  if (!/^(::ffff:)?127\.|^::1$/.test(remote)) throw new Refusal(403, 'The local Teams answers on this machine only.')
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
  if (!hosts.includes(request.headers.host ?? ''))
    throw new Refusal(403, `Unknown host '${request.headers.host ?? ''}'. Open http://127.0.0.1:${port}/ instead.`)
  const { origin } = request.headers
  if (origin !== undefined && !hosts.some((host) => origin === `http://${host}`))
    throw new Refusal(403, `Pages of '${origin}' may not use the local Teams.`)
  const site = request.headers['sec-fetch-site']
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET'
  if ((site === 'cross-site' || site === 'same-site') && !isNavigation)
    throw new Refusal(403, 'Pages of other sites may not use the local Teams.')
}

/** Reads the JSON object of a request; `{}` where there is none. */
export async function readBody(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > largestBody) throw new Refusal(413, 'The body is over 1 MB.')
    chunks.push(chunk)
  }
  if (!size) return {}
  // Another site's form cannot send this type without asking first.
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    throw new Refusal(400, 'Send the body as JSON, with `content-type: application/json`.')
  let body: unknown
  try {
    body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
  } catch {
    throw new Refusal(400, 'The body is not JSON.')
  }
  if (!isObject(body)) throw new Refusal(400, 'The body is a JSON object such as {"as": "dana"}.')
  return body
}
