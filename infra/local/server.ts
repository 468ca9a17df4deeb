import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { claims } from './frame/claims.js'
import { Faults, type Fault } from './frame/faults.js'
import { PortError, type PortSetting } from './frame/port.js'
import { refuse } from './frame/refusals.js'
import type { Vendor, VendorResponse } from './frame/router.js'
import { BadRequest, readRequest } from './request.js'

/** Where to listen. */
export interface Place {
  /** 0 takes a free one. */
  port: number
  /** PEM key and certificate; absent, it speaks plain HTTP. */
  tls?: { key: string; cert: string }
  /** Names the variable to change in the error when the port is taken. */
  setting?: PortSetting
}

export interface ListenOptions extends Place {
  /** What is served; given the server's address, which is known only when a free port was taken. */
  vendors: (url: string) => Vendor[]
  faults?: Faults
}

/** A server that listens on the loopback addresses. */
export interface Listening {
  port: number
  /** `https://localhost:8443`, without a trailing slash. */
  url: string
  /** Takes no new connections, lets requests in work finish for a second, then ends. */
  close(): Promise<void>
}

/** Serves vendors on one port. What a fault delays is dropped when it closes. Throws a PortError where the port is taken. */
export async function listen(options: ListenOptions): Promise<Listening> {
  const closing = new AbortController()
  const { vendors, faults = new Faults(), tls } = options
  const listening = await listenWith(options, (url) =>
    dispatcher(vendors(url), faults, tls ? 'https' : 'http', closing.signal),
  )
  const close = () => {
    closing.abort()
    return listening.close()
  }
  return { ...listening, close }
}

/**
 * Listens on 127.0.0.1 and, where the machine has it, ::1.
 * @param listener makes what answers, given the address. Throws a PortError where the port is taken.
 */
export async function listenWith(place: Place, listener: (url: string) => RequestListener): Promise<Listening> {
  const scheme = place.tls ? 'https' : 'http'
  const create = () => keepAlive(place.tls ? createHttpsServer(place.tls) : createHttpServer())
  const [four, six] = [create(), create()]
  await bind(four, place.port, '127.0.0.1', place.setting)
  const { port } = four.address() as AddressInfo
  const url = `${scheme}://localhost:${port}`
  const servers = (await bindIfThere(six, port, '::1')) ? [four, six] : [four]
  const answer = listener(url)
  for (const server of servers) server.on('request', answer)
  return { port, url, close: async () => void (await Promise.all(servers.map(close))) }
}

/** Idle connections outlive any pause a client's pool makes, so that none is reset just as it is used again. */
function keepAlive<T extends Server>(server: T): T {
  server.keepAliveTimeout = 75_000
  server.headersTimeout = 80_000
  return server
}

const bind = (server: Server, port: number, host: string, setting?: PortSetting): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) => reject(PortError.taken(port, setting, code)))
    server.listen(port, host, resolve)
  })

/** IPv6's loopback is a convenience: a machine without it, or with another program there, is served over IPv4. */
const bindIfThere = (server: Server, port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, host, () => resolve(true))
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), 1000)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })

function dispatcher(vendors: Vendor[], faults: Faults, scheme: string, closing: AbortSignal): RequestListener {
  const find = claims(vendors)
  const kinds = ['', '-write', '-answer', '-get', '-post', '-put', '-patch', '-delete']
  faults.know(vendors.flatMap(({ name, faults: own = [] }) => [...kinds.map((kind) => name + kind), ...own]))
  /** The vendor's answer; undefined where the connection is to be cut. */
  const answer = async (incoming: IncomingMessage): Promise<VendorResponse | undefined> => {
    let vendor = 'server'
    try {
      const request = await readRequest(incoming, scheme, (path) => {
        const claim = find(path)
        vendor = claim?.vendor.name ?? vendor
        return claim && { prefix: claim.prefix, limit: claim.vendor.bodyLimit ?? 4 * 1024 * 1024 }
      })
      const claim = find(request.at)
      if (!claim) return refuse(vendor, { status: 404, message: `Nothing is served at ${request.at}.` })
      const writes = !['GET', 'HEAD'].includes(request.method)
      const before =
        faults.strike(`${vendor}${request.path}`) ??
        faults.strikeNamed(`${vendor}-${request.method}${request.path}`) ??
        (writes ? faults.strikeNamed(`${vendor}-write${request.path}`) : undefined)
      const refused = before && (await play(before, vendor, closing))
      if (refused) return refused
      const response = await claim.vendor.handle(request)
      const after = writes ? faults.strikeNamed(`${vendor}-answer${request.path}`) : undefined
      if (!after) return response
      return after.status || after.delayMs ? ((await play(after, vendor, closing)) ?? response) : undefined
    } catch (error) {
      if (error instanceof BadRequest) return refuse(vendor, error)
      if (closing.aborted) return undefined
      console.error(`${vendor}: ${incoming.method} ${incoming.url} failed`, error)
      return refuse(vendor, { status: 500, message: 'The stand-in itself failed; its log says why.' })
    }
  }
  return (incoming, outgoing) => {
    void answer(incoming).then((response) => (response ? send(outgoing, response) : outgoing.destroy()))
  }
}

/** Waits as a fault says; gives its refusal, where it has one. @throws where the server closes meanwhile */
async function play(
  { status, delayMs, retryAfter }: Fault,
  vendor: string,
  closing: AbortSignal,
): Promise<VendorResponse | undefined> {
  if (delayMs) await pause(delayMs, undefined, { signal: closing })
  return status ? refuse(vendor, faultRefusal(status, retryAfter)) : undefined
}

const faultMessages: Record<number, string> = {
  409: 'The request conflicts with another one that is in progress.',
  429: 'Too many requests. Try again later.',
}

const faultRefusal = (status: number, retryAfter: number) => ({
  status,
  message: faultMessages[status] ?? 'The service is not able to answer now. Try again later.',
  ...(status === 429 || status === 503 ? { retryAfter } : {}),
})

function send(outgoing: ServerResponse, { status, headers = {}, body }: VendorResponse): void {
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value)
  outgoing.statusCode = status
  const type = (mime: string) => outgoing.hasHeader('content-type') || outgoing.setHeader('content-type', mime)
  if (body === undefined || body === null) return void outgoing.end()
  if (body instanceof Readable) {
    outgoing.flushHeaders()
    outgoing.once('close', () => body.destroy())
    return void body.once('error', () => outgoing.destroy()).pipe(outgoing)
  }
  if (typeof body === 'string') type('text/plain; charset=utf-8')
  else if (Buffer.isBuffer(body)) type('application/octet-stream')
  else type('application/json; charset=utf-8')
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  outgoing.setHeader('content-length', bytes.length)
  outgoing.end(bytes)
}
