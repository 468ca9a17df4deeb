import type { AddressInfo } from 'node:net'
import { createServer } from 'node:https'

/** What a connector service was sent. */
export interface Sends {
  count: number
  /** Body of the last send, to be looked at once a run is over. */
  last: string
}

/** A connector service that takes every send at once. */
export interface Connector {
  /** The `serviceUrl` of its activities. */
  url: string
  /** Answers what was sent since it was asked last. */
  take(): Sends
  close(): Promise<void>
}

/**
 * Serves as little of Teams' connector service as a send needs, and without its limits (7 sends a second in a thread), so that what is
 * measured is the bot.
 * @param heard called when a send begins to come
 */
export async function serveConnector(tls: { key: string; cert: string }, heard = () => {}): Promise<Connector> {
  const sends: Sends = { count: 0, last: '' }
  const server = createServer({ ...tls, keepAlive: true }, (request, response) => {
    heard()
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      sends.count++
      sends.last = Buffer.concat(chunks).toString()
      const body = `{"id":"${sends.count}"}`
      response.writeHead(201, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/teams/`,
    take() {
      const taken = { ...sends }
      sends.count = 0
      return taken
    },
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}
