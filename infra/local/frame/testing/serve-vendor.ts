import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Organisation } from '../../organisation/model.js'
import { tenantClock, type TenantClock } from '../clock.js'
import type { Vendor, VendorRequest } from '../router.js'
import type { Services, TokenClaims } from '../services.js'
import { memoryState } from '../state.js'

/** One vendor's stand-in listening on a free port of the loopback, for tests with the vendor's real client. */
export interface ServedVendor {
  /** `http://127.0.0.1:<port>`, without the vendor's prefix. */
  base: string
  clock: TenantClock
  services: Services
  close(): Promise<void>
}

/**
 * Serves a vendor over plain HTTP.
 * @param now business time at the start; it stands still until the test moves it.
 * @param tokens bearer tokens that the local Entra would have issued, by audience and token.
 */
export async function serveVendor(
  make: (services: Services) => Vendor,
  org: Organisation,
  now: string,
  tokens: Record<string, Record<string, TokenClaims>> = {},
): Promise<ServedVendor> {
  const clock = tenantClock(() => 0)
  clock.set(new Date(now))
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const answer = await vendor.handle(await requestOf(incoming, vendor.prefixes, base))
      const raw = typeof answer.body === 'string' || Buffer.isBuffer(answer.body)
      const body = answer.body === undefined ? undefined : raw ? answer.body : JSON.stringify(answer.body)
      outgoing.writeHead(answer.status, {
        ...(!raw && { 'content-type': 'application/json; charset=utf-8' }),
        ...answer.headers,
      })
      outgoing.end(body)
    })().catch((error) => outgoing.writeHead(500).end(String((error as Error).stack)))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const services: Services = {
    org,
    clock,
    base,
    open: (_name, seed) => memoryState(seed()),
    verifyToken: (authorization, audience) =>
      Promise.resolve(tokens[audience]?.[/^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '']),
    after: (ms, work) => void setTimeout(work, ms).unref(),
  }
  const vendor = make(services)
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { base, clock, services, close }
}

async function requestOf(incoming: IncomingMessage, prefixes: string[], base: string): Promise<VendorRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const url = new URL(incoming.url!, base)
  const prefix = prefixes.find((each) => url.pathname === each || url.pathname.startsWith(`${each}/`)) ?? ''
  const path = decodeURIComponent(url.pathname.slice(prefix.length)).replace(/\/+$/, '') || '/'
  const query = Object.fromEntries([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]))
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]))
  return { method: incoming.method!, path, url, query, headers, body: parsed(raw), raw, params: {} }
}

function parsed(raw: Buffer): unknown {
  try {
    return raw.length > 0 ? JSON.parse(raw.toString('utf8')) : undefined
  } catch {
    return undefined
  }
}
